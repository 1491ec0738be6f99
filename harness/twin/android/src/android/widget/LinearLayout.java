package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.Gravity;
import android.view.ViewGroup;
import java.util.Map;

public class LinearLayout extends ViewGroup {
    public static final int HORIZONTAL = 0;
    public static final int VERTICAL = 1;

    private int orientation = HORIZONTAL;
    private int gravity = Gravity.START | Gravity.TOP;

    public static class LayoutParams extends MarginLayoutParams {
        public float weight;
        public int gravity = -1;

        public LayoutParams(int width, int height) {
            super(width, height);
        }

        public LayoutParams(int width, int height, float weight) {
            super(width, height);
            this.weight = weight;
        }

        public LayoutParams(ViewGroup.LayoutParams p) {
            super(p);
            if (!(p instanceof LayoutParams)) return;
            weight = ((LayoutParams) p).weight;
            gravity = ((LayoutParams) p).gravity;
        }

        @Override
        protected void describe(Map<String, Object> layout) {
            super.describe(layout);
            layout.put("weight", weight);
            layout.put("layout_gravity", gravity < 0 ? Gravity.NO_GRAVITY : gravity);
        }
    }

    public LinearLayout(Context context) {
        super(context);
    }

    public LinearLayout(Context context, AttributeSet attrs) {
        super(context);
    }

    public LinearLayout(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    public void setOrientation(int orientation) {
        this.orientation = orientation;
        invalidate();
    }

    public int getOrientation() {
        return orientation;
    }

    public void setGravity(int gravity) {
        this.gravity = gravity;
        invalidate();
    }

    public void setWeightSum(float weightSum) {}

    @Override
    protected LayoutParams generateDefaultLayoutParams() {
        int width = orientation == VERTICAL ? LayoutParams.MATCH_PARENT : LayoutParams.WRAP_CONTENT;
        return new LayoutParams(width, LayoutParams.WRAP_CONTENT);
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
    protected void addLayout(Map<String, Object> layout) {
        layout.put("orientation", orientation);
        layout.put("gravity", gravity);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.LinearLayout";
    }
}
