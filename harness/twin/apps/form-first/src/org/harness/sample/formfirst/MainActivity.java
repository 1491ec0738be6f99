package org.harness.sample.formfirst;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.TextView;

/** A dictionary that nobody can use before having written down a name and an ID number. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView title = new TextView(this);
        title.setText("填表词典");
        show(title);
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setMessage("请阅读《隐私政策》和《用户协议》，并选择是否同意。")
            .setCancelable(false).setPositiveButton("同意", (dialog, which) -> form())
            .setNegativeButton("不同意", (dialog, which) -> Log.i("formfirst", "refused")).show();
    }

    private void form() {
        TextView why = new TextView(this);
        why.setText("请完善资料，用于核对读者身份");
        EditText name = new EditText(this);
        name.setHint("真实姓名");
        EditText number = new EditText(this);
        number.setHint("身份证号");
        Button send = new Button(this);
        send.setText("提交");
        show(why, name, number, send);
    }

    private void show(View... views) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        for (View view : views) box.addView(view);
        setContentView(box);
    }
}
