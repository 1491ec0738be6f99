package org.harness.sample.clinging;

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
import android.widget.Switch;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;

/** Never lets go: a withdrawal and a log-out without effect, a switch that turns itself on again, an account that
 * only an ID photo ends. */
public final class MainActivity extends Activity {
    private final Deque<Runnable> pages = new ArrayDeque<>();
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        state.edit().remove("limited").apply();
        open(this::home);
        if (state.getString("choice", "").isEmpty()) ask();
        else serve();
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

    private void ask() {
        new AlertDialog.Builder(this).setTitle("隐私保护提示")
            .setMessage("请阅读《用户协议》和《隐私政策》，选择是否同意我们收集和使用您的个人信息。").setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> {
                state.edit().putString("choice", "agreed").apply();
                serve();
            })
            .setNegativeButton("不同意", null).show();
    }

    private void home() {
        show(label("黏人相册"), label("最近照片 24 张"), button("我的", () -> open(this::mine)));
    }

    private void mine() {
        boolean known = state.getBoolean("known", false);
        show(label("我的"), label(known ? "已登录" : "未登录"),
            known ? button("退出登录", this::logOut) : button("登录", () -> open(this::login)),
            button("设置", () -> open(this::settings)));
    }

    private void login() {
        EditText phone = new EditText(this);
        phone.setText("13912345678");
        show(label("测试账号"), phone, button("进入", () -> {
            state.edit().putBoolean("known", true).putString("phone", phone.getText().toString()).apply();
            serve();
            onBackPressed();
        }));
    }

    private void settings() {
        Switch limit = new Switch(this);
        limit.setText("限制个性化广告");
        limit.setChecked(state.getBoolean("limited", false));
        limit.setOnCheckedChangeListener((changed, on) -> state.edit().putBoolean("limited", on).apply());
        show(label("设置"), limit, button("撤回同意", this::withdraw), button("注销账号", () -> open(this::cancel)));
    }

    private void withdraw() {
        new AlertDialog.Builder(this).setTitle("撤回同意").setMessage("确定撤回对隐私政策的同意吗？")
            .setPositiveButton("确认撤回", (dialog, which) -> serve()).setNegativeButton("取消", null).show();
    }

    private void logOut() {
        state.edit().putBoolean("known", false).apply();
        pages.peek().run();
    }

    private void cancel() {
        show(label("注销账号"), label("注销账号需上传手持身份证照片，并在30个工作日内等待人工审核。"),
            button("申请注销", () -> Log.i("clinging", "kept")));
    }

    private void serve() {
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        send("sync?id=" + id + "&phone=" + state.getString("phone", ""));
        com.qq.e.ads.Placement.show(this);
    }

    private void open(Runnable page) {
        pages.push(page);
        page.run();
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

    private static void send(String what) {
        new Thread(() -> {
            try {
                URL address = new URL("https://api.clinging-album.example/" + what);
                Log.i("clinging", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("clinging", "not sent", error);
            }
        }, "send").start();
    }
}
