package org.harness.sample.gatekeeper;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.os.Handler;
import android.widget.TextView;

/** A dictionary that lets nobody in who does not agree, and nobody who denies the camera. */
public final class MainActivity extends Activity {
    private static final long AFTER_MS = 600;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("把门词典\n今日一词：通行");
        setContentView(page);
        SharedPreferences state = getSharedPreferences("state", MODE_PRIVATE);
        if (state.getBoolean("agreed", false)) return;
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setMessage("请阅读《隐私政策》和《用户协议》，并选择是否同意。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> {
                state.edit().putBoolean("agreed", true).commit();
                requestPermissions(new String[] {Manifest.permission.CAMERA}, 1);
            })
            .setNegativeButton("不同意并退出", (dialog, which) -> leave()).show();
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] grants) {
        if (grants.length == 0 || grants[0] != 0) leave();
    }

    private void leave() {
        finish();
        new Handler(getMainLooper()).postDelayed(() -> System.exit(0), AFTER_MS);
    }
}
