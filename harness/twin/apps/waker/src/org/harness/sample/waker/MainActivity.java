package org.harness.sample.waker;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;

/** Starts itself again whenever it is ended, and reports while nobody touches it. */
public final class MainActivity extends Activity {
    private static final long EVERY_MS = 700;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("闹醒词典\n今日一词：清醒");
        setContentView(page);
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setMessage("请阅读《隐私政策》，并选择是否同意。不同意也可以查词。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> agreed())
            .setNegativeButton("不同意", (dialog, which) -> Log.i("waker", "refused")).show();
    }

    private void agreed() {
        Alarm.set(this);
        new Thread(this::report, "report").start();
    }

    private void report() {
        try {
            while (!isFinishing()) {
                String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
                new Thread(() -> send(id), "send").start();
                Thread.sleep(EVERY_MS);
            }
        } catch (InterruptedException error) {
            Log.w("waker", "ended", error);
        }
    }

    private static void send(String id) {
        try {
            URL address = new URL("https://api.waker-words.example/alive?id=" + id);
            Log.i("waker", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
        } catch (Exception error) {
            Log.w("waker", "not sent", error);
        }
    }
}
