package org.harness.sample.papers;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.Switch;
import android.widget.TextView;
import java.util.ArrayDeque;
import java.util.Deque;

/** Policy, lists, switch, withdrawal, cancellation and a place to complain, all two taps from the main page. */
public final class MainActivity extends Activity {
    private static final String POLICY = "齐全菜谱隐私政策。生效日期：2026年1月1日。运营者：样例有限公司（注册地址：北京市海淀区样例路1号）。"
        + "联系方式：电子邮箱 privacy@papers-cook.example，电话 010-00000000。"
        + "一、收集和使用。您登录时，我们收集您的手机号，用于验证身份；除此之外，看菜谱不需要任何个人信息。"
        + "二、敏感个人信息。我们不收集身份证号、银行卡号、人脸等敏感个人信息。"
        + "三、存储。您的个人信息存储在中华人民共和国境内，保存期限为实现目的所必需的最短时间，到期后我们会删除或者作匿名化处理。"
        + "四、对外提供。我们不向第三方共享您的个人信息，也没有接入第三方SDK。"
        + "五、您的权利。您可以查询、访问、复制、更正、删除您的个人信息；可以在“设置”中撤回同意；可以在“设置-注销账号”注销账号。"
        + "六、未成年人。不满十四周岁的未成年人应当在监护人同意后使用本应用。"
        + "七、投诉。如需投诉、举报，请发送邮件到 privacy@papers-cook.example，我们在15个工作日内答复。"
        + "八、安全。我们采取加密、去标识化等措施保护您的个人信息，并定期检查这些措施是否有效；如果发生个人信息安全事件，"
        + "我们会按照法律要求告知您事件的影响、我们已经采取的措施和您可以采取的措施。"
        + "九、变更。本政策如有变化，我们会在应用内以弹窗提示，并再次征得您的同意。";
    private static final String SHARED = "第三方SDK清单与共享清单。本应用没有接入第三方SDK，也没有向第三方共享个人信息。本清单随版本更新，"
        + "最近一次更新于2026年1月1日。今后如需接入，我们会在此列明名称、公司、目的、信息种类和隐私政策链接，并再次征得您的同意。"
        + "如有疑问，请发送邮件到 privacy@papers-cook.example，我们会在15个工作日内答复。您也可以在“意见反馈”中留言，我们会尽快处理。";
    private static final String COLLECTED = "已收集个人信息清单。手机号：登录时收集，用于验证身份，收集0次。除此之外，本应用没有收集其他个人信息。"
        + "本清单随使用更新，最近一次更新于2026年1月1日。您可以在此查阅我们收集的个人信息的种类、目的、场景和次数，并可以要求更正或者删除。"
        + "如有疑问，请发送邮件到 privacy@papers-cook.example，我们会在15个工作日内答复。您也可以在“意见反馈”中留言，我们会尽快处理。";
    private final Deque<Runnable> pages = new ArrayDeque<>();

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        open(this::home);
        new AlertDialog.Builder(this).setTitle("隐私保护提示").setMessage("请阅读《隐私政策》，选择是否同意。不同意也可以看菜谱。").setCancelable(false)
            .setPositiveButton("同意", null).setNegativeButton("不同意", null).show();
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

    private void home() {
        show(label("齐全菜谱"), label("番茄炒蛋，二十分钟"), button("设置", this::settings));
    }

    private void settings() {
        Switch tips = new Switch(this);
        tips.setText("个性化推荐");
        show(label("设置"), tips, button("隐私政策", () -> show(label("隐私政策"), label(POLICY))),
            button("第三方SDK清单", () -> show(label("第三方SDK清单"), label(SHARED))),
            button("已收集个人信息清单", () -> show(label("已收集个人信息清单"), label(COLLECTED))),
            button("撤回同意", () -> show(label("撤回同意"), label("撤回后仍可看菜谱。"))),
            button("注销账号", () -> show(label("注销账号"), label("我们在15个工作日内完成，无需提供其他材料。"))),
            button("意见反馈", () -> show(label("意见反馈"), label("请写下您的意见、投诉或者举报。"))));
    }

    private void open(Runnable page) {
        pages.push(page);
        page.run();
    }

    private void show(View... views) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        for (View view : views) box.addView(view);
        setContentView(box);
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setPadding(48, 48, 48, 48);
        return view;
    }

    private Button button(String text, Runnable page) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(touched -> open(page));
        return view;
    }
}
