package org.harness.sample.paperless;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.util.ArrayDeque;
import java.util.Deque;

/** No policy, no way to withdraw, and personal ads without a switch; nothing in it leads anywhere. */
public final class MainActivity extends Activity {
    private final Deque<Runnable> pages = new ArrayDeque<>();

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        open(this::home);
        new AlertDialog.Builder(this).setTitle("隐私保护提示").setMessage("请阅读《隐私政策》，选择是否同意。不同意也可以看菜谱。").setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> com.qq.e.ads.Placement.show(this)).setNegativeButton("不同意", null).show();
    }

    @Override
    public void onBackPressed() {
        if (pages.size() < 2) {
            super.onBackPressed();
            return;
        }
        pages.pop();
        pages.peek().run();
    }

    private void home() {
        show(label("空白菜谱"), label("红烧茄子，三十分钟"), more("下一道", "清炒豆苗，五分钟"));
    }

    private Button more(String text, String dish) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(touched -> open(() -> show(label("空白菜谱"), label(dish))));
        return view;
    }

    private void open(Runnable page) {
        pages.push(page);
        page.run();
    }

    private void show(View... views) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        for (View view : views) box.addView(view);
        setContentView(box);
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setPadding(48, 48, 48, 48);
        return view;
    }
}
