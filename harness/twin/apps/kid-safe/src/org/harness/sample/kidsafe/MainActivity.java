package org.harness.sample.kidsafe;

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

/** For children, with rules for them, and without a question about the device. */
public final class MainActivity extends Activity {
    private static final String POLICY = "放心儿歌隐私政策。运营者：样例有限公司。联系方式：电子邮箱 privacy@kid-safe.example，电话 010-00000000。生效日期：2026年1月1日。"
        + "一、收集和使用。播放儿歌不需要任何个人信息；我们不收集设备标识，也没有接入第三方SDK，播放次数只保存在本机，用于显示最近播放。"
        + "二、存储。您的个人信息存储在中华人民共和国境内，保存期限为实现目的所必需的最短时间，到期后我们会删除或者作匿名化处理。"
        + "三、对外提供。我们不向第三方共享您的个人信息。"
        + "四、您的权利。您可以查询、访问、复制、更正、删除个人信息，可以撤回同意，也可以注销账号。"
        + "五、儿童个人信息保护规则。不满十四周岁的儿童使用本应用，应当由监护人阅读并同意本政策；如需收集儿童个人信息，我们会先征得监护人的同意。"
        + "投诉。如需投诉、举报，请发送邮件到上述邮箱，我们在15个工作日内答复。"
        + "变更。本政策如有变化，我们会在应用内以弹窗提示，并再次征得您的同意。";

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        setContentView(label("放心儿歌\n两只老虎"));
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
            .setPositiveButton("同意", (dialog, which) -> Log.i("kidsafe", "three songs"))
            .setNegativeButton("不同意", (dialog, which) -> Log.i("kidsafe", "refused")).show();
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setPadding(48, 48, 48, 48);
        return view;
    }
}
