package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.Gravity;
import android.view.ViewGroup;
import java.util.Map;

/** Rules against the parent are followed; on the twin, rules against other views are not. */
public class RelativeLayout extends ViewGroup {
    public static final int TRUE = -1;
    public static final int LEFT_OF = 0;
    public static final int RIGHT_OF = 1;
    public static final int ABOVE = 2;
    public static final int BELOW = 3;
    public static final int ALIGN_PARENT_LEFT = 9;
    public static final int ALIGN_PARENT_TOP = 10;
    public static final int ALIGN_PARENT_RIGHT = 11;
    public static final int ALIGN_PARENT_BOTTOM = 12;
    public static final int CENTER_IN_PARENT = 13;
    public static final int CENTER_HORIZONTAL = 14;
    public static final int CENTER_VERTICAL = 15;

    public static class LayoutParams extends MarginLayoutParams {
        private int gravity;

        public LayoutParams(int w, int h) {
            super(w, h);
        }

        public LayoutParams(ViewGroup.LayoutParams source) {
            super(source);
            if (source instanceof LayoutParams) gravity = ((LayoutParams) source).gravity;
        }

        public void addRule(int verb) {
            addRule(verb, TRUE);
        }

        public void addRule(int verb, int subject) {
            switch (verb) {
                case ALIGN_PARENT_LEFT: gravity |= Gravity.LEFT; break;
                case ALIGN_PARENT_RIGHT: gravity |= Gravity.RIGHT; break;
                case ALIGN_PARENT_TOP: gravity |= Gravity.TOP; break;
                case ALIGN_PARENT_BOTTOM: gravity |= Gravity.BOTTOM; break;
                case CENTER_IN_PARENT: gravity |= Gravity.CENTER; break;
                case CENTER_HORIZONTAL: gravity |= Gravity.CENTER_HORIZONTAL; break;
                case CENTER_VERTICAL: gravity |= Gravity.CENTER_VERTICAL; break;
                default: twin.Binder.log("W", "RelativeLayout", "rule " + verb + " is not followed on the twin");
            }
        }

        @Override
        protected void describe(Map<String, Object> layout) {
            super.describe(layout);
            layout.put("layout_gravity", gravity);
        }
    }

    public RelativeLayout(Context context) {
        super(context);
    }

    public RelativeLayout(Context context, AttributeSet attrs) {
        super(context);
    }

    public RelativeLayout(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    @Override
    protected ViewGroup.LayoutParams generateDefaultLayoutParams() {
        return new LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT);
    }

    @Override
    protected ViewGroup.LayoutParams generateLayoutParams(ViewGroup.LayoutParams p) {
        return new LayoutParams(p);
    }

    @Override
    protected boolean checkLayoutParams(ViewGroup.LayoutParams p) {
        return p instanceof LayoutParams;
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.RelativeLayout";
    }
}
