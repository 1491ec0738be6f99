package org.harness.sample.tidy;

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
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Asks first, goes on in a limited mode when refused, and reads only after the user agreed. */
public final class MainActivity extends Activity {
    private SharedPreferences state;
    private TextView status;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.setPadding(48, 96, 48, 48);
        TextView title = new TextView(this);
        title.setText("整洁天气");
        title.setTextSize(24);
        page.addView(title);
        status = new TextView(this);
        status.setText("今天 晴 18℃");
        page.addView(status);
        Button cities = new Button(this);
        cities.setText("城市列表");
        page.addView(cities);
        setContentView(page);

        String choice = state.getString("choice", "");
        if (choice.isEmpty()) {
            ask();
        } else if (choice.equals("agreed")) {
            serve();
        } else {
            limited();
        }
    }

    private void ask() {
        String text = "欢迎使用整洁天气。我们会按照《隐私政策》和《用户协议》收集和使用您的个人信息。"
            + "请您阅读并选择是否同意。不同意也可以使用城市天气查询。";
        SpannableString message = new SpannableString(text);
        link(message, text.indexOf("《隐私政策》"), 6);
        link(message, text.indexOf("《用户协议》"), 6);
        TextView body = new TextView(this);
        body.setText(message);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        new AlertDialog.Builder(this)
            .setTitle("个人信息保护提示")
            .setView(body)
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> choose("agreed"))
            .setNegativeButton("不同意", (dialog, which) -> choose("refused"))
            .show();
    }

    private void link(SpannableString text, int start, int length) {
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                new AlertDialog.Builder(MainActivity.this)
                    .setTitle("隐私政策")
                    .setMessage("整洁天气运营者：样例有限公司，联系方式 privacy@tidy-weather.example。我们收集设备标识用于统计。")
                    .setPositiveButton("返回", null)
                    .show();
            }
        }, start, start + length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
    }

    private void choose(String choice) {
        state.edit().putString("choice", choice).apply();
        if (choice.equals("agreed")) {
            serve();
        } else {
            limited();
        }
    }

    private void limited() {
        status.setText("基本模式：今天 晴 18℃。城市天气查询可以照常使用。");
    }

    private void serve() {
        status.setText("今天 晴 18℃，空气优");
        new Thread(() -> {
            String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
            try {
                HttpURLConnection connection =
                    (HttpURLConnection) new URL("https://api.tidy-weather.example/v1/start").openConnection();
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(("{\"device\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
                }
                Log.i("tidy", "start answered " + connection.getResponseCode());
            } catch (Exception error) {
                Log.w("tidy", "start failed", error);
            }
        }, "start").start();
    }
}
