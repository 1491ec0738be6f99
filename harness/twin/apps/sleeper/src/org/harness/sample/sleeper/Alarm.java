package org.harness.sample.sleeper;

import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.SystemClock;

/** Rings for the next word while the app is in front; cancelled when it is left. */
public final class Alarm extends BroadcastReceiver {
    private static final long AFTER_MS = 1200;

    @Override
    public void onReceive(Context context, Intent intent) {
        set(context);
    }

    static void set(Context context) {
        alarms(context).setExact(AlarmManager.ELAPSED_REALTIME_WAKEUP, SystemClock.elapsedRealtime() + AFTER_MS, ring(context));
    }

    static void cancel(Context context) {
        alarms(context).cancel(ring(context));
    }

    private static AlarmManager alarms(Context context) {
        return (AlarmManager) context.getSystemService(Context.ALARM_SERVICE);
    }

    private static PendingIntent ring(Context context) {
        return PendingIntent.getBroadcast(context, 1, new Intent(context, Alarm.class), PendingIntent.FLAG_IMMUTABLE);
    }
}
