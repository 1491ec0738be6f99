package org.harness.sample.lastword;

import android.app.Activity;
import android.app.AlertDialog;
import android.app.Dialog;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;

/** The only way to refuse is a word in the text; two more questions follow, then the app ends. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("最后一问 每日答题");
        setContentView(page);
        first();
    }

    private void first() {
        Dialog dialog = new Dialog(this);
        dialog.setCancelable(false);
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.setPadding(48, 48, 48, 48);
        String words = "为了更好地为您服务，请您仔细阅读《用户协议》与《隐私政策》，了解我们如何收集和使用您的个人信息。"
            + "\n如您不接受上述内容，可选择不同意并退出。";
        SpannableString text = new SpannableString(words);
        int start = words.indexOf("不同意并退出");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                dialog.dismiss();
                second();
            }
        }, start, start + 6, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        TextView title = new TextView(this);
        title.setText("温馨提示");
        TextView body = new TextView(this);
        body.setText(text);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        Button agree = new Button(this);
        agree.setText("同意并继续");
        agree.setOnClickListener(view -> dialog.dismiss());
        for (View view : new View[] {title, body, agree}) box.addView(view);
        dialog.setContentView(box);
        dialog.show();
    }

    private void second() {
        new AlertDialog.Builder(this).setTitle("您需要同意才能继续使用")
            .setMessage("若您不同意《隐私政策》，很遗憾我们将无法为您提供服务。").setCancelable(false)
            .setPositiveButton("同意并使用", null).setNegativeButton("仍不同意", (dialog, which) -> third()).show();
    }

    private void third() {
        new AlertDialog.Builder(this).setTitle("要不要再想想？")
            .setMessage("真的不再考虑吗？同意《隐私政策》后即可开始答题。").setCancelable(false)
            .setPositiveButton("再次查看并同意", null)
            .setNegativeButton("不同意并退出", (dialog, which) -> {
                finish();
                System.exit(0);
            }).show();
    }
}
