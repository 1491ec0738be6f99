package org.harness.test.screens;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.view.View;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.RadioButton;
import android.widget.RadioGroup;
import android.widget.Switch;
import android.widget.TextView;
import android.widget.Toast;

/** Every kind of widget; what happened last stands in the first line. */
public final class MainActivity extends Activity {
    private TextView said;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.setPadding(40, 40, 40, 40);
        said = new TextView(this);
        said.setText("nothing yet");
        said.setId(getResources().getIdentifier("said", "id", getPackageName()));
        page.addView(said);

        EditText name = new EditText(this);
        name.setHint("姓名");
        page.addView(name, new LinearLayout.LayoutParams(-1, -2));

        CheckBox box = new CheckBox(this);
        box.setText("记住我");
        box.setOnCheckedChangeListener((view, checked) -> say("checked " + checked));
        page.addView(box);
        Switch push = new Switch(this);
        push.setText("推送");
        page.addView(push, new LinearLayout.LayoutParams(-1, -2));
        RadioGroup group = new RadioGroup(this);
        for (String word : new String[] {"甲", "乙"}) {
            RadioButton radio = new RadioButton(this);
            radio.setText(word);
            group.addView(radio);
        }
        page.addView(group);

        TextView terms = new TextView(this);
        SpannableString text = new SpannableString("请阅读《隐私政策》再继续");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                say("policy opened");
            }
        }, 3, 9, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        terms.setText(text);
        terms.setMovementMethod(LinkMovementMethod.getInstance());
        page.addView(terms);

        add(page, "对话框", view -> new AlertDialog.Builder(this).setTitle("温馨提示").setMessage("同意吗？")
            .setPositiveButton("同意", (dialog, which) -> say("agreed"))
            .setNegativeButton("不同意", (dialog, which) -> say("refused"))
            .setOnCancelListener(dialog -> say("cancelled")).show());
        add(page, "权限", view -> requestPermissions(new String[] {"android.permission.ACCESS_FINE_LOCATION"}, 5));
        add(page, "提示", view -> Toast.makeText(this, "已保存", Toast.LENGTH_SHORT).show());
        add(page, "下一页", view -> startActivity(new Intent(this, SecondActivity.class)));
        View last = add(page, "长按", view -> say("short"));
        last.setOnLongClickListener(view -> {
            say("long");
            return true;
        });
        setContentView(page);
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        say("permission " + results[0]);
    }

    private View add(LinearLayout page, String label, View.OnClickListener listener) {
        Button button = new Button(this);
        button.setText(label);
        button.setOnClickListener(listener);
        page.addView(button, new LinearLayout.LayoutParams(-1, -2));
        return button;
    }

    private void say(String word) {
        said.setText(word);
    }
}
