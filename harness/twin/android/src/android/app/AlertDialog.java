package android.app;

import android.content.Context;
import android.content.DialogInterface;
import android.graphics.Color;
import android.graphics.Typeface;
import android.graphics.drawable.Drawable;
import android.graphics.drawable.GradientDrawable;
import android.os.Bundle;
import android.view.Gravity;
import android.view.View;
import android.widget.AdapterView;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.CompoundButton;
import android.widget.FrameLayout;
import android.widget.LinearLayout;
import android.widget.ListAdapter;
import android.widget.ListView;
import android.widget.RadioButton;
import android.widget.ScrollView;
import android.widget.TextView;
import java.util.ArrayList;
import java.util.List;

public class AlertDialog extends Dialog implements DialogInterface {
    private static final int[] IDS = {android.R.id.button3, android.R.id.button2, android.R.id.button1};
    private static final int[] WHICH = {BUTTON_NEUTRAL, BUTTON_NEGATIVE, BUTTON_POSITIVE};

    private final Button[] buttons = new Button[3];
    private final DialogInterface.OnClickListener[] onClick = new DialogInterface.OnClickListener[3];
    private final TextView title;
    private final TextView message;
    private final FrameLayout custom;
    private final LinearLayout list;
    private ListView listView;
    private View customTitle;
    private boolean built;

    protected AlertDialog(Context context) {
        this(context, 0);
    }

    protected AlertDialog(Context context, int themeResId) {
        super(context, themeResId);
        title = new TextView(context);
        title.setId(android.R.ALERT_TITLE);
        message = new TextView(context);
        message.setId(android.R.id.message);
        custom = new FrameLayout(context);
        list = new LinearLayout(context);
        for (int i = 0; i < 3; i++) {
            Button button = buttons[i] = new Button(context);
            int which = i;
            button.setId(IDS[i]);
            button.setVisibility(View.GONE);
            button.setTextColor(0xff1a73e8);
            button.setBackgroundColor(Color.TRANSPARENT);
            button.setOnClickListener(view -> {
                if (onClick[which] != null) onClick[which].onClick(this, WHICH[which]);
                dismiss();
            });
        }
    }

    private static int index(int whichButton) {
        return whichButton - BUTTON_NEUTRAL;
    }

    public Button getButton(int whichButton) {
        return buttons[index(whichButton)];
    }

    public ListView getListView() {
        return listView;
    }

    @Override
    public void setTitle(CharSequence title) {
        super.setTitle(title);
        this.title.setText(title);
        this.title.setVisibility(title == null || title.length() == 0 ? View.GONE : View.VISIBLE);
    }

    public void setCustomTitle(View customTitleView) {
        customTitle = customTitleView;
    }

    public void setMessage(CharSequence message) {
        this.message.setText(message);
        this.message.setVisibility(message == null ? View.GONE : View.VISIBLE);
    }

    public void setIcon(Drawable icon) {}

    public void setIcon(int resId) {}

    public void setView(View view) {
        custom.removeAllViews();
        custom.addView(view);
    }

    public void setView(View view, int left, int top, int right, int bottom) {
        custom.setPadding(left, top, right, bottom);
        setView(view);
    }

    public void setButton(int whichButton, CharSequence text, DialogInterface.OnClickListener listener) {
        Button button = buttons[index(whichButton)];
        button.setText(text);
        button.setVisibility(text == null || text.length() == 0 ? View.GONE : View.VISIBLE);
        onClick[index(whichButton)] = listener;
    }

    @Override
    protected void onCreate(Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        if (built) return;
        built = true;
        LinearLayout panel = column();
        GradientDrawable paper = new GradientDrawable();
        paper.setColor(Color.WHITE);
        paper.setCornerRadius(12);
        panel.setBackground(paper);
        if (customTitle != null) panel.addView(customTitle);
        else addTitle(panel);
        addMessage(panel);
        if (list.getChildCount() > 0) {
            ScrollView scroll = new ScrollView(getContext());
            scroll.addView(list);
            panel.addView(scroll, shrinking());
        }
        if (custom.getChildCount() > 0) panel.addView(custom, shrinking());
        addButtons(panel);
        setContentView(panel);
    }

    private LinearLayout column() {
        LinearLayout column = new LinearLayout(getContext());
        column.setOrientation(LinearLayout.VERTICAL);
        return column;
    }

    /** Gives way when the dialog is too tall for the screen, so that the buttons stay on it. */
    private static LinearLayout.LayoutParams shrinking() {
        return new LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT, 1);
    }

    private void addTitle(LinearLayout panel) {
        title.setTextSize(20);
        title.setTypeface(Typeface.DEFAULT_BOLD);
        title.setPadding(63, 47, 63, 0);
        if (title.length() == 0) title.setVisibility(View.GONE);
        panel.addView(title);
    }

    private void addMessage(LinearLayout panel) {
        if (message.length() == 0) return;
        message.setTextSize(16);
        message.setPadding(63, 42, 63, 21);
        ScrollView scroll = new ScrollView(getContext());
        scroll.addView(message, new FrameLayout.LayoutParams(
                FrameLayout.LayoutParams.MATCH_PARENT, FrameLayout.LayoutParams.WRAP_CONTENT));
        panel.addView(scroll, shrinking());
    }

    private void addButtons(LinearLayout panel) {
        LinearLayout row = new LinearLayout(getContext());
        row.setGravity(Gravity.END);
        row.setPadding(32, 11, 32, 11);
        for (Button button : buttons) {
            row.addView(button, new LinearLayout.LayoutParams(
                    LinearLayout.LayoutParams.WRAP_CONTENT, LinearLayout.LayoutParams.WRAP_CONTENT));
        }
        panel.addView(row);
    }

    public static class Builder {
        private final Context context;
        private final AlertDialog dialog;
        private boolean cancelable = true;

        public Builder(Context context) {
            this(context, 0);
        }

        public Builder(Context context, int themeResId) {
            this.context = context;
            dialog = new AlertDialog(context, themeResId);
            dialog.list.setOrientation(LinearLayout.VERTICAL);
        }

        public Context getContext() {
            return context;
        }

        public Builder setTitle(CharSequence title) {
            dialog.setTitle(title);
            return this;
        }

        public Builder setTitle(int titleId) {
            return setTitle(context.getText(titleId));
        }

        public Builder setCustomTitle(View customTitleView) {
            dialog.setCustomTitle(customTitleView);
            return this;
        }

        public Builder setMessage(CharSequence message) {
            dialog.setMessage(message);
            return this;
        }

        public Builder setMessage(int messageId) {
            return setMessage(context.getText(messageId));
        }

        public Builder setIcon(int iconId) {
            return this;
        }

        public Builder setIcon(Drawable icon) {
            return this;
        }

        public Builder setView(View view) {
            dialog.setView(view);
            return this;
        }

        public Builder setPositiveButton(CharSequence text, DialogInterface.OnClickListener listener) {
            dialog.setButton(BUTTON_POSITIVE, text, listener);
            return this;
        }

        public Builder setPositiveButton(int textId, DialogInterface.OnClickListener listener) {
            return setPositiveButton(context.getText(textId), listener);
        }

        public Builder setNegativeButton(CharSequence text, DialogInterface.OnClickListener listener) {
            dialog.setButton(BUTTON_NEGATIVE, text, listener);
            return this;
        }

        public Builder setNegativeButton(int textId, DialogInterface.OnClickListener listener) {
            return setNegativeButton(context.getText(textId), listener);
        }

        public Builder setNeutralButton(CharSequence text, DialogInterface.OnClickListener listener) {
            dialog.setButton(BUTTON_NEUTRAL, text, listener);
            return this;
        }

        public Builder setNeutralButton(int textId, DialogInterface.OnClickListener listener) {
            return setNeutralButton(context.getText(textId), listener);
        }

        public Builder setCancelable(boolean cancelable) {
            this.cancelable = cancelable;
            return this;
        }

        public Builder setOnCancelListener(DialogInterface.OnCancelListener listener) {
            dialog.setOnCancelListener(listener);
            return this;
        }

        public Builder setOnDismissListener(DialogInterface.OnDismissListener listener) {
            dialog.setOnDismissListener(listener);
            return this;
        }

        public Builder setOnKeyListener(DialogInterface.OnKeyListener listener) {
            dialog.setOnKeyListener(listener);
            return this;
        }

        public Builder setItems(CharSequence[] items, DialogInterface.OnClickListener listener) {
            for (int i = 0; i < items.length; i++) {
                int which = i;
                TextView row = new TextView(context);
                row.setText(items[i]);
                row.setId(android.R.id.text1);
                addRow(row);
                row.setOnClickListener(view -> {
                    if (listener != null) listener.onClick(dialog, which);
                    dialog.dismiss();
                });
            }
            return this;
        }

        public Builder setAdapter(ListAdapter adapter, DialogInterface.OnClickListener listener) {
            ListView view = dialog.listView = new ListView(context);
            view.setAdapter(adapter);
            view.setOnItemClickListener((AdapterView<?> parent, View row, int position, long id) -> {
                if (listener != null) listener.onClick(dialog, position);
                dialog.dismiss();
            });
            dialog.list.addView(view);
            return this;
        }

        public Builder setSingleChoiceItems(CharSequence[] items, int checkedItem, DialogInterface.OnClickListener listener) {
            List<RadioButton> rows = new ArrayList<>();
            for (int i = 0; i < items.length; i++) {
                int which = i;
                RadioButton row = new RadioButton(context);
                row.setText(items[i]);
                row.setChecked(i == checkedItem);
                rows.add(row);
                addRow(row);
                row.setOnClickListener(view -> {
                    for (RadioButton other : rows) other.setChecked(other == row);
                    if (listener != null) listener.onClick(dialog, which);
                });
            }
            return this;
        }

        public Builder setMultiChoiceItems(
                CharSequence[] items, boolean[] checkedItems, DialogInterface.OnMultiChoiceClickListener listener) {
            for (int i = 0; i < items.length; i++) {
                int which = i;
                CheckBox row = new CheckBox(context);
                row.setText(items[i]);
                row.setChecked(checkedItems != null && checkedItems[i]);
                addRow(row);
                row.setOnCheckedChangeListener((CompoundButton button, boolean checked) -> {
                    if (checkedItems != null) checkedItems[which] = checked;
                    if (listener != null) listener.onClick(dialog, which, checked);
                });
            }
            return this;
        }

        private void addRow(TextView row) {
            row.setTextSize(16);
            row.setPadding(63, 32, 63, 32);
            dialog.list.addView(row);
        }

        public AlertDialog create() {
            dialog.setCancelable(cancelable);
            if (cancelable) dialog.setCanceledOnTouchOutside(true);
            return dialog;
        }

        public AlertDialog show() {
            AlertDialog made = create();
            made.show();
            return made;
        }
    }
}
