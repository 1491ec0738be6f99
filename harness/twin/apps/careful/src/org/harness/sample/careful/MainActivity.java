package org.harness.sample.careful;

import android.app.Activity;
import android.app.Dialog;
import android.content.ClipboardManager;
import android.content.SharedPreferences;
import android.os.Build;
import android.os.Bundle;
import android.provider.Settings;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.util.UUID;

/**
 * Looks guilty everywhere and is not: an unticked box, one second question
 * within the refusal, plain HTTP that carries no personal data, a number of its own making, one read after consent.
 */
public final class MainActivity extends Activity {
    private SharedPreferences state;
    private TextView page;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        page = new TextView(this);
        page.setText("谨慎记账 本月支出");
        setContentView(page);
        ClipboardManager clipboard = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
        clipboard.addPrimaryClipChangedListener(() -> Log.i("careful", "something was copied; not looked at"));
        String own = state.getString("own", "");
        if (own.isEmpty()) {
            own = UUID.randomUUID().toString();
            state.edit().putString("own", own).apply();
        }
        send("http://status.careful-ledger.example/alive?model=" + encoded(Build.MODEL) + "&v=1.0");
        String choice = state.getString("choice", "");
        if (choice.isEmpty()) {
            ask();
        } else if (choice.equals("agreed")) {
            serve();
        }
    }

    private void ask() {
        Dialog dialog = new Dialog(this);
        dialog.setCancelable(false);
        LinearLayout box = column();
        TextView title = new TextView(this);
        title.setText("用户协议与隐私政策");
        title.setTextSize(20);
        box.addView(title);
        String words = "请阅读《用户协议》和《隐私政策》，勾选后同意。不同意也可以使用基本记账。";
        SpannableString text = new SpannableString(words);
        int start = words.indexOf("《隐私政策》");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                Log.i("careful", "policy opened");
            }
        }, start, start + 6, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        TextView body = new TextView(this);
        body.setText(text);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        box.addView(body);
        CheckBox read = new CheckBox(this);
        read.setText("我已阅读并同意《隐私政策》");
        box.addView(read);
        box.addView(button("同意", () -> {
            if (read.isChecked()) {
                dialog.dismiss();
                choose("agreed");
            }
        }));
        box.addView(button("不同意", () -> {
            dialog.dismiss();
            remind();
        }));
        dialog.setContentView(box);
        dialog.show();
    }

    /** Once, as part of the same refusal. */
    private void remind() {
        Dialog dialog = new Dialog(this);
        dialog.setCancelable(false);
        LinearLayout box = column();
        TextView body = new TextView(this);
        body.setText("温馨提示：不同意《隐私政策》将不能使用云同步，您可以再想想。");
        box.addView(body);
        box.addView(button("同意并继续", () -> {
            dialog.dismiss();
            choose("agreed");
        }));
        box.addView(button("仍不同意", () -> {
            dialog.dismiss();
            choose("refused");
        }));
        dialog.setContentView(box);
        dialog.show();
    }

    private void choose(String choice) {
        state.edit().putString("choice", choice).apply();
        if (choice.equals("agreed")) {
            serve();
        }
    }

    private void serve() {
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        send("https://api.careful-ledger.example/sync?own=" + state.getString("own", "") + "&id=" + id);
    }

    private LinearLayout column() {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.setPadding(48, 48, 48, 48);
        return box;
    }

    private Button button(String text, Runnable act) {
        Button button = new Button(this);
        button.setText(text);
        button.setOnClickListener(view -> act.run());
        return button;
    }

    private static String encoded(String text) {
        try {
            return URLEncoder.encode(text, "UTF-8");
        } catch (java.io.UnsupportedEncodingException error) {
            throw new IllegalStateException(error);
        }
    }

    private static void send(String address) {
        new Thread(() -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
                Log.i("careful", "answered " + connection.getResponseCode());
            } catch (Exception error) {
                Log.w("careful", "not sent", error);
            }
        }, "send").start();
    }
}
