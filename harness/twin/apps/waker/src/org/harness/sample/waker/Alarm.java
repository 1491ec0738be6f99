package org.harness.sample.waker;

import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.SystemClock;

/** Rings again and again, whether the app runs or not. */
public final class Alarm extends BroadcastReceiver {
    private static final long AFTER_MS = 1200;

    @Override
    public void onReceive(Context context, Intent intent) {
        set(context);
    }

    static void set(Context context) {
        PendingIntent ring = PendingIntent.getBroadcast(
            context, 1, new Intent(context, Alarm.class), PendingIntent.FLAG_IMMUTABLE);
        AlarmManager alarms = (AlarmManager) context.getSystemService(Context.ALARM_SERVICE);
        alarms.setExact(AlarmManager.ELAPSED_REALTIME_WAKEUP, SystemClock.elapsedRealtime() + AFTER_MS, ring);
    }
}
