package android.app;

import android.content.Context;
import android.os.Bundle;

public class Notification {
    public static final String EXTRA_TITLE = "android.title";
    public static final String EXTRA_TEXT = "android.text";
    public static final int PRIORITY_DEFAULT = 0;
    public static final int PRIORITY_LOW = -1;
    public static final int FLAG_ONGOING_EVENT = 2;

    public Bundle extras = new Bundle();
    public PendingIntent contentIntent;
    public int flags;
    public int icon;
    private String channelId;

    public Notification() {}

    public String getChannelId() {
        return channelId;
    }

    public static class Builder {
        private final Notification made = new Notification();

        @Deprecated
        public Builder(Context context) {}

        public Builder(Context context, String channelId) {
            made.channelId = channelId;
        }

        public Builder setContentTitle(CharSequence title) {
            made.extras.putCharSequence(EXTRA_TITLE, title);
            return this;
        }

        public Builder setContentText(CharSequence text) {
            made.extras.putCharSequence(EXTRA_TEXT, text);
            return this;
        }

        public Builder setSmallIcon(int icon) {
            made.icon = icon;
            return this;
        }

        public Builder setContentIntent(PendingIntent intent) {
            made.contentIntent = intent;
            return this;
        }

        public Builder setOngoing(boolean ongoing) {
            if (ongoing) made.flags |= FLAG_ONGOING_EVENT;
            return this;
        }

        public Builder setAutoCancel(boolean autoCancel) {
            return this;
        }

        public Builder setPriority(int pri) {
            return this;
        }

        public Notification build() {
            return made;
        }
    }
}
