package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.View;
import android.view.ViewGroup;
import android.view.ViewRootImpl;
import java.util.List;

public class ScrollView extends FrameLayout implements ViewRootImpl.Typed {
    private int scrollY;
    private View.OnScrollChangeListener onScroll;

    public ScrollView(Context context) {
        super(context);
    }

    public ScrollView(Context context, AttributeSet attrs) {
        super(context);
    }

    public ScrollView(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    public void setFillViewport(boolean fillViewport) {}

    @Override
    public void addView(View child, int index, ViewGroup.LayoutParams params) {
        if (getChildCount() > 0) throw new IllegalStateException("ScrollView can host only one direct child");
        super.addView(child, index, params);
    }

    @Override
    public int getScrollY() {
        return scrollY;
    }

    @Override
    public void setOnScrollChangeListener(View.OnScrollChangeListener l) {
        onScroll = l;
    }

    @Override
    public void scrolled(int y) {
        int before = scrollY;
        scrollY = y;
        if (onScroll != null && before != y) onScroll.onScrollChange(this, 0, y, 0, before);
    }

    @Override
    protected void addFlags(List<String> flags) {
        super.addFlags(flags);
        flags.add("scrollable");
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.ScrollView";
    }
}
