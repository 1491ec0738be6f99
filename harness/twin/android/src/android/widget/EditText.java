package android.widget;

import android.content.Context;
import android.text.Editable;
import android.text.InputType;
import android.util.AttributeSet;

public class EditText extends TextView {
    public EditText(Context context) {
        super(context);
        setFocusable(true);
        setClickable(true);
        setLongClickable(true);
        setInputType(InputType.TYPE_CLASS_TEXT);
        setText("", BufferType.EDITABLE);
    }

    public EditText(Context context, AttributeSet attrs) {
        this(context);
    }

    public EditText(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    @Override
    public Editable getText() {
        return (Editable) super.getText();
    }

    @Override
    public void setText(CharSequence text, BufferType type) {
        super.setText(text, BufferType.EDITABLE);
    }

    @Override
    public void type(String text) {
        setText(filtered(text));
    }

    public void setSelection(int index) {}

    public void setSelection(int start, int stop) {}

    public void selectAll() {}

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.EditText";
    }
}
