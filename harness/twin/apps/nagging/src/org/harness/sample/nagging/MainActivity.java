package org.harness.sample.nagging;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.util.Log;
import android.widget.TextView;

/** Lets the user in after a refusal, and forgets it: every start asks again. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("反复日历 今天是星期二");
        setContentView(page);
        new AlertDialog.Builder(this)
            .setTitle("服务协议和隐私政策")
            .setMessage("请你阅读《服务协议》和《隐私政策》。你可以点击“同意”使用全部功能，不同意也可以查看日历。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> Log.i("nagging", "agreed"))
            .setNegativeButton("不同意", (dialog, which) -> Log.i("nagging", "refused"))
            .show();
    }
}
