package android.app;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.ServiceConnection;
import android.os.Handler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twin.Binder;

/** Receivers and service connections that the process registered with the system, by number. */
final class Connections {
    private int last;
    private final Map<Integer, Registration> receivers = new HashMap<>();
    private final Map<Integer, ServiceConnection> services = new HashMap<>();

    private static final class Registration {
        final BroadcastReceiver receiver;
        final Handler scheduler;
        final Context context;

        Registration(BroadcastReceiver receiver, Handler scheduler, Context context) {
            this.receiver = receiver;
            this.scheduler = scheduler;
            this.context = context;
        }
    }

    Intent register(BroadcastReceiver receiver, IntentFilter filter, Handler scheduler, Context context) {
        int id = 0;
        if (receiver != null) {
            synchronized (this) {
                id = ++last;
                receivers.put(id, new Registration(receiver, scheduler, context));
            }
        }
        return Intent.fromMap((Map<?, ?>) Binder.call("receiver.register", id, filterOf(filter)));
    }

    private static Map<String, Object> filterOf(IntentFilter filter) {
        List<String> actions = new ArrayList<>();
        for (int i = 0; i < filter.countActions(); i++) actions.add(filter.getAction(i));
        Map<String, Object> map = new HashMap<>();
        map.put("actions", actions);
        map.put("priority", filter.getPriority());
        return map;
    }

    void unregister(BroadcastReceiver receiver) {
        List<Integer> gone = new ArrayList<>();
        synchronized (this) {
            receivers.forEach((id, entry) -> {
                if (entry.receiver == receiver) gone.add(id);
            });
            receivers.keySet().removeAll(gone);
        }
        if (gone.isEmpty()) throw new IllegalArgumentException("Receiver not registered: " + receiver);
        for (int id : gone) Binder.call("receiver.unregister", id);
    }

    void deliver(int id, Intent intent) {
        Registration entry;
        synchronized (this) {
            entry = receivers.get(id);
        }
        if (entry == null) return;
        if (entry.scheduler == null) entry.receiver.onReceive(entry.context, intent);
        else entry.scheduler.post(() -> entry.receiver.onReceive(entry.context, intent));
    }

    boolean bind(Intent service, ServiceConnection connection) {
        int id;
        synchronized (this) {
            id = ++last;
            services.put(id, connection);
        }
        boolean found = Boolean.TRUE.equals(Binder.call("service.bind", service.toMap(), id));
        if (!found) {
            synchronized (this) {
                services.remove(id);
            }
        }
        return found;
    }

    void unbind(ServiceConnection connection) {
        List<Integer> gone = new ArrayList<>();
        synchronized (this) {
            services.forEach((id, entry) -> {
                if (entry == connection) gone.add(id);
            });
            services.keySet().removeAll(gone);
        }
        if (gone.isEmpty()) throw new IllegalArgumentException("Service not registered: " + connection);
        for (int id : gone) Binder.call("service.unbind", id);
    }

    synchronized ServiceConnection connection(int id) {
        return services.get(id);
    }
}
