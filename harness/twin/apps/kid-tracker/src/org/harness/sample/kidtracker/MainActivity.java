package org.harness.sample.kidtracker;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.widget.TextView;

/** For children, with no rules for them: an SDK reads and sends who the device is. */
public final class MainActivity extends Activity {
    private static final String POLICY = "贪玩儿歌隐私政策。运营者：样例有限公司。联系方式：电子邮箱 privacy@kid-tracker.example，电话 010-00000000。生效日期：2026年1月1日。"
        + "一、收集和使用。我们收集设备标识（Android ID），用于统计播放次数。"
        + "二、存储。您的个人信息存储在中华人民共和国境内，保存期限为实现目的所必需的最短时间，到期后我们会删除或者作匿名化处理。"
        + "三、对外提供。我们不向第三方共享您的个人信息。"
        + "四、您的权利。您可以查询、访问、复制、更正、删除个人信息，可以撤回同意，也可以注销账号。"
        + ""
        + "投诉。如需投诉、举报，请发送邮件到上述邮箱，我们在15个工作日内答复。"
        + "变更。本政策如有变化，我们会在应用内以弹窗提示，并再次征得您的同意。";

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        setContentView(label("贪玩儿歌\n两只老虎"));
        SpannableString text = new SpannableString("请家长阅读《隐私政策》，并选择是否同意。不同意也可以听儿歌。");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                new AlertDialog.Builder(MainActivity.this).setTitle("隐私政策").setView(label(POLICY)).show();
            }
        }, 5, 11, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        TextView body = label("");
        body.setText(text);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setView(body).setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> com.acme.metrics.Counter.report(this))
            .setNegativeButton("不同意", (dialog, which) -> Log.i("kidtracker", "refused")).show();
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setPadding(48, 48, 48, 48);
        return view;
    }
}
