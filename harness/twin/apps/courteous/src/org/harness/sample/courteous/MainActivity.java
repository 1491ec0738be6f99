package org.harness.sample.courteous;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.Switch;
import android.widget.TextView;
import java.util.ArrayDeque;
import java.util.Deque;

/** Asks for the place when its user opens the feature that needs it, says why, takes no for an answer. */
public final class MainActivity extends Activity {
    private static final String POLICY = "守礼地图隐私政策。运营者：样例有限公司（注册地址：北京市海淀区样例路1号）。"
        + "联系方式：电子邮箱 privacy@courteous-map.example。生效日期：2026年1月1日。"
        + "一、收集和使用。您打开“附近”功能并授权后，我们收集您的位置信息，用于查找身边的地点。位置信息是敏感个人信息，"
        + "我们会在使用该功能前单独征得您的同意；拒绝后仍可以使用其他功能。"
        + "二、第三方SDK。Acme Metrics SDK（com.acme.metrics），公司名称：Acme，收集位置信息，用于查找身边的地点，接口域名 acme-metrics.example。"
        + "除此之外，我们不向第三方共享您的个人信息。"
        + "三、存储。您的个人信息存储在中华人民共和国境内，保存期限为实现目的所必需的最短时间，到期后删除。"
        + "四、您的权利。您可以查询、访问、复制、更正、删除您的个人信息，可以在设置中撤回同意，可以在设置中注销账号。"
        + "五、未成年人。不满十四周岁的未成年人应当在监护人同意后使用本应用。"
        + "六、投诉。如需投诉、举报，请发送邮件到 privacy@courteous-map.example，我们在15个工作日内答复。";
    private final Deque<Runnable> pages = new ArrayDeque<>();
    private SharedPreferences state;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        open(() -> show(label("守礼地图"), button("附近的地点", () -> open(this::near)), tips()));
        if (!state.getBoolean("answered", false)) ask();
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
        SpannableString text = new SpannableString("请阅读《隐私政策》，并选择是否同意。不同意也可以看地图。");
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
            .setPositiveButton("同意", (dialog, which) -> askForThePlace())
            .setNegativeButton("不同意", (dialog, which) -> answered(false)).show();
    }

    /** The place is sensitive: it has a question of its own. */
    private void askForThePlace() {
        new AlertDialog.Builder(this).setTitle("位置信息单独同意").setCancelable(false)
            .setMessage("为查找您身边的地点，我们需要收集您的位置信息（敏感个人信息）。是否同意？不同意仍可使用其他功能。")
            .setPositiveButton("同意", (dialog, which) -> answered(true))
            .setNegativeButton("不同意", (dialog, which) -> answered(false)).show();
    }

    private void answered(boolean place) {
        state.edit().putBoolean("answered", true).putBoolean("place", place).apply();
    }

    private Switch tips() {
        Switch tips = new Switch(this);
        tips.setText("个性化推荐");
        tips.setChecked(state.getBoolean("tips", true));
        tips.setOnCheckedChangeListener((changed, on) -> state.edit().putBoolean("tips", on).apply());
        return tips;
    }

    private void near() {
        show(label("附近的地点"), label("需要位置权限，用于查找您身边的地点；也可以直接搜索地名。"), button("查找附近", this::find));
    }

    private void find() {
        show(label("附近的地点"), label("也可以直接搜索地名。"));
        if (!state.getBoolean("place", false)) return;
        if (checkSelfPermission(Manifest.permission.ACCESS_FINE_LOCATION) == PackageManager.PERMISSION_GRANTED) {
            com.acme.metrics.Nearby.find(this);
        } else if (!state.getBoolean("asked", false)) {
            state.edit().putBoolean("asked", true).apply();
            requestPermissions(new String[] {Manifest.permission.ACCESS_FINE_LOCATION}, 1);
        }
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] grants) {
        boolean granted = grants.length > 0 && grants[0] == PackageManager.PERMISSION_GRANTED;
        Log.i("courteous", "granted " + granted);
        if (granted) com.acme.metrics.Nearby.find(this);
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

    private Button button(String text, Runnable act) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(touched -> act.run());
        return view;
    }
}
