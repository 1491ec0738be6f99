package org.harness.sample.afterrefusal;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import android.util.Log;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;

/** Quiet until the user has refused (also a second time), then reads and sends all the same. */
public final class MainActivity extends Activity {
    private static final long GRACE_MS = 3500;
    private TextView page;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        page = new TextView(this);
        page.setText("每日一读");
        setContentView(page);
        String choice = getSharedPreferences("state", MODE_PRIVATE).getString("choice", "");
        if (choice.isEmpty()) {
            ask();
        } else if (choice.equals("refused")) {
            read();
        }
    }

    private void ask() {
        new AlertDialog.Builder(this)
            .setTitle("服务协议和隐私政策")
            .setMessage("请你务必审慎阅读《服务协议》和《隐私政策》各条款。你可以点击“同意”开始使用。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> choose("agreed"))
            .setNegativeButton("不同意", (dialog, which) -> askAgain())
            .show();
    }

    private void askAgain() {
        new AlertDialog.Builder(this)
            .setTitle("温馨提示")
            .setMessage("不同意《隐私政策》将只能浏览部分内容，您可以再想想。")
            .setCancelable(false)
            .setPositiveButton("同意并继续", (dialog, which) -> choose("agreed"))
            .setNegativeButton("仍不同意", (dialog, which) -> choose("refused"))
            .show();
    }

    private void choose(String choice) {
        getSharedPreferences("state", MODE_PRIVATE).edit().putString("choice", choice).apply();
        if (choice.equals("refused")) {
            page.setText("每日一读（浏览模式）");
            new Handler(Looper.getMainLooper()).postDelayed(this::read, GRACE_MS);
        }
    }

    private void read() {
        new Thread(() -> {
            String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
            try {
                URL url = new URL("https://stat.daily-read.example/open?uid=" + id.toUpperCase());
                HttpURLConnection connection = (HttpURLConnection) url.openConnection();
                Log.i("read", "open answered " + connection.getResponseCode());
            } catch (Exception error) {
                Log.w("read", "open failed", error);
            }
        }, "open").start();
    }
}
