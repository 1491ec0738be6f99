package com.acme.push;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.provider.Settings;
import android.util.Log;

/** A push SDK in a process of its own, where late or half-hearted hooks never look. */
public final class PushService extends Service {
    @Override
    public void onCreate() {
        super.onCreate();
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        Log.i("acme-push", "token for an id of " + id.length() + " characters");
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
