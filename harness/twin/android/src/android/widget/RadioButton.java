package android.widget;

import android.content.Context;
import android.util.AttributeSet;

public class RadioButton extends CompoundButton {
    public RadioButton(Context context) {
        super(context);
    }

    public RadioButton(Context context, AttributeSet attrs) {
        this(context);
    }

    /** A tap never takes the mark away from a radio button. */
    @Override
    public void toggle() {
        if (!isChecked()) super.toggle();
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.RadioButton";
    }
}
