package com.example.reader;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import net.trackly.sdk.Probe;

/** Opens connections: the app's own code, an SDK's, and another process of the app. */
public class Connects extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        startService(new Intent(this, Push.class).putExtra("url", "https://push.reader.example/v1"));
        new Thread(() -> {
            try {
                Probe.ask("https://collect.trackly.example/v1/e");
                ((HttpURLConnection) new URL("http://api.reader.example/v1/e").openConnection()).getResponseCode();
                Log.i("reader", "connected");
            } catch (IOException error) {
                Log.i("reader", "connected not: " + error);
            }
        }).start();
    }
}
