package org.harness.sample.multiprocess;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.widget.TextView;

/** An innocent front: all that is wrong happens in the other process. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this);
        page.setText("Room one");
        setContentView(page);
        if (getSharedPreferences("state", MODE_PRIVATE).getString("choice", "").isEmpty()) {
            new AlertDialog.Builder(this)
                .setTitle("Terms and Privacy Policy")
                .setMessage("Before you start, please read and accept our Terms of Service and Privacy Policy.")
                .setCancelable(false)
                .setPositiveButton("Accept", (dialog, which) -> choose("agreed"))
                .setNegativeButton("Decline", (dialog, which) -> choose("refused"))
                .show();
        }
    }

    private void choose(String choice) {
        getSharedPreferences("state", MODE_PRIVATE).edit().putString("choice", choice).apply();
    }
}
