package org.harness.sample.buried;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.view.View;
import android.webkit.WebView;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;

/** Its policy is a web page six taps from the main page; nothing nearer tells of it. */
public final class MainActivity extends Activity {
    private static final String[] WAY = {"我的", "关于", "版本", "法律声明", "条款", "隐私政策"};
    private int depth;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        page();
        SharedPreferences state = getSharedPreferences("state", MODE_PRIVATE);
        if (state.getBoolean("answered", false)) return;
        new AlertDialog.Builder(this).setTitle("隐私保护提示")
            .setMessage("请阅读《隐私政策》，选择是否同意我们收集和使用您的个人信息。不同意也可以查词。").setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> state.edit().putBoolean("answered", true).apply())
            .setNegativeButton("不同意", (dialog, which) -> state.edit().putBoolean("answered", true).apply()).show();
    }

    @Override
    public void onBackPressed() {
        if (depth == 0) {
            super.onBackPressed();
            return;
        }
        depth--;
        page();
    }

    private void page() {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.setPadding(48, 48, 48, 48);
        TextView title = new TextView(this);
        title.setText(depth == 0 ? "深藏词典 今日一词" : WAY[depth - 1]);
        box.addView(title);
        box.addView(depth < WAY.length ? onward() : policy());
        setContentView(box);
    }

    private View onward() {
        Button button = new Button(this);
        button.setText(WAY[depth]);
        button.setOnClickListener(view -> {
            depth++;
            page();
        });
        return button;
    }

    private View policy() {
        WebView view = new WebView(this);
        view.loadUrl("file:///android_asset/policy.html");
        return view;
    }
}
