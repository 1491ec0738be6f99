package org.harness.test.screens;

import android.app.Activity;
import android.os.Bundle;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.TextView;

public final class SecondActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        ScrollView scroll = new ScrollView(this);
        LinearLayout rows = new LinearLayout(this);
        rows.setOrientation(LinearLayout.VERTICAL);
        for (int i = 0; i < 60; i++) {
            TextView row = new TextView(this);
            row.setText("第 " + i + " 行");
            row.setTextSize(20);
            row.setPadding(48, 24, 48, 24);
            rows.addView(row);
        }
        scroll.addView(rows);
        setContentView(scroll);
    }
}
