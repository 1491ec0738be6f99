package org.harness.sample.halfopen;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;

/** Who does not agree is offered a basic mode, asked once whether it shall be, and left alone in it. */
public final class MainActivity extends Activity {
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        home();
        if (state.getString("mode", "").isEmpty()) ask();
    }

    private void ask() {
        new AlertDialog.Builder(this).setTitle("个人信息保护提示")
            .setMessage("请您阅读《隐私政策》。同意后可以使用全部功能；不同意时可以进入基本功能模式，仅浏览地图。").setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> choose("full"))
            .setNegativeButton("不同意，进入基本功能模式", (dialog, which) -> confirm()).show();
    }

    private void confirm() {
        new AlertDialog.Builder(this).setTitle("基本功能模式")
            .setMessage("在基本功能模式下，我们不会收集您的个人信息，您可以浏览地图。您可以随时在设置中同意《隐私政策》开启全部功能。")
            .setCancelable(false).setPositiveButton("同意隐私政策", (dialog, which) -> choose("full"))
            .setNegativeButton("进入基本功能模式", (dialog, which) -> choose("basic")).show();
    }

    private void choose(String mode) {
        state.edit().putString("mode", mode).apply();
        home();
    }

    private void home() {
        String mode = state.getString("mode", "");
        page("半开地图", mode.equals("full") ? "附近 路线 收藏" : "基本功能模式：仅浏览地图",
            "浏览地图", "城市地图：一环路、二环路、三环路");
    }

    private void page(String title, String text, String feature, String shown) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.setPadding(48, 48, 48, 48);
        TextView head = new TextView(this);
        head.setText(title);
        TextView body = new TextView(this);
        body.setText(text);
        Button open = new Button(this);
        open.setText(feature);
        open.setOnClickListener(view -> body.setText(shown));
        for (View view : new View[] {head, body, open}) box.addView(view);
        setContentView(box);
    }
}
