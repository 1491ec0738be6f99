package android.view;

import android.content.Context;

/** Windows that an app adds itself: panels of an activity, or overlays if it may draw over others. */
final class WindowManagerImpl implements WindowManager {
    private final Context context;

    WindowManagerImpl(Context context) {
        this.context = context;
    }

    @Override
    public Display getDefaultDisplay() {
        return new Display();
    }

    @Override
    public void addView(View view, ViewGroup.LayoutParams params) {
        WindowManagerGlobal.getInstance().addView(view, params, context.getPackageName());
    }

    @Override
    public void updateViewLayout(View view, ViewGroup.LayoutParams params) {
        WindowManagerGlobal.getInstance().updateViewLayout(view, params);
    }

    @Override
    public void removeView(View view) {
        WindowManagerGlobal.getInstance().removeView(view, false);
    }

    @Override
    public void removeViewImmediate(View view) {
        WindowManagerGlobal.getInstance().removeView(view, true);
    }
}
