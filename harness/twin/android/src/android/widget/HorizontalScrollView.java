package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import java.util.List;

public class HorizontalScrollView extends FrameLayout {
    public HorizontalScrollView(Context context) {
        super(context);
    }

    public HorizontalScrollView(Context context, AttributeSet attrs) {
        this(context);
    }

    @Override
    protected void addFlags(List<String> flags) {
        super.addFlags(flags);
        flags.add("scrollable");
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.HorizontalScrollView";
    }
}
