package org.harness.sample.onekey;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.view.View;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.LinearLayout;
import android.widget.TextView;

/** The phone number's own log-in stands first; its box is not ticked, and who only looks round is let in. */
public final class MainActivity extends Activity {
    private static final String POLICY = "隐私政策。运营者：样例有限公司，联系方式：privacy@one-key.example。我们收集您的手机号用于登录，"
        + "保存期限为账号存续期间，存储于中华人民共和国境内，不向第三方共享、转让。您可以查询、更正、删除您的个人信息，可以撤回同意、注销账号。"
        + "我们不收集敏感个人信息。未满十四周岁的未成年人应由监护人同意。投诉请发送邮件到 privacy@one-key.example，我们在15个工作日内答复。"
        + "生效日期：2026年1月1日。";
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        if (state.getBoolean("in", false)) home();
        else login();
    }

    private void login() {
        CheckBox consent = new CheckBox(this);
        consent.setText("我已阅读并同意");
        String words = "《中国移动认证服务条款》和《隐私政策》";
        SpannableString text = new SpannableString(words);
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                new AlertDialog.Builder(MainActivity.this).setTitle("隐私政策").setMessage(POLICY).setPositiveButton("返回", null).show();
            }
        }, words.indexOf("《隐私政策》"), words.length(), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        TextView links = label("");
        links.setText(text);
        links.setMovementMethod(LinkMovementMethod.getInstance());
        LinearLayout row = new LinearLayout(this);
        row.addView(consent);
        row.addView(links);
        show(label("138****5678"), label("认证服务由中国移动提供"),
            button("本机号码一键登录", () -> {
                if (consent.isChecked()) enter();
                else askFirst();
            }),
            button("其他手机号登录", () -> show(label("手机号登录"))), row, button("游客浏览", this::enter));
    }

    private void askFirst() {
        new AlertDialog.Builder(this).setTitle("服务协议及隐私保护").setMessage("为保障您的权益，请阅读并同意《中国移动认证服务条款》和《隐私政策》")
            .setPositiveButton("同意并登录", (dialog, which) -> enter()).setNegativeButton("取消", null).show();
    }

    private void enter() {
        state.edit().putBoolean("in", true).apply();
        home();
    }

    private void home() {
        show(label("首页"), label("今日要闻：天气转晴"), button("更多新闻", () -> show(label("更多新闻"), label("明日多云"))));
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
