package com.example.reader;

import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.os.IBinder;
import net.trackly.sdk.Probe;
import android.telephony.TelephonyManager;

public class Push extends Service {
    public static class Ears extends android.content.BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            android.util.Log.i("reader", "woken");
        }
    }

    @Override
    public void onCreate() {
        super.onCreate();
        TelephonyManager phone = (TelephonyManager) getSystemService(Context.TELEPHONY_SERVICE);
        try {
            phone.getImei();
        } catch (SecurityException denied) {
            android.util.Log.i("reader", "denied");
        }
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        String url = intent == null ? null : intent.getStringExtra("url");
        if (url != null) new Thread(() -> {
            try {
                Probe.ask(url);
                android.util.Log.i("reader", "pushed");
            } catch (java.io.IOException error) {
                android.util.Log.i("reader", "pushed not: " + error);
            }
        }).start();
        return intent == null || intent.getBooleanExtra("keep", false) ? START_STICKY : START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
