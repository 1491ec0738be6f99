package com.example.reader;

import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.os.IBinder;
import android.telephony.TelephonyManager;

public class Push extends Service {
    public static class Ears extends android.content.BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {}
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
    public IBinder onBind(Intent intent) {
        return null;
    }
}
