package org.harness.test.demo;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;

/** Adds two numbers. */
public final class SumActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        EditText[] fields = new EditText[3];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new EditText(this);
            page.addView(fields[i], new LinearLayout.LayoutParams(-1, -2));
        }
        Button add = new Button(this);
        add.setText("Add");
        add.setOnClickListener(view -> fields[2].setText(
            String.valueOf(Integer.parseInt(fields[0].getText().toString())
                + Integer.parseInt(fields[1].getText().toString()))));
        page.addView(add);
        setContentView(page);
    }
}
