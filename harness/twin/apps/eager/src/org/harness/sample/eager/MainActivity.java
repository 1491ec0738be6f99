package org.harness.sample.eager;

import android.app.Activity;
import android.app.Dialog;
import android.os.Bundle;
import android.view.Gravity;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.LinearLayout;
import android.widget.TextView;

/** Asks with a box that is ticked already, and leaves when the user refuses. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView lamp = new TextView(this);
        lamp.setText("手电筒");
        lamp.setGravity(Gravity.CENTER);
        setContentView(lamp);
        if (!getSharedPreferences("state", MODE_PRIVATE).getBoolean("agreed", false)) {
            ask();
        }
    }

    private void ask() {
        Dialog dialog = new Dialog(this);
        dialog.setCancelable(false);
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.setPadding(48, 48, 48, 48);
        TextView title = new TextView(this);
        title.setText("用户协议与隐私政策");
        title.setTextSize(20);
        box.addView(title);
        TextView body = new TextView(this);
        body.setText("请阅读并同意《用户协议》和《隐私政策》后使用本应用。");
        box.addView(body);
        CheckBox read = new CheckBox(this);
        read.setText("我已阅读并同意《隐私政策》");
        read.setChecked(true);
        box.addView(read);
        LinearLayout buttons = new LinearLayout(this);
        buttons.setOrientation(LinearLayout.HORIZONTAL);
        Button refuse = new Button(this);
        refuse.setText("不同意并退出");
        refuse.setOnClickListener(view -> {
            finish();
            System.exit(0);
        });
        buttons.addView(refuse, new LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1));
        Button agree = new Button(this);
        agree.setText("同意并继续");
        agree.setOnClickListener(view -> {
            getSharedPreferences("state", MODE_PRIVATE).edit().putBoolean("agreed", true).apply();
            dialog.dismiss();
        });
        buttons.addView(agree, new LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1));
        box.addView(buttons);
        dialog.setContentView(box);
        dialog.show();
    }
}
