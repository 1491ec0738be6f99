package com.qq.e.ads;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;

/** Stands for an advertising SDK in the package of a known one. */
public final class Placement {
    private Placement() {}

    public static void show(Context context) {
        new Thread(() -> {
            try {
                String id = Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
                URL address = new URL("https://mi.gdt.qq.com/gdt_mview.fcg?muid=" + id);
                Log.i("ads", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("ads", "no ad", error);
            }
        }, "ad").start();
    }
}
