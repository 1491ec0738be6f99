package android.widget;

import android.content.Context;
import android.util.AttributeSet;

public class ImageButton extends ImageView {
    public ImageButton(Context context) {
        super(context);
        setClickable(true);
        setFocusable(true);
    }

    public ImageButton(Context context, AttributeSet attrs) {
        this(context);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.ImageButton";
    }
}
