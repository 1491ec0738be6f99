package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.Gravity;

public class ToggleButton extends CompoundButton {
    private CharSequence on = "ON";
    private CharSequence off = "OFF";

    public ToggleButton(Context context) {
        super(context);
        setGravity(Gravity.CENTER);
        setText(off);
    }

    public ToggleButton(Context context, AttributeSet attrs) {
        this(context);
    }

    public void setTextOn(CharSequence textOn) {
        on = textOn;
        setText(isChecked() ? on : off);
    }

    public void setTextOff(CharSequence textOff) {
        off = textOff;
        setText(isChecked() ? on : off);
    }

    @Override
    public void setChecked(boolean checked) {
        super.setChecked(checked);
        setText(checked ? on : off);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.ToggleButton";
    }
}
