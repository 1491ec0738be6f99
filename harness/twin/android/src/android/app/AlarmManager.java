package android.app;

import android.content.Context;
import android.os.Handler;
import android.os.Looper;
import java.util.HashMap;
import java.util.Map;
import twin.Binder;
import twin.Events;

public class AlarmManager {
    public static final int RTC_WAKEUP = 0;
    public static final int RTC = 1;
    public static final int ELAPSED_REALTIME_WAKEUP = 2;
    public static final int ELAPSED_REALTIME = 3;
    public static final long INTERVAL_FIFTEEN_MINUTES = 15 * 60 * 1000;
    public static final long INTERVAL_HALF_HOUR = 2 * INTERVAL_FIFTEEN_MINUTES;
    public static final long INTERVAL_HOUR = 2 * INTERVAL_HALF_HOUR;
    public static final long INTERVAL_HALF_DAY = 12 * INTERVAL_HOUR;
    public static final long INTERVAL_DAY = 2 * INTERVAL_HALF_DAY;

    private final Map<Integer, Runnable> listeners = new HashMap<>();
    private final Map<OnAlarmListener, Integer> ids = new HashMap<>();
    private int last;

    public interface OnAlarmListener {
        void onAlarm();
    }

    /** An alarm that the user is shown. */
    public static final class AlarmClockInfo {
        private final long triggerTime;
        private final PendingIntent showIntent;

        public AlarmClockInfo(long triggerTime, PendingIntent showIntent) {
            this.triggerTime = triggerTime;
            this.showIntent = showIntent;
        }

        public long getTriggerTime() {
            return triggerTime;
        }

        public PendingIntent getShowIntent() {
            return showIntent;
        }
    }

    AlarmManager(Context context) {
        Events.on("alarm", args -> {
            Runnable listener;
            synchronized (this) {
                listener = listeners.remove(((Number) args.get("id")).intValue());
            }
            if (listener != null) listener.run();
        });
    }

    public void set(int type, long triggerAtMillis, PendingIntent operation) {
        schedule(type, triggerAtMillis, 0, operation);
    }

    public void set(int type, long triggerAtMillis, String tag, OnAlarmListener listener, Handler targetHandler) {
        int id;
        synchronized (this) {
            id = ++last;
            Handler handler = targetHandler == null ? new Handler(Looper.getMainLooper()) : targetHandler;
            listeners.put(id, () -> handler.post(listener::onAlarm));
            ids.put(listener, id);
        }
        Binder.call("alarm.set", elapsed(type), triggerAtMillis, 0, Map.of("kind", "listener", "id", id));
    }

    public void setRepeating(int type, long triggerAtMillis, long intervalMillis, PendingIntent operation) {
        schedule(type, triggerAtMillis, intervalMillis, operation);
    }

    public void setInexactRepeating(int type, long triggerAtMillis, long intervalMillis, PendingIntent operation) {
        schedule(type, triggerAtMillis, intervalMillis, operation);
    }

    public void setExact(int type, long triggerAtMillis, PendingIntent operation) {
        schedule(type, triggerAtMillis, 0, operation);
    }

    public void setWindow(int type, long windowStartMillis, long windowLengthMillis, PendingIntent operation) {
        schedule(type, windowStartMillis, 0, operation);
    }

    public void setAndAllowWhileIdle(int type, long triggerAtMillis, PendingIntent operation) {
        schedule(type, triggerAtMillis, 0, operation);
    }

    public void setExactAndAllowWhileIdle(int type, long triggerAtMillis, PendingIntent operation) {
        schedule(type, triggerAtMillis, 0, operation);
    }

    public void setAlarmClock(AlarmClockInfo info, PendingIntent operation) {
        schedule(RTC_WAKEUP, info.getTriggerTime(), 0, operation);
    }

    public void cancel(PendingIntent operation) {
        Binder.call("alarm.cancel", operation.toMap());
    }

    public void cancel(OnAlarmListener listener) {
        Integer id;
        synchronized (this) {
            id = ids.remove(listener);
            if (id != null) listeners.remove(id);
        }
        if (id != null) Binder.call("alarm.cancel", Map.of("kind", "listener", "id", id));
    }

    private static void schedule(int type, long at, long interval, PendingIntent operation) {
        Binder.call("alarm.set", elapsed(type), at, interval, operation.toMap());
    }

    private static boolean elapsed(int type) {
        return type == ELAPSED_REALTIME || type == ELAPSED_REALTIME_WAKEUP;
    }
}
