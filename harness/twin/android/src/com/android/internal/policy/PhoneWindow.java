package com.android.internal.policy;

import android.content.Context;
import android.graphics.drawable.Drawable;
import android.view.KeyEvent;
import android.view.View;
import android.view.ViewGroup;
import android.view.ViewRootImpl;
import android.view.Window;
import android.view.WindowManager;
import android.widget.FrameLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** The window of an activity or a dialog. */
public class PhoneWindow extends Window implements ViewRootImpl.Owner {
    private final String kind;
    private final String activity;
    private final FrameLayout content;
    private CharSequence title = "";
    private boolean cancelable = true;
    private Runnable onOutside = () -> {};
    private ViewRootImpl root;

    /** kind is "activity" or "dialog"; activity the token it belongs to, null for none. */
    public PhoneWindow(Context context, String kind, String activity) {
        super(context);
        this.kind = kind;
        this.activity = activity;
        content = new FrameLayout(context);
        content.setId(ID_ANDROID_CONTENT);
        if (kind.equals("dialog")) {
            getAttributes().width = WindowManager.LayoutParams.WRAP_CONTENT;
            getAttributes().height = WindowManager.LayoutParams.WRAP_CONTENT;
        }
        content.setLayoutParams(getAttributes());
    }

    public String activity() {
        return activity;
    }

    public void setCancelable(boolean cancelable, Runnable onOutside) {
        this.cancelable = cancelable;
        this.onOutside = onOutside;
        content.invalidate();
    }

    public void show() {
        if (root == null) {
            root = new ViewRootImpl(this, content);
            if (getCallback() != null) getCallback().onAttachedToWindow();
            if (getCallback() != null) getCallback().onWindowFocusChanged(true);
        }
    }

    public void close() {
        if (root == null) return;
        root.close();
        root = null;
        if (getCallback() != null) getCallback().onDetachedFromWindow();
    }

    @Override
    public boolean isShowing() {
        return root != null;
    }

    @Override
    public View getDecorView() {
        return content;
    }

    @Override
    public void setContentView(View view) {
        setContentView(view, new FrameLayout.LayoutParams(
                FrameLayout.LayoutParams.MATCH_PARENT, FrameLayout.LayoutParams.MATCH_PARENT));
    }

    @Override
    public void setContentView(View view, ViewGroup.LayoutParams params) {
        content.removeAllViews();
        addContentView(view, params);
    }

    @Override
    public void addContentView(View view, ViewGroup.LayoutParams params) {
        content.addView(view, params);
        if (getCallback() != null) getCallback().onContentChanged();
    }

    @Override
    public void setTitle(CharSequence title) {
        this.title = title;
        content.invalidate();
    }

    @Override
    public void setBackgroundDrawable(Drawable drawable) {
        content.setBackground(drawable);
    }

    @Override
    public void setStatusBarColor(int color) {}

    @Override
    public void setNavigationBarColor(int color) {}

    @Override
    protected void onAttributesChanged() {
        content.setLayoutParams(getAttributes());
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", kind);
        facts.put("activity", activity);
        facts.put("title", title == null ? "" : title.toString());
        facts.put("cancelable", cancelable);
        facts.put("secure", (getAttributes().flags & WindowManager.LayoutParams.FLAG_SECURE) != 0);
        return facts;
    }

    /** The platform's frames around an activity's content are the system's to add. */
    @Override
    public View content() {
        boolean plain = kind.equals("activity") && content.getChildCount() == 1 && content.getBackground() == null;
        return plain ? content.getChildAt(0) : content;
    }

    @Override
    public boolean dispatchKey(KeyEvent event) {
        return getCallback() != null && getCallback().dispatchKeyEvent(event);
    }

    @Override
    public void outside() {
        onOutside.run();
    }
}
