package org.harness.sample.jumpy;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import android.util.Log;
import android.widget.TextView;

/** A notice that can only be acknowledged, an identifier at once, and a browser page that nobody tapped for. */
public final class MainActivity extends Activity {
    private static final long JUMP_MS = 7000;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("每日壁纸 第一张 第二张");
        setContentView(page);
        new AlertDialog.Builder(this)
            .setTitle("用户协议和隐私政策")
            .setMessage("欢迎使用每日壁纸，请阅读《用户协议》和《隐私政策》，使用本应用即表示您已知悉。")
            .setCancelable(false)
            .setPositiveButton("我知道了", null)
            .show();
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        Log.i("jumpy", "an id of " + id.length());
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse("https://ads.jumpy-wallpaper.example/win"))),
            JUMP_MS);
    }
}
