package com.acme.metrics;

import android.content.Context;
import android.location.Location;
import android.location.LocationManager;
import android.util.Log;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Stands for an SDK that the policy lists with what it takes: it looks up places around the user. */
public final class Nearby {
    private Nearby() {}

    public static void find(Context context) {
        new Thread(() -> send(context), "acme-nearby").start();
    }

    private static void send(Context context) {
        try {
            LocationManager places = (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
            Location here = places.getLastKnownLocation(LocationManager.GPS_PROVIDER);
            HttpURLConnection connection =
                (HttpURLConnection) new URL("https://collect.acme-metrics.example/v1/near").openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(("lat=" + here.getLatitude() + "&lon=" + here.getLongitude()).getBytes(StandardCharsets.UTF_8));
            }
            Log.i("acme", "sent, " + connection.getResponseCode());
        } catch (Exception error) {
            Log.w("acme", "not sent", error);
        }
    }
}
