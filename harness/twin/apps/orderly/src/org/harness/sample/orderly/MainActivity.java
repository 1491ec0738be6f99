package org.harness.sample.orderly;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.provider.Settings;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.webkit.WebView;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.Switch;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;

/** Does what a user may ask of an app: shows its policy and lists, keeps switches off, lets go of consent and account. */
public final class MainActivity extends Activity {
    private static final String SDKS = "第三方SDK清单。优量汇SDK（com.qq.e）：深圳市腾讯计算机系统有限公司，目的为展示广告，收集设备标识，"
        + "隐私政策见其官网。除此之外，本应用没有接入其他第三方SDK，也没有向其他第三方共享个人信息。"
        + "本清单随版本更新，最近一次更新于2026年1月1日。如有疑问，请通过隐私政策中的联系方式与我们联系，"
        + "我们会在15个工作日内答复。您可以在系统设置中随时关闭相机等权限，关闭后不影响记录文字。";
    private static final String COLLECTED = "已收集个人信息清单。设备标识（Android ID）：用于同步笔记，收集场景为启动应用，收集次数见统计。"
        + "手机号：用于登录和验证身份，收集场景为登录。照片：用于笔记插图，收集场景为我的照片，只保存在本机。"
        + "本清单列出最近一年内收集的个人信息，您可以在设置中撤回同意、注销账号，也可以通过隐私政策中的联系方式查询、更正和删除。"
        + "如对本清单有疑问，请发送邮件到 privacy@orderly-notes.example，我们会在15个工作日内答复。";
    private final Deque<Runnable> pages = new ArrayDeque<>();
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        open(this::home);
        String choice = state.getString("choice", "");
        if (choice.isEmpty()) ask();
        else if (choice.equals("agreed")) serve();
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
        String words = "欢迎使用整齐笔记。请您阅读《隐私政策》和《第三方SDK清单》，选择是否同意我们按其收集和使用您的个人信息。"
            + "不同意也可以在本机记录。";
        SpannableString text = new SpannableString(words);
        link(text, words.indexOf("《隐私政策》"), 6, "隐私政策", policy());
        link(text, words.indexOf("《第三方SDK清单》"), 10, "第三方SDK清单", label(SDKS));
        TextView body = label("");
        body.setText(text);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        new AlertDialog.Builder(this).setTitle("用户协议与隐私政策").setView(body).setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> choose("agreed"))
            .setNegativeButton("不同意", (dialog, which) -> choose("refused"))
            .show();
    }

    private void link(SpannableString text, int start, int length, String title, View document) {
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                new AlertDialog.Builder(MainActivity.this).setTitle(title).setView(document).show();
            }
        }, start, start + length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
    }

    private void choose(String choice) {
        state.edit().putString("choice", choice).apply();
        if (choice.equals("agreed")) serve();
        pages.peek().run();
    }

    private void home() {
        boolean full = state.getString("choice", "").equals("agreed");
        show(label("整齐笔记"), label(full ? "今日笔记 3 条，已同步" : "基本模式：笔记只保存在本机"),
            button("我的照片", () -> open(this::camera)),
            button("新建笔记", () -> open(() -> show(label("新的笔记"), label("在这里写下今天的想法。")))),
            button("设置", () -> open(this::settings)));
    }

    private void camera() {
        show(label("为笔记拍摄照片需要使用相机权限"), label("也可以只写文字。"));
        if (checkSelfPermission(Manifest.permission.CAMERA) != 0 && !state.getBoolean("asked", false)) {
            state.edit().putBoolean("asked", true).apply();
            requestPermissions(new String[] {Manifest.permission.CAMERA}, 1);
        }
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] grants) {
        Log.i("orderly", "camera " + (grants.length > 0 && grants[0] == 0));
    }

    private void settings() {
        String phone = state.getString("phone", "");
        show(label("设置"),
            button("隐私政策", () -> open(() -> show(label("隐私政策"), policy()))),
            button("第三方SDK清单", () -> open(() -> show(label("第三方SDK清单"), label(SDKS)))),
            button("已收集个人信息清单", () -> open(() -> show(label("已收集个人信息清单"), label(COLLECTED)))),
            choice("个性化广告", "ads"), choice("个性化推荐", "content"),
            button("撤回同意", this::withdraw),
            phone.isEmpty() ? button("登录", () -> open(this::login)) : button("退出登录", this::logOut),
            button("注销账号", () -> open(this::cancel)));
    }

    private void withdraw() {
        confirm("撤回同意", "撤回对隐私政策的同意后，笔记不再同步，只保存在本机。", "确认撤回", () -> choose("withdrawn"));
    }

    private void login() {
        EditText phone = new EditText(this);
        phone.setHint("手机号");
        phone.setText("13912345678");
        show(label("测试账号"), phone, button("进入", () -> {
            state.edit().putString("phone", phone.getText().toString()).apply();
            send("login?phone=" + phone.getText());
            onBackPressed();
        }));
    }

    private void logOut() {
        confirm("退出登录", "退出后笔记保留在本机。", "确定", () -> {
            state.edit().remove("phone").apply();
            pages.peek().run();
        });
    }

    private void cancel() {
        show(label("注销账号"), label("注销后账号内的笔记会被删除，我们在15个工作日内完成。无需提供其他材料。"),
            button("确认注销", () -> {
                state.edit().remove("phone").putString("choice", "withdrawn").apply();
                onBackPressed();
            }));
    }

    private void serve() {
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        send("sync?id=" + id + "&phone=" + state.getString("phone", ""));
        com.qq.e.ads.Placement.show(this, state.getBoolean("ads", true));
    }

    private void confirm(String title, String message, String yes, Runnable act) {
        new AlertDialog.Builder(this).setTitle(title).setMessage(message)
            .setPositiveButton(yes, (dialog, which) -> act.run()).setNegativeButton("取消", null).show();
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

    private View policy() {
        WebView page = new WebView(this);
        page.loadUrl("file:///android_asset/policy.html");
        return page;
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

    private Switch choice(String text, String key) {
        Switch view = new Switch(this);
        view.setText(text);
        view.setChecked(state.getBoolean(key, true));
        view.setOnCheckedChangeListener((changed, on) -> state.edit().putBoolean(key, on).apply());
        return view;
    }

    private static void send(String what) {
        new Thread(() -> {
            try {
                URL address = new URL("https://api.orderly-notes.example/" + what);
                Log.i("orderly", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("orderly", "not sent", error);
            }
        }, "send").start();
    }
}
