package org.harness.sample.stealthy;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.ClipboardManager;
import android.media.MediaDrm;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import android.util.Log;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.UUID;

/** Blameless until the user agrees; then asks ahead, reads all the time, and sends what lasts with what can be reset. */
public final class MainActivity extends Activity {
    private static final UUID WIDEVINE = UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");
    private static final long EVERY_MS = 400;
    private static final long QUIET_MS = 4500;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("静默相册");
        setContentView(page);
        new AlertDialog.Builder(this)
            .setTitle("个人信息保护提示")
            .setMessage("请阅读《隐私政策》和《用户协议》，并选择是否同意。不同意也可以浏览示例相册。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> agreed())
            .setNegativeButton("不同意", (dialog, which) -> page.setText("示例相册"))
            .show();
    }

    private void agreed() {
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> requestPermissions(new String[] {Manifest.permission.CAMERA}, 1), QUIET_MS);
        new Thread(this::watch, "watch").start();
    }

    private void watch() {
        try {
            ClipboardManager clipboard = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
            Log.i("stealthy", "clip of " + (clipboard.hasPrimaryClip() ? clipboard.getPrimaryClip().getItemCount() : 0));
            StringBuilder drm = new StringBuilder();
            for (byte b : new MediaDrm(WIDEVINE).getPropertyByteArray(MediaDrm.PROPERTY_DEVICE_UNIQUE_ID)) {
                drm.append(String.format("%02x", b));
            }
            String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
            HttpURLConnection connection = (HttpURLConnection) new URL(
                "https://api.stealthy-album.example/d?a=" + id + "&w=" + drm).openConnection();
            Log.i("stealthy", "answered " + connection.getResponseCode());
            while (!isFinishing()) {
                Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
                Thread.sleep(EVERY_MS);
            }
        } catch (Exception error) {
            Log.w("stealthy", "ended", error);
        }
    }
}
