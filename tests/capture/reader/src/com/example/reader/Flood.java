package com.example.reader;

import android.app.Activity;
import android.location.Location;
import android.os.Bundle;
import android.util.Log;
import java.util.concurrent.atomic.AtomicLong;

/** Many threads that read in a tight loop for a while, and then how often they did. */
public class Flood extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        int threads = getIntent().getIntExtra("threads", 16), seconds = getIntent().getIntExtra("seconds", 3);
        Location place = new Location("gps");
        AtomicLong calls = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Thread[] all = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            all[i] = new Thread(() -> {
                while (System.nanoTime() < end) {
                    place.getLatitude();
                    calls.incrementAndGet();
                }
            });
            all[i].start();
        }
        new Thread(() -> {
            try {
                for (Thread thread : all) thread.join();
            } catch (InterruptedException error) {
                throw new IllegalStateException(error);
            }
            Log.i("reader", "flooded " + calls.get());
        }).start();
    }
}
