package android.app;

import android.app.job.JobParameters;
import android.app.job.JobService;
import android.content.ComponentName;
import android.content.Intent;
import android.content.ServiceConnection;
import android.content.pm.ServiceInfo;
import android.os.Bundle;
import android.os.IBinder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import twin.Binder;

/** The services of one process. */
final class Services {
    private final ActivityThread thread;
    private final Map<String, Service> running = new LinkedHashMap<>();
    private final Map<String, IBinder> bound = new HashMap<>();

    Services(ActivityThread thread) {
        this.thread = thread;
    }

    void handle(String event, Map<String, Object> args) {
        String name = (String) args.get("class");
        switch (event) {
            case "service.start": start(name, args); break;
            case "service.stop": stop(name); break;
            case "service.bind": bind(name, args); break;
            case "service.unbind": unbind(name, args); break;
            case "service.connected": connected(args); break;
            case "service.disconnected": disconnected(args); break;
            case "job.start": job(name, args); break;
            default: Binder.log("W", "ActivityThread", "unknown event " + event);
        }
    }

    private Service service(String name) {
        if (!running.containsKey(name)) {
            ActivityThread.CreateServiceData data = new ActivityThread.CreateServiceData();
            data.info = new ServiceInfo();
            data.info.name = name;
            data.info.packageName = thread.getApplication().getPackageName();
            thread.handleCreateService(data);
        }
        return running.get(name);
    }

    void create(String name) {
        Service service = ActivityThread.instantiate(name, Service.class, "service");
        service.attach(thread.systemContext().forService(service), thread.getApplication(), name);
        running.put(name, service);
        service.onCreate();
    }

    private void start(String name, Map<String, Object> args) {
        service(name);
        ActivityThread.ServiceArgsData data = new ActivityThread.ServiceArgsData();
        data.name = name;
        data.startId = ((Number) args.get("start_id")).intValue();
        data.args = Intent.fromMap((Map<?, ?>) args.get("intent"));
        thread.handleServiceArgs(data);
    }

    void deliver(String name, int startId, Intent intent) {
        int mode = running.get(name).onStartCommand(intent, 0, startId);
        Binder.call("service.started", name, startId, mode);
    }

    private void stop(String name) {
        Service service = running.remove(name);
        bound.remove(name);
        if (service != null) service.onDestroy();
    }

    private void bind(String name, Map<String, Object> args) {
        Service service = service(name);
        if (!bound.containsKey(name)) bound.put(name, service.onBind(Intent.fromMap((Map<?, ?>) args.get("intent"))));
        Binder.call("service.bound", name, args.get("connection"), bound.get(name) != null);
    }

    private void unbind(String name, Map<String, Object> args) {
        Service service = running.get(name);
        if (service == null) return;
        service.onUnbind(Intent.fromMap((Map<?, ?>) args.get("intent")));
        bound.remove(name);
    }

    private void connected(Map<String, Object> args) {
        ServiceConnection connection = thread.systemContext().connection(((Number) args.get("connection")).intValue());
        if (connection == null) return;
        String name = (String) args.get("class");
        ComponentName component = new ComponentName((String) args.get("package"), name);
        if (!Boolean.TRUE.equals(args.get("has_binder"))) connection.onNullBinding(component);
        else connection.onServiceConnected(component, Objects.requireNonNullElseGet(bound.get(name), RemoteBinder::new));
    }

    private void disconnected(Map<String, Object> args) {
        ServiceConnection connection = thread.systemContext().connection(((Number) args.get("connection")).intValue());
        if (connection == null) return;
        connection.onServiceDisconnected(new ComponentName((String) args.get("package"), (String) args.get("class")));
    }

    private void job(String name, Map<String, Object> args) {
        JobService service = (JobService) service(name);
        int id = ((Number) args.get("job")).intValue();
        boolean goesOn = service.onStartJob(new JobParameters(id, Bundle.fromWire((Map<?, ?>) args.get("extras"))));
        if (!goesOn) Binder.call("job.finished", id, false);
    }
}
