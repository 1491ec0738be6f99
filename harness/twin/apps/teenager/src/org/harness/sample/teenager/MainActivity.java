package org.harness.sample.teenager;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;

/** Asks for the age; a child gets the minors' mode behind a guardian's consent, and no identifier is read. */
public final class MainActivity extends Activity {
    private static final int CHILD = 14;
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        if (!state.getBoolean("agreed", false)) ask();
        else if (state.getInt("age", 0) == 0) askAge();
        else home();
    }

    private void ask() {
        show(label("少年听书"));
        new AlertDialog.Builder(this).setTitle("个人信息保护提示")
            .setMessage("请阅读《隐私政策》和《儿童个人信息保护规则》，选择是否同意我们收集和使用您的个人信息。").setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> {
                state.edit().putBoolean("agreed", true).apply();
                askAge();
            })
            .setNegativeButton("不同意", (dialog, which) -> show(label("少年听书"), label("只读模式：今日故事"))).show();
    }

    private void askAge() {
        EditText age = new EditText(this);
        age.setHint("年龄");
        show(label("请填写您的年龄"), age, button("确定", () -> {
            if (age.getText().toString().isEmpty()) return;
            state.edit().putInt("age", Integer.parseInt(age.getText().toString())).apply();
            home();
        }));
    }

    private void home() {
        if (state.getInt("age", 0) < CHILD && !state.getBoolean("guardian", false)) {
            show(label("未成年人模式"), label("您未满14周岁，需要监护人同意《儿童个人信息保护规则》后使用。"),
                label("监护人可以在家长手机上完成确认，确认前仅提供公共故事。"),
                button("公共故事", () -> show(label("公共故事"), label("龟兔赛跑"))));
            return;
        }
        show(label("少年听书"), label("为你推荐：三国演义"));
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        new Thread(() -> {
            try {
                URL address = new URL("https://api.teen-audio.example/start?id=" + id);
                Log.i("teenager", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("teenager", "not sent", error);
            }
        }, "start").start();
    }

    private void show(View... views) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.setPadding(48, 48, 48, 48);
        for (View view : views) box.addView(view);
        setContentView(box);
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        return view;
    }

    private Button button(String text, Runnable act) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(touched -> act.run());
        return view;
    }
}
