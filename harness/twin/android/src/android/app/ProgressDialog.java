package android.app;

import android.content.Context;
import android.widget.LinearLayout;
import android.widget.ProgressBar;
import android.widget.TextView;

@Deprecated
public class ProgressDialog extends AlertDialog {
    private final TextView text;

    public ProgressDialog(Context context) {
        super(context);
        LinearLayout row = new LinearLayout(context);
        row.setPadding(63, 42, 63, 42);
        row.addView(new ProgressBar(context));
        text = new TextView(context);
        text.setId(android.R.id.message);
        row.addView(text);
        setView(row);
    }

    public static ProgressDialog show(Context context, CharSequence title, CharSequence message) {
        ProgressDialog dialog = new ProgressDialog(context);
        dialog.setTitle(title);
        dialog.setMessage(message);
        dialog.show();
        return dialog;
    }

    @Override
    public void setMessage(CharSequence message) {
        text.setText(message);
    }
}
