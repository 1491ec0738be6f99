package org.harness.test.demo;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.Toast;

/** A list longer than the screen; its first rows do something. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        ScrollView scroll = new ScrollView(this);
        scroll.setId(android.R.id.list);
        LinearLayout rows = new LinearLayout(this);
        rows.setOrientation(LinearLayout.VERTICAL);
        scroll.addView(rows);
        row(rows, "Addition").setOnClickListener(view -> startActivity(new Intent(this, SumActivity.class)));
        row(rows, "Toast").setOnClickListener(
            view -> Toast.makeText(this, "Button Clicked!", Toast.LENGTH_LONG).show());
        Button held = row(rows, "Hold");
        held.setOnLongClickListener(view -> {
            held.setText("Held");
            return true;
        });
        row(rows, "Crash").setOnClickListener(view -> {
            throw new IllegalStateException("asked to");
        });
        row(rows, "Stuck").setOnClickListener(view -> {
            try {
                Thread.sleep(1500);
            } catch (InterruptedException stopped) {
                held.setText("stopped");
            }
        });
        for (int i = 0; i < 40; i++) {
            row(rows, "Row " + i);
        }
        setContentView(scroll);
    }

    private Button row(LinearLayout rows, String label) {
        Button button = new Button(this);
        button.setText(label);
        button.setContentDescription(label + " button");
        rows.addView(button, new LinearLayout.LayoutParams(-1, -2));
        return button;
    }
}
