package android.app;

import android.content.Context;
import android.content.ContextWrapper;
import android.content.DialogInterface;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.KeyEvent;
import android.view.LayoutInflater;
import android.view.MotionEvent;
import android.view.View;
import android.view.ViewGroup;
import android.view.Window;
import android.view.WindowManager;
import com.android.internal.policy.PhoneWindow;

public class Dialog implements DialogInterface, Window.Callback, KeyEvent.Callback {
    private final Context context;
    private final PhoneWindow window;
    private final Handler handler = new Handler(Looper.getMainLooper());
    private boolean cancelable = true;
    private boolean cancelOutside = true;
    private boolean created;
    private boolean showing;
    private boolean canceled;
    private OnCancelListener onCancel;
    private OnDismissListener onDismiss;
    private OnShowListener onShow;
    private OnKeyListener onKey;

    public Dialog(Context context) {
        this(context, 0);
    }

    public Dialog(Context context, int themeResId) {
        this.context = context;
        Activity activity = activityOf(context);
        window = new PhoneWindow(context, "dialog", activity == null ? null : activity.token());
        window.setCallback(this);
        window.setCancelable(true, this::touchedOutside);
    }

    protected Dialog(Context context, boolean cancelable, OnCancelListener cancelListener) {
        this(context, 0);
        setCancelable(cancelable);
        onCancel = cancelListener;
    }

    private static Activity activityOf(Context context) {
        Context inner = context;
        while (inner instanceof ContextWrapper && !(inner instanceof Activity)) inner = ((ContextWrapper) inner).getBaseContext();
        return inner instanceof Activity ? (Activity) inner : null;
    }

    public final Context getContext() {
        return context;
    }

    public final Activity getOwnerActivity() {
        return activityOf(context);
    }

    public Window getWindow() {
        return window;
    }

    protected void onCreate(Bundle savedInstanceState) {}

    protected void onStart() {}

    protected void onStop() {}

    public boolean isShowing() {
        return showing;
    }

    public void create() {
        if (created) return;
        created = true;
        onCreate(null);
    }

    public void show() {
        if (showing) return;
        Activity activity = activityOf(context);
        if (activity == null) {
            throw new WindowManager.BadTokenException("Unable to add window -- token null is not valid; is your activity running?");
        }
        if (activity.isFinishing()) {
            throw new WindowManager.BadTokenException(
                    "Unable to add window -- token " + activity.token() + " is not valid; is your activity running?");
        }
        create();
        onStart();
        canceled = false;
        showing = true;
        activity.dialogs.add(this);
        window.show();
        if (onShow != null) handler.post(() -> onShow.onShow(this));
    }

    public void hide() {
        window.close();
    }

    @Override
    public void dismiss() {
        if (Looper.getMainLooper().isCurrentThread()) close();
        else handler.post(this::close);
    }

    private void close() {
        if (!showing) return;
        showing = false;
        Activity activity = activityOf(context);
        if (activity != null) activity.dialogs.remove(this);
        window.close();
        onStop();
        if (onDismiss != null) handler.post(() -> onDismiss.onDismiss(this));
    }

    /** The activity went: its dialogs' windows go too, and no listener is told. */
    void leak() {
        showing = false;
        window.close();
    }

    @Override
    public void cancel() {
        if (!canceled && onCancel != null) {
            canceled = true;
            handler.post(() -> onCancel.onCancel(this));
        }
        dismiss();
    }

    public void setContentView(View view) {
        window.setContentView(view, view.getLayoutParams() != null ? view.getLayoutParams()
                : new ViewGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT));
    }

    public void setContentView(View view, ViewGroup.LayoutParams params) {
        window.setContentView(view, params);
    }

    public void addContentView(View view, ViewGroup.LayoutParams params) {
        window.addContentView(view, params);
    }

    public <T extends View> T findViewById(int id) {
        return window.findViewById(id);
    }

    public final <T extends View> T requireViewById(int id) {
        T view = findViewById(id);
        if (view == null) throw new IllegalArgumentException("ID does not reference a View inside this Dialog");
        return view;
    }

    public LayoutInflater getLayoutInflater() {
        return LayoutInflater.from(context);
    }

    public View getCurrentFocus() {
        return window.getDecorView().findFocus();
    }

    public boolean onTouchEvent(MotionEvent event) {
        return false;
    }

    public final void setOwnerActivity(Activity activity) {}

    public void setTitle(int titleId) {
        setTitle(context.getText(titleId));
    }

    public void setTitle(CharSequence title) {
        window.setTitle(title);
    }

    public final boolean requestWindowFeature(int featureId) {
        return window.requestFeature(featureId);
    }

    public void setCancelable(boolean flag) {
        cancelable = flag;
        window.setCancelable(cancelable && cancelOutside, this::touchedOutside);
    }

    public void setCanceledOnTouchOutside(boolean cancel) {
        if (cancel) cancelable = true;
        cancelOutside = cancel;
        window.setCancelable(cancelable && cancelOutside, this::touchedOutside);
    }

    private void touchedOutside() {
        if (showing && cancelable && cancelOutside) cancel();
    }

    public void setOnCancelListener(OnCancelListener listener) {
        onCancel = listener;
    }

    public void setOnDismissListener(OnDismissListener listener) {
        onDismiss = listener;
    }

    public void setOnShowListener(OnShowListener listener) {
        onShow = listener;
    }

    public void setOnKeyListener(OnKeyListener listener) {
        onKey = listener;
    }

    public void onBackPressed() {
        if (cancelable) cancel();
    }

    @Override
    public boolean dispatchKeyEvent(KeyEvent event) {
        if (onKey != null && onKey.onKey(this, event.getKeyCode(), event)) return true;
        return event.dispatch(this);
    }

    @Override
    public boolean onKeyDown(int keyCode, KeyEvent event) {
        return keyCode == KeyEvent.KEYCODE_BACK;
    }

    @Override
    public boolean onKeyUp(int keyCode, KeyEvent event) {
        if (keyCode != KeyEvent.KEYCODE_BACK || !showing) return false;
        onBackPressed();
        return true;
    }

    @Override
    public boolean onKeyLongPress(int keyCode, KeyEvent event) {
        return false;
    }

    @Override
    public boolean dispatchTouchEvent(MotionEvent event) {
        return false;
    }

    @Override
    public void onContentChanged() {}

    @Override
    public void onWindowFocusChanged(boolean hasFocus) {}

    @Override
    public void onAttachedToWindow() {}

    @Override
    public void onDetachedFromWindow() {}
}
