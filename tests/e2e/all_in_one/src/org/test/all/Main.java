package org.test.all;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.widget.Button;

/** Asks for the camera when its scanner is opened, and again by itself at the next start. */
public final class Main extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        Button scan = new Button(this);
        scan.setText("扫一扫");
        scan.setOnClickListener(view -> ask());
        setContentView(scan);
        if (getPreferences(0).getBoolean("agreed", false)) {
            ask();
            return;
        }
        new AlertDialog.Builder(this).setTitle("提示")
            .setMessage("请您阅读《隐私政策》，了解我们如何收集和使用个人信息。").setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> getPreferences(0).edit().putBoolean("agreed", true).apply())
            .setNegativeButton("不同意", (dialog, which) -> finish()).show();
    }

    private void ask() {
        requestPermissions(new String[] {"android.permission.CAMERA"}, 1);
    }
}
