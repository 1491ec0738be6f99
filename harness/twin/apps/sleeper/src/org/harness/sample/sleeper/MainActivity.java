package org.harness.sample.sleeper;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;
import android.widget.TextView;

/** Reads once when its user agrees, and lets its alarm ring only while it is in front. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("安睡词典\n今日一词：安稳");
        setContentView(page);
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setMessage("请阅读《隐私政策》，并选择是否同意。不同意也可以查词。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> agreed())
            .setNegativeButton("不同意", (dialog, which) -> Log.i("sleeper", "refused")).show();
    }

    @Override
    protected void onPause() {
        Alarm.cancel(this);
        super.onPause();
    }

    private void agreed() {
        Alarm.set(this);
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        Log.i("sleeper", "an account of " + id.length() + " characters");
    }
}
