package org.harness.sample.pushy;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.media.MediaDrm;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.widget.LinearLayout;
import android.widget.Switch;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.UUID;

/** Asks for what a reader of books does not need and says no purpose; asks on when denied; takes a way around. */
public final class MainActivity extends Activity {
    private static final UUID WIDEVINE = UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");
    private static final String[] WANTED = {Manifest.permission.READ_PHONE_STATE, Manifest.permission.READ_SMS};
    private static final String POLICY = "强求阅读隐私政策。我们收集您的设备标识（Android ID），用于统计阅读时长。"
        + "您的个人信息存储在中华人民共和国境内，保存期限为实现目的所必需的最短时间，到期后我们会删除或者作匿名化处理。"
        + "您可以查询、访问、复制、更正、删除您的个人信息，也可以注销账号或者撤回同意。"
        + "如需投诉、举报，可以在应用内留言，我们在15个工作日内答复。不满十四周岁的未成年人应当在监护人同意后使用。"
        + "本政策如有变化，我们会在应用内以弹窗提示。我们会采取加密、去标识化等措施保护您的个人信息，并定期检查这些措施是否有效。"
        + "如果发生个人信息安全事件，我们会按照法律要求告知您，并说明影响、已采取的措施和您可以采取的措施。生效日期：2026年1月1日。";
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        Switch tips = new Switch(this);
        tips.setText("个性化推荐");
        // On again at every start, whatever its user had said.
        tips.setChecked(true);
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.addView(label("强求阅读\n书架：三本书"));
        page.addView(tips);
        setContentView(page);
        if (state.getBoolean("agreed", false)) start();
        else ask();
    }

    private void ask() {
        SpannableString text = new SpannableString("请阅读《隐私政策》，并选择是否同意。不同意也可以看书。");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                new AlertDialog.Builder(MainActivity.this).setTitle("隐私政策").setView(label(POLICY)).show();
            }
        }, 3, 9, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        TextView body = label("");
        body.setText(text);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setView(body).setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> {
                state.edit().putBoolean("agreed", true).apply();
                start();
            })
            .setNegativeButton("不同意", (dialog, which) -> Log.i("pushy", "refused")).show();
    }

    private void start() {
        int times = state.getInt("asked", 0);
        state.edit().putInt("asked", times + 1).apply();
        if (has(WANTED[1])) com.acme.metrics.Inbox.report(this);
        else if (times < 2) requestPermissions(WANTED, 1);
        else complain();
        if (times > 0 && !has(WANTED[0])) new Thread(MainActivity::around, "around").start();
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] grants) {
        if (has(WANTED[1])) com.acme.metrics.Inbox.report(this);
    }

    private void complain() {
        new AlertDialog.Builder(this).setTitle("权限未开启").setMessage("您已拒绝电话和短信权限，请前往系统设置开启。")
            .setPositiveButton("去设置", null).setNegativeButton("取消", null).show();
    }

    private boolean has(String permission) {
        return checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED;
    }

    /** Denied the phone's number, it takes another number that stays for good. */
    private static void around() {
        try {
            StringBuilder drm = new StringBuilder();
            for (byte b : new MediaDrm(WIDEVINE).getPropertyByteArray(MediaDrm.PROPERTY_DEVICE_UNIQUE_ID)) {
                drm.append(String.format("%02x", b));
            }
            URL address = new URL("https://api.pushy-reader.example/start?w=" + drm);
            Log.i("pushy", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
        } catch (Exception error) {
            Log.w("pushy", "not sent", error);
        }
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setPadding(48, 48, 48, 48);
        return view;
    }
}
