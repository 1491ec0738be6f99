package org.harness.life;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.os.Process;
import android.util.Log;

public final class Push extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        Log.i(App.TAG, "Push.onStartCommand " + (intent == null ? "again" : intent.getStringExtra("word")) + " pid=" + Process.myPid());
        if (intent != null && "die".equals(intent.getStringExtra("word"))) Process.killProcess(Process.myPid());
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
