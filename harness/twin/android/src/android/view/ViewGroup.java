package android.view;

import android.content.Context;
import android.util.AttributeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public abstract class ViewGroup extends View implements ViewParent, ViewManager {
    private final List<View> children = new ArrayList<>();

    public static class LayoutParams {
        public static final int FILL_PARENT = -1;
        public static final int MATCH_PARENT = -1;
        public static final int WRAP_CONTENT = -2;

        public int width;
        public int height;

        public LayoutParams(int width, int height) {
            this.width = width;
            this.height = height;
        }

        public LayoutParams(LayoutParams source) {
            this(source.width, source.height);
        }

        /** Adds what these parameters say to a node's layout. */
        protected void describe(Map<String, Object> layout) {
            layout.put("w", width);
            layout.put("h", height);
        }
    }

    public static class MarginLayoutParams extends LayoutParams {
        public int leftMargin;
        public int topMargin;
        public int rightMargin;
        public int bottomMargin;

        public MarginLayoutParams(int width, int height) {
            super(width, height);
        }

        public MarginLayoutParams(LayoutParams source) {
            super(source);
            if (!(source instanceof MarginLayoutParams)) return;
            MarginLayoutParams margins = (MarginLayoutParams) source;
            setMargins(margins.leftMargin, margins.topMargin, margins.rightMargin, margins.bottomMargin);
        }

        public void setMargins(int left, int top, int right, int bottom) {
            leftMargin = left;
            topMargin = top;
            rightMargin = right;
            bottomMargin = bottom;
        }

        public void setMarginStart(int start) {
            leftMargin = start;
        }

        public void setMarginEnd(int end) {
            rightMargin = end;
        }

        @Override
        protected void describe(Map<String, Object> layout) {
            super.describe(layout);
            layout.put("margin", new int[] {leftMargin, topMargin, rightMargin, bottomMargin});
        }
    }

    public ViewGroup(Context context) {
        super(context);
    }

    public ViewGroup(Context context, AttributeSet attrs) {
        super(context);
    }

    public ViewGroup(Context context, android.util.AttributeSet attrs, int defStyleAttr) {
        super(context);
    }

    protected LayoutParams generateDefaultLayoutParams() {
        return new LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT);
    }

    protected LayoutParams generateLayoutParams(LayoutParams p) {
        return p;
    }

    protected boolean checkLayoutParams(LayoutParams p) {
        return p != null;
    }

    public void addView(View child) {
        addView(child, -1);
    }

    public void addView(View child, int index) {
        LayoutParams params = child.getLayoutParams();
        addView(child, index, params == null ? generateDefaultLayoutParams() : params);
    }

    public void addView(View child, int width, int height) {
        LayoutParams params = generateDefaultLayoutParams();
        params.width = width;
        params.height = height;
        addView(child, -1, params);
    }

    @Override
    public void addView(View child, LayoutParams params) {
        addView(child, -1, params);
    }

    public void addView(View child, int index, LayoutParams params) {
        if (child == null) throw new IllegalArgumentException("Cannot add a null child view to a ViewGroup");
        if (child.getParent() != null) {
            throw new IllegalStateException("The specified child already has a parent. "
                    + "You must call removeView() on the child's parent first.");
        }
        child.setLayoutParams(checkLayoutParams(params) ? params : generateLayoutParams(params));
        children.add(index < 0 ? children.size() : index, child);
        child.setParent(this);
        if (isAttachedToWindow()) child.dispatchAttached(true);
        onViewAdded(child);
        invalidate();
    }

    public void onViewAdded(View child) {}

    public void onViewRemoved(View child) {}

    @Override
    public void updateViewLayout(View view, LayoutParams params) {
        view.setLayoutParams(params);
    }

    @Override
    public void removeView(View view) {
        int index = children.indexOf(view);
        if (index >= 0) removeViewAt(index);
    }

    public void removeViewAt(int index) {
        View child = children.remove(index);
        if (isAttachedToWindow()) child.dispatchAttached(false);
        child.setParent(null);
        onViewRemoved(child);
        invalidate();
    }

    public void removeAllViews() {
        while (!children.isEmpty()) removeViewAt(children.size() - 1);
    }

    public void bringChildToFront(View child) {
        if (children.remove(child)) children.add(child);
        invalidate();
    }

    public int getChildCount() {
        return children.size();
    }

    public View getChildAt(int index) {
        return index < 0 || index >= children.size() ? null : children.get(index);
    }

    public int indexOfChild(View child) {
        return children.indexOf(child);
    }

    public void setClipChildren(boolean clipChildren) {}

    public void setDescendantFocusability(int focusability) {}

    @Override
    void dispatchAttached(boolean attached) {
        super.dispatchAttached(attached);
        for (View child : new ArrayList<>(children)) child.dispatchAttached(attached);
    }

    @Override
    View find(int id) {
        View found = super.find(id);
        for (int i = 0; found == null && i < children.size(); i++) found = children.get(i).find(id);
        return found;
    }

    @Override
    View findTag(Object tag) {
        View found = super.findTag(tag);
        for (int i = 0; found == null && i < children.size(); i++) found = children.get(i).findTag(tag);
        return found;
    }

    @Override
    View findNode(int node) {
        View found = super.findNode(node);
        for (int i = 0; found == null && i < children.size(); i++) found = children.get(i).findNode(node);
        return found;
    }

    @Override
    public View findFocus() {
        View found = super.findFocus();
        for (int i = 0; found == null && i < children.size(); i++) found = children.get(i).findFocus();
        return found;
    }

    @Override
    public boolean hasFocus() {
        return findFocus() != null;
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.view.ViewGroup";
    }

    @Override
    Map<String, Object> toNode() {
        Map<String, Object> map = super.toNode();
        List<Object> nodes = new ArrayList<>();
        for (View child : children) if (child.getVisibility() != GONE) nodes.add(child.toNode());
        map.put("children", nodes);
        return map;
    }
}
