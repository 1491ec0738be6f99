package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.Gravity;

public class Button extends TextView {
    public Button(Context context) {
        super(context);
        setGravity(Gravity.CENTER);
        setClickable(true);
    }

    public Button(Context context, AttributeSet attrs) {
        this(context);
    }

    public Button(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.Button";
    }
}
