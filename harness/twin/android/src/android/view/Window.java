package android.view;

import android.content.Context;
import android.graphics.drawable.ColorDrawable;
import android.graphics.drawable.Drawable;

public abstract class Window {
    public static final int FEATURE_NO_TITLE = 1;
    public static final int FEATURE_ACTION_BAR = 8;
    public static final int ID_ANDROID_CONTENT = 0x01020002;

    private final Context context;
    private Callback callback;
    private WindowManager.LayoutParams attributes = new WindowManager.LayoutParams();

    public interface Callback {
        boolean dispatchKeyEvent(KeyEvent event);

        boolean dispatchTouchEvent(MotionEvent event);

        void onContentChanged();

        void onWindowFocusChanged(boolean hasFocus);

        void onAttachedToWindow();

        void onDetachedFromWindow();
    }

    public Window(Context context) {
        this.context = context;
    }

    public final Context getContext() {
        return context;
    }

    public void setCallback(Callback callback) {
        this.callback = callback;
    }

    public final Callback getCallback() {
        return callback;
    }

    public abstract View getDecorView();

    public abstract void setContentView(View view);

    public abstract void setContentView(View view, ViewGroup.LayoutParams params);

    public abstract void addContentView(View view, ViewGroup.LayoutParams params);

    public abstract void setTitle(CharSequence title);

    public abstract void setBackgroundDrawable(Drawable drawable);

    public abstract void setStatusBarColor(int color);

    public abstract void setNavigationBarColor(int color);

    public abstract boolean isShowing();

    protected abstract void onAttributesChanged();

    public boolean requestFeature(int featureId) {
        return true;
    }

    public <T extends View> T findViewById(int id) {
        return getDecorView().findViewById(id);
    }

    public void setBackgroundDrawableResource(int resId) {
        setBackgroundDrawable(resId == android.R.color.transparent ? new ColorDrawable(0) : null);
    }

    public final WindowManager.LayoutParams getAttributes() {
        return attributes;
    }

    public void setAttributes(WindowManager.LayoutParams a) {
        attributes = a;
        onAttributesChanged();
    }

    public void setLayout(int width, int height) {
        attributes.width = width;
        attributes.height = height;
        onAttributesChanged();
    }

    public void setGravity(int gravity) {
        attributes.gravity = gravity;
        onAttributesChanged();
    }

    public void addFlags(int flags) {
        setFlags(flags, flags);
    }

    public void clearFlags(int flags) {
        setFlags(0, flags);
    }

    public void setFlags(int flags, int mask) {
        attributes.flags = attributes.flags & ~mask | flags & mask;
        onAttributesChanged();
    }

    public void setDimAmount(float amount) {
        attributes.dimAmount = amount;
    }

    public void setSoftInputMode(int mode) {
        attributes.softInputMode = mode;
    }

    public void setWindowAnimations(int resId) {
        attributes.windowAnimations = resId;
    }

    public void setType(int type) {
        attributes.type = type;
    }
}
