package android.view;

import android.content.Context;
import android.content.res.Resources;
import android.graphics.Rect;
import android.graphics.drawable.Drawable;
import android.os.Handler;
import android.os.IBinder;
import android.os.Looper;
import android.util.SparseArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A node of a window's tree. The twin's system measures, places and draws it; the app side holds state and listeners. */
public class View implements KeyEvent.Callback {
    public static final int NO_ID = -1;
    public static final int VISIBLE = 0;
    public static final int INVISIBLE = 4;
    public static final int GONE = 8;
    public static final int TEXT_ALIGNMENT_CENTER = 4;
    public static final int IMPORTANT_FOR_ACCESSIBILITY_NO = 2;
    public static final int OVER_SCROLL_NEVER = 2;
    public static final int SYSTEM_UI_FLAG_FULLSCREEN = 4;
    public static final int SYSTEM_UI_FLAG_LAYOUT_STABLE = 0x100;
    public static final int SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN = 0x400;

    private static final AtomicInteger nodes = new AtomicInteger();
    private static final AtomicInteger generated = new AtomicInteger(1);

    final int node = nodes.incrementAndGet();
    private final Context context;
    private int id = NO_ID;
    private Object tag;
    private SparseArray<Object> tags;
    private int visibility = VISIBLE;
    private boolean enabled = true;
    private boolean clickable;
    private boolean longClickable;
    private boolean focusable;
    private boolean focused;
    private boolean selected;
    private CharSequence description;
    private Drawable background;
    private final int[] padding = new int[4];
    private int minWidth;
    private int minHeight;
    private float alpha = 1;
    private OnClickListener onClick;
    private OnLongClickListener onLongClick;
    private OnTouchListener onTouch;
    private OnKeyListener onKey;
    private OnFocusChangeListener onFocus;
    private final List<OnAttachStateChangeListener> attachListeners = new ArrayList<>();
    private ViewGroup.LayoutParams params;
    private ViewParent parent;
    private ViewRootImpl root;
    private ViewTreeObserver floating;
    private final Handler handler = new Handler(Looper.getMainLooper());

    public interface OnClickListener {
        void onClick(View v);
    }

    public interface OnLongClickListener {
        boolean onLongClick(View v);
    }

    public interface OnTouchListener {
        boolean onTouch(View v, MotionEvent event);
    }

    public interface OnKeyListener {
        boolean onKey(View v, int keyCode, KeyEvent event);
    }

    public interface OnFocusChangeListener {
        void onFocusChange(View v, boolean hasFocus);
    }

    public interface OnScrollChangeListener {
        void onScrollChange(View v, int scrollX, int scrollY, int oldScrollX, int oldScrollY);
    }

    public interface OnAttachStateChangeListener {
        void onViewAttachedToWindow(View v);

        void onViewDetachedFromWindow(View v);
    }

    public View(Context context) {
        this.context = context;
    }

    public View(Context context, android.util.AttributeSet attrs) {
        this(context);
    }

    public View(Context context, android.util.AttributeSet attrs, int defStyleAttr) {
        this(context);
    }

    public static int generateViewId() {
        return generated.getAndIncrement();
    }

    public final Context getContext() {
        return context;
    }

    public Resources getResources() {
        return context.getResources();
    }

    // ---- identity ---------------------------------------------------------------------------------------------

    public void setId(int id) {
        this.id = id;
        invalidate();
    }

    public int getId() {
        return id;
    }

    public Object getTag() {
        return tag;
    }

    public void setTag(Object tag) {
        this.tag = tag;
    }

    public Object getTag(int key) {
        return tags == null ? null : tags.get(key);
    }

    public void setTag(int key, Object tag) {
        if (tags == null) tags = new SparseArray<>();
        tags.put(key, tag);
    }

    @SuppressWarnings("unchecked")
    public final <T extends View> T findViewById(int id) {
        return id == NO_ID ? null : (T) find(id);
    }

    @SuppressWarnings("unchecked")
    public final <T extends View> T findViewWithTag(Object tag) {
        return tag == null ? null : (T) findTag(tag);
    }

    View find(int id) {
        return this.id == id ? this : null;
    }

    View findTag(Object tag) {
        return tag.equals(this.tag) ? this : null;
    }

    View findNode(int node) {
        return this.node == node ? this : null;
    }

    // ---- state ------------------------------------------------------------------------------------------------

    public void setVisibility(int visibility) {
        if (this.visibility == visibility) return;
        this.visibility = visibility;
        onVisibilityChanged(this, visibility);
        invalidate();
    }

    public int getVisibility() {
        return visibility;
    }

    public boolean isShown() {
        if (visibility != VISIBLE || root() == null) return false;
        return !(parent instanceof View) || ((View) parent).isShown();
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
        invalidate();
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setClickable(boolean clickable) {
        this.clickable = clickable;
        invalidate();
    }

    public boolean isClickable() {
        return clickable;
    }

    public void setLongClickable(boolean longClickable) {
        this.longClickable = longClickable;
        invalidate();
    }

    public boolean isLongClickable() {
        return longClickable;
    }

    public void setFocusable(boolean focusable) {
        this.focusable = focusable;
        invalidate();
    }

    public final boolean isFocusable() {
        return focusable;
    }

    public void setFocusableInTouchMode(boolean focusableInTouchMode) {
        if (focusableInTouchMode) setFocusable(true);
    }

    public boolean isFocused() {
        return focused;
    }

    public boolean hasFocus() {
        return focused;
    }

    public final boolean requestFocus() {
        if (!focusable || !enabled) return false;
        ViewRootImpl window = root();
        if (window != null) window.moveFocus(this);
        else setFocused(true);
        return true;
    }

    public void clearFocus() {
        setFocused(false);
    }

    void setFocused(boolean focused) {
        if (this.focused == focused) return;
        this.focused = focused;
        if (onFocus != null) onFocus.onFocusChange(this, focused);
        invalidate();
    }

    public View findFocus() {
        return focused ? this : null;
    }

    public void setSelected(boolean selected) {
        this.selected = selected;
        invalidate();
    }

    public boolean isSelected() {
        return selected;
    }

    public void setContentDescription(CharSequence contentDescription) {
        description = contentDescription;
        invalidate();
    }

    public CharSequence getContentDescription() {
        return description;
    }

    public void setAlpha(float alpha) {
        this.alpha = alpha;
        invalidate();
    }

    public float getAlpha() {
        return alpha;
    }

    /** How far the content is scrolled; views that do not scroll stay at 0. */
    public int getScrollY() {
        return 0;
    }

    public void setOnScrollChangeListener(OnScrollChangeListener l) {}

    public void setElevation(float elevation) {}

    public void setRotation(float rotation) {}

    public void setScaleX(float scaleX) {}

    public void setScaleY(float scaleY) {}

    public void setTranslationX(float translationX) {}

    public void setTranslationY(float translationY) {}

    public void setTranslationZ(float translationZ) {}

    public void setKeepScreenOn(boolean keepScreenOn) {}

    public void setFitsSystemWindows(boolean fitSystemWindows) {}

    public void setVerticalScrollBarEnabled(boolean enabled) {}

    public void setHorizontalScrollBarEnabled(boolean enabled) {}

    public void setOverScrollMode(int overScrollMode) {}

    public void setSoundEffectsEnabled(boolean enabled) {}

    public void setHapticFeedbackEnabled(boolean enabled) {}

    public void setSaveEnabled(boolean enabled) {}

    public void setTextDirection(int textDirection) {}

    public void setLayoutDirection(int layoutDirection) {}

    public void setImportantForAccessibility(int mode) {}

    public void setSystemUiVisibility(int visibility) {}

    // ---- looks and size ---------------------------------------------------------------------------------------

    public void setBackgroundColor(int color) {
        setBackground(new android.graphics.drawable.ColorDrawable(color));
    }

    public void setBackground(Drawable background) {
        this.background = background;
        invalidate();
    }

    @Deprecated
    public void setBackgroundDrawable(Drawable background) {
        setBackground(background);
    }

    public Drawable getBackground() {
        return background;
    }

    /** 0 takes the background away; the twin has no drawable resources. */
    public void setBackgroundResource(int resid) {
        if (resid != 0) throw new Resources.NotFoundException("Resource ID #0x" + Integer.toHexString(resid));
        setBackground(null);
    }

    public void setBackgroundTintList(android.content.res.ColorStateList tint) {
        if (tint != null) setBackgroundColor(tint.getDefaultColor());
    }

    public void setPaddingRelative(int start, int top, int end, int bottom) {
        setPadding(start, top, end, bottom);
    }

    public int getPaddingStart() {
        return padding[0];
    }

    public int getPaddingEnd() {
        return padding[2];
    }

    public void setPadding(int left, int top, int right, int bottom) {
        padding[0] = left;
        padding[1] = top;
        padding[2] = right;
        padding[3] = bottom;
        invalidate();
    }

    public int getPaddingLeft() {
        return padding[0];
    }

    public int getPaddingTop() {
        return padding[1];
    }

    public int getPaddingRight() {
        return padding[2];
    }

    public int getPaddingBottom() {
        return padding[3];
    }

    public void setMinimumWidth(int minWidth) {
        this.minWidth = minWidth;
        invalidate();
    }

    public void setMinimumHeight(int minHeight) {
        this.minHeight = minHeight;
        invalidate();
    }

    public ViewGroup.LayoutParams getLayoutParams() {
        return params;
    }

    public void setLayoutParams(ViewGroup.LayoutParams params) {
        if (params == null) throw new NullPointerException("Layout parameters cannot be null");
        this.params = params;
        invalidate();
    }

    /** left, top, right, bottom on the screen; null while the view is not laid out. */
    private int[] bounds() {
        ViewRootImpl window = root();
        return window == null ? null : window.boundsOf(this);
    }

    public final int getWidth() {
        int[] bounds = bounds();
        return bounds == null ? 0 : bounds[2] - bounds[0];
    }

    public final int getHeight() {
        int[] bounds = bounds();
        return bounds == null ? 0 : bounds[3] - bounds[1];
    }

    public final int getMeasuredWidth() {
        return getWidth();
    }

    public final int getMeasuredHeight() {
        return getHeight();
    }

    public final int getLeft() {
        return fromParent(0);
    }

    public final int getTop() {
        return fromParent(1);
    }

    public final int getRight() {
        return getLeft() + getWidth();
    }

    public final int getBottom() {
        return getTop() + getHeight();
    }

    private int fromParent(int side) {
        int[] mine = bounds();
        int[] around = parent instanceof View ? ((View) parent).bounds() : null;
        return mine == null ? 0 : mine[side] - (around == null ? 0 : around[side]);
    }

    public void getLocationInWindow(int[] outLocation) {
        getLocationOnScreen(outLocation);
    }

    public void getLocationOnScreen(int[] outLocation) {
        int[] bounds = bounds();
        outLocation[0] = bounds == null ? 0 : bounds[0];
        outLocation[1] = bounds == null ? 0 : bounds[1];
    }

    public final boolean getGlobalVisibleRect(Rect r) {
        int[] bounds = bounds();
        if (bounds == null) return false;
        r.set(bounds[0], bounds[1], bounds[2], bounds[3]);
        return true;
    }

    // ---- place in the tree ------------------------------------------------------------------------------------

    public final ViewParent getParent() {
        return parent;
    }

    void setParent(ViewParent parent) {
        this.parent = parent;
    }

    public View getRootView() {
        View view = this;
        while (view.parent instanceof View) view = (View) view.parent;
        return view;
    }

    void setRoot(ViewRootImpl root) {
        this.root = root;
    }

    private ViewRootImpl root() {
        View view = this;
        while (view.root == null && view.parent instanceof View) view = (View) view.parent;
        return view.root;
    }

    public ViewRootImpl getViewRootImpl() {
        return root();
    }

    public IBinder getWindowToken() {
        return root() == null ? null : root().token();
    }

    public boolean isAttachedToWindow() {
        return root() != null;
    }

    /** Listeners of the window's tree; those of a view outside any window are told once it is in one. */
    public ViewTreeObserver getViewTreeObserver() {
        ViewRootImpl window = root();
        if (window != null) return window.observer();
        if (floating == null) floating = new ViewTreeObserver();
        return floating;
    }

    public Display getDisplay() {
        return root() == null ? null : new Display();
    }

    public boolean isInTouchMode() {
        return true;
    }

    public boolean isLaidOut() {
        return root() != null;
    }

    public void onWindowFocusChanged(boolean hasWindowFocus) {}

    protected void onVisibilityChanged(View changedView, int visibility) {}

    protected void onFinishInflate() {}

    // ---- for views that draw or place themselves: the twin calls none of these and shows an empty box

    protected void onDraw(android.graphics.Canvas canvas) {}

    protected void onMeasure(int widthMeasureSpec, int heightMeasureSpec) {}

    protected void onSizeChanged(int w, int h, int oldw, int oldh) {}

    protected void onLayout(boolean changed, int left, int top, int right, int bottom) {}

    protected final void setMeasuredDimension(int measuredWidth, int measuredHeight) {}

    public void setWillNotDraw(boolean willNotDraw) {}

    public void addOnAttachStateChangeListener(OnAttachStateChangeListener listener) {
        attachListeners.add(listener);
    }

    public void removeOnAttachStateChangeListener(OnAttachStateChangeListener listener) {
        attachListeners.remove(listener);
    }

    protected void onAttachedToWindow() {}

    protected void onDetachedFromWindow() {}

    void dispatchAttached(boolean attached) {
        if (attached && floating != null) {
            root().observer().takeOver(floating);
            floating = null;
        }
        if (attached) onAttachedToWindow();
        else onDetachedFromWindow();
        for (OnAttachStateChangeListener listener : new ArrayList<>(attachListeners)) {
            if (attached) listener.onViewAttachedToWindow(this);
            else listener.onViewDetachedFromWindow(this);
        }
    }

    public void invalidate() {
        ViewRootImpl window = root();
        if (window != null) window.changed();
    }

    public void requestLayout() {
        invalidate();
    }

    public void postInvalidate() {
        post(this::invalidate);
    }

    public void bringToFront() {
        if (parent instanceof ViewGroup) ((ViewGroup) parent).bringChildToFront(this);
    }

    // ---- time -------------------------------------------------------------------------------------------------

    public Handler getHandler() {
        return root() == null ? null : handler;
    }

    public boolean post(Runnable action) {
        return handler.post(action);
    }

    public boolean postDelayed(Runnable action, long delayMillis) {
        return handler.postDelayed(action, delayMillis);
    }

    public boolean removeCallbacks(Runnable action) {
        handler.removeCallbacks(action);
        return true;
    }

    // ---- input ------------------------------------------------------------------------------------------------

    public void setOnClickListener(OnClickListener l) {
        clickable = true;
        onClick = l;
        invalidate();
    }

    public boolean hasOnClickListeners() {
        return onClick != null;
    }

    public void setOnLongClickListener(OnLongClickListener l) {
        longClickable = true;
        onLongClick = l;
        invalidate();
    }

    public void setOnTouchListener(OnTouchListener l) {
        onTouch = l;
        invalidate();
    }

    public void setOnKeyListener(OnKeyListener l) {
        onKey = l;
    }

    public void setOnFocusChangeListener(OnFocusChangeListener l) {
        onFocus = l;
    }

    public OnFocusChangeListener getOnFocusChangeListener() {
        return onFocus;
    }

    public boolean performClick() {
        if (onClick == null) return false;
        onClick.onClick(this);
        return true;
    }

    public boolean callOnClick() {
        return performClick();
    }

    public boolean performLongClick() {
        return onLongClick != null && onLongClick.onLongClick(this);
    }

    public boolean onTouchEvent(MotionEvent event) {
        if (event.getAction() == MotionEvent.ACTION_UP && enabled && clickable) {
            if (focusable && !focused) requestFocus();
            performClick();
        }
        return clickable;
    }

    public boolean dispatchTouchEvent(MotionEvent event) {
        if (onTouch != null && enabled && onTouch.onTouch(this, event)) return true;
        return onTouchEvent(event);
    }

    public boolean dispatchKeyEvent(KeyEvent event) {
        return onKey != null && enabled && onKey.onKey(this, event.getKeyCode(), event);
    }

    @Override
    public boolean onKeyDown(int keyCode, KeyEvent event) {
        return false;
    }

    @Override
    public boolean onKeyUp(int keyCode, KeyEvent event) {
        return false;
    }

    @Override
    public boolean onKeyLongPress(int keyCode, KeyEvent event) {
        return false;
    }

    // ---- what the system gets ---------------------------------------------------------------------------------

    /** The class that accessibility names: the nearest public platform class. */
    public CharSequence getAccessibilityClassName() {
        return "android.view.View";
    }

    Map<String, Object> toNode() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", node);
        map.put("class", getAccessibilityClassName().toString());
        map.put("text", "");
        map.put("desc", description == null ? "" : description.toString());
        map.put("rid", resourceName());
        List<String> flags = new ArrayList<>();
        addFlags(flags);
        map.put("flags", flags);
        map.put("layout", layout());
        Map<String, Object> style = new LinkedHashMap<>();
        if (background != null) background.describe(style);
        map.put("style", style);
        describe(map, style);
        return map;
    }

    /** Adds what a subclass knows to its node. */
    protected void describe(Map<String, Object> node, Map<String, Object> style) {}

    private String resourceName() {
        if (id < 0x01000000) return "";
        try {
            return getResources().getResourceName(id);
        } catch (Resources.NotFoundException e) {
            return android.R.nameOf(id);
        }
    }

    protected void addFlags(List<String> flags) {
        if (enabled) flags.add("enabled");
        if (visibility == VISIBLE && alpha > 0) flags.add("visible");
        if (clickable || onTouch != null) flags.add("clickable");
        if (longClickable) flags.add("long-clickable");
        if (focusable || clickable) flags.add("focusable");
        if (focused) flags.add("focused");
        if (selected) flags.add("selected");
    }

    private Map<String, Object> layout() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("padding", padding);
        if (minWidth > 0) map.put("min_w", minWidth);
        if (minHeight > 0) map.put("min_h", minHeight);
        if (params != null) params.describe(map);
        addLayout(map);
        return map;
    }

    /** Adds what a subclass decides about the place of its content. */
    protected void addLayout(Map<String, Object> layout) {}

    @Override
    public String toString() {
        return getClass().getName() + "{" + Integer.toHexString(hashCode()) + " " + resourceName() + "}";
    }
}
