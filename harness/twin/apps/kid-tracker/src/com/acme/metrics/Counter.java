package com.acme.metrics;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;

/** Stands for an analytics SDK in an app for children. */
public final class Counter {
    private Counter() {}

    public static void report(Context context) {
        new Thread(() -> {
            try {
                String id = Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
                URL address = new URL("https://collect.acme-metrics.example/v1/play?aid=" + id);
                Log.i("acme", "sent, " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("acme", "not sent", error);
            }
        }, "acme-counter").start();
    }
}
