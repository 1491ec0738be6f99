package org.harness.sample.attic;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.util.ArrayDeque;
import java.util.Deque;

/** Its policy is five taps away and names nobody; cancelling an account takes a photo of an ID. */
public final class MainActivity extends Activity {
    private static final String POLICY = "阁楼菜谱隐私政策。为了向您推荐菜谱，我们收集设备信息，用于统计和改进。"
        + "我们会妥善保管收集的信息，采取加密、去标识化等措施，并定期检查这些措施是否有效。".repeat(8)
        + "您可以查询、访问、更正、删除个人信息。保存期限为实现目的所必需的最短时间，到期后我们会删除或者作匿名化处理。".repeat(4);
    private static final String[] WAY = {"更多", "关于", "版本说明", "法律声明", "隐私政策"};
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
        show(label("阁楼菜谱"), label("土豆炖牛肉，一小时"), button(WAY[0], () -> further(1)), button("账号", this::account));
    }

    private void further(int taps) {
        if (taps == WAY.length) show(label("隐私政策"), label(POLICY));
        else show(label(WAY[taps - 1]), button(WAY[taps], () -> further(taps + 1)));
    }

    private void account() {
        show(label("账号"), button("注销账号", () -> show(label("注销账号"),
            label("注销账号需上传手持身份证照片，并在30个工作日内等待人工审核。"))));
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
