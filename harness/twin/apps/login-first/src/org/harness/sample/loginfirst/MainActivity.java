package org.harness.sample.loginfirst;

import android.app.Activity;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.TextView;
import android.widget.Toast;

/** The notice stands on the login page: an unticked box beside the policy, and another, ticked, that has nothing to do with it. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.setPadding(48, 96, 48, 48);
        TextView title = new TextView(this);
        title.setText("手机号登录");
        title.setTextSize(24);
        page.addView(title);
        EditText phone = new EditText(this);
        phone.setHint("请输入手机号");
        page.addView(phone);
        CheckBox stay = new CheckBox(this);
        stay.setText("记住我");
        stay.setChecked(true);
        page.addView(stay);
        CheckBox consent = new CheckBox(this);
        String words = "我已阅读并同意《用户协议》和《隐私政策》";
        SpannableString text = new SpannableString(words);
        int start = words.indexOf("《隐私政策》");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                Log.i("login", "policy opened");
            }
        }, start, start + 6, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        consent.setText(text);
        consent.setMovementMethod(LinkMovementMethod.getInstance());
        page.addView(consent);
        Button login = new Button(this);
        login.setText("登录");
        login.setOnClickListener(view -> {
            if (!consent.isChecked()) {
                Toast.makeText(this, "请先阅读并同意隐私政策", Toast.LENGTH_SHORT).show();
            }
        });
        page.addView(login);
        Button guest = new Button(this);
        guest.setText("游客浏览");
        guest.setOnClickListener(view -> title.setText("游客模式"));
        page.addView(guest);
        setContentView(page);
    }
}
