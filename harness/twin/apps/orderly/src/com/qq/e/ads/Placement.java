package com.qq.e.ads;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;

/** Stands for an advertising SDK in the package of a known one: names the device only while its ads may be personal. */
public final class Placement {
    private Placement() {}

    public static void show(Context context, boolean personal) {
        String who = personal
            ? "muid=" + Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID) : "npa=1";
        new Thread(() -> {
            try {
                URL address = new URL("https://mi.gdt.qq.com/gdt_mview.fcg?" + who);
                Log.i("ads", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("ads", "no ad", error);
            }
        }, "ad").start();
    }
}
