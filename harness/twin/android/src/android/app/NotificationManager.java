package android.app;

import android.content.Context;
import twin.Binder;

public class NotificationManager {
    public static final int IMPORTANCE_NONE = 0;
    public static final int IMPORTANCE_MIN = 1;
    public static final int IMPORTANCE_LOW = 2;
    public static final int IMPORTANCE_DEFAULT = 3;
    public static final int IMPORTANCE_HIGH = 4;

    NotificationManager(Context context) {}

    public boolean areNotificationsEnabled() {
        return Boolean.TRUE.equals(Binder.call("permission.check", "android.permission.POST_NOTIFICATIONS"));
    }

    public void createNotificationChannel(NotificationChannel channel) {
        Binder.call("notification.channel", channel.getId(), String.valueOf(channel.getName()), channel.getImportance());
    }

    public void notify(int id, Notification notification) {
        notify(null, id, notification);
    }

    public void notify(String tag, int id, Notification notification) {
        CharSequence title = notification.extras.getCharSequence(Notification.EXTRA_TITLE);
        CharSequence text = notification.extras.getCharSequence(Notification.EXTRA_TEXT);
        Binder.call("notification.post", tag, id, title == null ? "" : title.toString(), text == null ? "" : text.toString());
    }

    public void cancel(int id) {
        cancel(null, id);
    }

    public void cancel(String tag, int id) {
        Binder.call("notification.cancel", tag, id);
    }

    public void cancelAll() {
        Binder.call("notification.cancel_all");
    }
}
