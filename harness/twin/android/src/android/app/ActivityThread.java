package android.app;

import android.content.BroadcastReceiver;
import android.content.ContentProvider;
import android.content.ContextWrapper;
import android.content.Intent;
import android.content.pm.ServiceInfo;
import android.content.pm.ActivityInfo;
import android.content.pm.ProviderInfo;
import android.os.Handler;
import android.os.Looper;
import android.view.ViewRootImpl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import twin.Binder;
import twin.Events;
import twin.Network;

/** The app's side of the system's activity service: makes components and moves them through their life, on the main thread. */
public final class ActivityThread {
    private static ActivityThread current;

    private final Map<String, Object> facts;
    private final ContextImpl context;
    private final Map<String, Activity> activities = new LinkedHashMap<>();
    private final Services services;
    private final Map<String, ContentProvider> providers = new ConcurrentHashMap<>();
    private Application application;
    private Handler handler;

    private ActivityThread(Map<String, Object> facts) {
        this.facts = facts;
        context = new ContextImpl(facts);
        services = new Services(this);
    }

    /** Runs the app for as long as its process lives. `listen` starts the channel that brings events. */
    public static void main(Map<String, Object> facts, Consumer<Binder.Receiver> listen) {
        Looper.prepareMainLooper();
        Thread.setDefaultUncaughtExceptionHandler(new CrashHandler());
        Locale.setDefault(Locale.forLanguageTag((String) facts.get("locale")));
        System.setProperty("java.io.tmpdir", facts.get("data_dir") + "/cache");
        System.setProperty("user.home", "/");
        Network.install((String) facts.get("trust_store"), (String) facts.get("proxy"), (String) facts.get("user_agent"));
        ActivityThread thread = new ActivityThread(facts);
        current = thread;
        thread.handler = new Handler(Looper.getMainLooper());
        listen.accept(thread::receive);
        thread.bind();
        Looper.loop();
    }

    public static ActivityThread currentActivityThread() {
        return current;
    }

    public static Application currentApplication() {
        return current == null ? null : current.application;
    }

    public static String currentProcessName() {
        return twin.Zygote.processName();
    }

    public static String currentPackageName() {
        return twin.Zygote.packageName();
    }

    public Application getApplication() {
        return application;
    }

    public String getProcessName() {
        return twin.Zygote.processName();
    }

    /** A provider of this process; null if the authority is served elsewhere or not at all. */
    public ContentProvider providerFor(String authority) {
        return providers.get(authority);
    }

    ContextImpl systemContext() {
        return context;
    }

    private void bind() {
        application = instantiate((String) facts.get("application"), Application.class, "application");
        context.setOuter(application);
        application.attach(context);
        for (Object entry : (List<?>) facts.get("providers")) startProvider((Map<?, ?>) entry);
        application.onCreate();
        Binder.call("process.ready");
    }

    private void startProvider(Map<?, ?> entry) {
        String name = (String) entry.get("class");
        ContentProvider provider = instantiate(name, ContentProvider.class, "provider");
        ProviderInfo info = new ProviderInfo();
        info.name = name;
        info.packageName = context.getPackageName();
        info.authority = (String) entry.get("authority");
        info.applicationInfo = context.getApplicationInfo();
        if (info.authority != null) for (String part : info.authority.split(";")) providers.put(part, provider);
        provider.attachInfo(application, info);
    }

    static <T> T instantiate(String name, Class<T> type, String what) {
        try {
            java.lang.reflect.Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw new RuntimeException("Unable to instantiate " + what + " " + name + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new RuntimeException("Unable to instantiate " + what + " " + name + ": " + e, e);
        }
    }

    private void receive(String event, Map<String, Object> args) {
        if (event.equals("proxy.changed")) Network.setProxy((String) args.get("proxy"));
        if (event.equals("clock.changed")) setClock(args);
        handler.post(() -> handle(event, args));
    }

    private static void setClock(Map<String, Object> args) {
        twin.Clock.set(((Number) args.get("rate")).doubleValue(), ((Number) args.get("offset_ns")).longValue(),
                ((Number) args.get("wall_offset_ms")).doubleValue());
    }

    private void handle(String event, Map<String, Object> args) {
        if (event.equals("back")) activity(event, args);
        else if (event.startsWith("activity.")) activity(event.substring(9), args);
        else if (event.startsWith("service.") || event.startsWith("job.")) services.handle(event, args);
        else if (event.equals("broadcast")) broadcast(args);
        else if (event.startsWith("view.") || event.startsWith("window.")) ViewRootImpl.deliver(event, args);
        else Events.deliver(event, args);
    }

    private void broadcast(Map<String, Object> args) {
        Intent intent = Intent.fromMap((Map<?, ?>) args.get("intent"));
        Object id = args.get("receiver_id");
        if (id != null) {
            context.deliverTo(((Number) id).intValue(), intent);
            return;
        }
        ReceiverData data = new ReceiverData();
        data.info = new ActivityInfo();
        data.info.name = (String) args.get("class");
        data.info.packageName = context.getPackageName();
        data.intent = intent;
        handleReceiver(data);
    }

    static final class ReceiverData {
        Intent intent;
        ActivityInfo info;
    }

    static final class CreateServiceData {
        ServiceInfo info;
    }

    static final class ServiceArgsData {
        String name;
        int startId;
        Intent args;
        boolean taskRemoved;
    }

    private void handleReceiver(ReceiverData data) {
        BroadcastReceiver receiver = instantiate(data.info.name, BroadcastReceiver.class, "receiver");
        receiver.onReceive(new ContextWrapper(application), data.intent);
    }

    void handleCreateService(CreateServiceData data) {
        services.create(data.info.name);
    }

    void handleServiceArgs(ServiceArgsData data) {
        services.deliver(data.name, data.startId, data.args);
    }

    private void activity(String event, Map<String, Object> args) {
        String token = (String) args.get("token");
        if (event.equals("launch")) {
            launch(token, args);
            return;
        }
        Activity activity = activities.get(token);
        if (activity == null) return;
        switch (event) {
            case "resume": resume(activity); break;
            case "restart": restart(activity); break;
            case "pause":
                if (activity.resumed) activity.performPause(Boolean.TRUE.equals(args.get("leaving")));
                report(token, "paused");
                break;
            case "stop": stop(activity); break;
            case "destroy": destroy(activity); break;
            case "new_intent": activity.deliverNewIntent(Intent.fromMap((Map<?, ?>) args.get("intent"))); break;
            case "result":
                activity.deliverResult(((Number) args.get("request")).intValue(), ((Number) args.get("result")).intValue(),
                        Intent.fromMap((Map<?, ?>) args.get("intent")));
                break;
            case "permission_result":
                activity.deliverPermissions(((Number) args.get("request")).intValue(), (List<?>) args.get("permissions"),
                        (List<?>) args.get("grants"));
                break;
            case "back":
                if (activity.getWindow().isShowing()) activity.getWindow().getDecorView().getViewRootImpl().back();
                break;
            default: Binder.log("W", "ActivityThread", "unknown event activity." + event);
        }
    }

    private void launch(String token, Map<String, Object> args) {
        String name = (String) args.get("class");
        Activity activity = instantiate(name, Activity.class, "activity");
        ContextImpl base = context.forActivity(activity);
        activity.attach(base, application, token, context.getPackageName() + "/" + name,
                Intent.fromMap((Map<?, ?>) args.get("intent")), (String) args.get("label"));
        activities.put(token, activity);
        activity.performCreate();
        report(token, "created");
        if (activity.isFinishing()) return;
        activity.performStart();
        if (activity.isFinishing()) return;
        activity.performResume();
        report(token, "resumed");
    }

    private void restart(Activity activity) {
        if (!activity.started) activity.performRestart();
        resume(activity);
    }

    private void resume(Activity activity) {
        if (!activity.started) activity.performRestart();
        if (!activity.resumed) activity.performResume();
        report(activity.token(), "resumed");
    }

    private void stop(Activity activity) {
        if (activity.resumed) activity.performPause(false);
        if (activity.started) activity.performStop();
        report(activity.token(), "stopped");
    }

    private void destroy(Activity activity) {
        if (activity.resumed) activity.performPause(false);
        if (activity.started) activity.performStop();
        activity.performDestroy();
        activities.remove(activity.token());
        report(activity.token(), "destroyed");
    }

    private static void report(String token, String state) {
        Binder.call("activity.state", token, state);
    }
}
