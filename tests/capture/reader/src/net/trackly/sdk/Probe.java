package net.trackly.sdk;

import android.content.Context;
import android.content.Intent;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Code that is not the app's own, and opens connections. */
public final class Probe {
    public static int ask(String url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** Keeps a service of the app alive. */
    public static void keep(Context context, Class<?> service) {
        context.startService(new Intent(context, service).putExtra("keep", true));
    }

    private Probe() {}
}
