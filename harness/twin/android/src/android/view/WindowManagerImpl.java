package android.view;

import android.content.Context;
import java.util.HashMap;
import java.util.Map;
import twin.Binder;

/** Windows that an app adds itself: panels of an activity, or overlays if it may draw over others. */
final class WindowManagerImpl implements WindowManager {
    private static final Map<View, ViewRootImpl> added = new HashMap<>();
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
        LayoutParams attributes = (LayoutParams) params;
        if (attributes.type >= LayoutParams.TYPE_APPLICATION_OVERLAY
                && !Boolean.TRUE.equals(Binder.call("permission.check", "android.permission.SYSTEM_ALERT_WINDOW"))) {
            throw new BadTokenException("Unable to add window -- permission denied for window type " + attributes.type);
        }
        if (added.containsKey(view)) {
            throw new IllegalStateException("View " + view + " has already been added to the window manager.");
        }
        view.setLayoutParams(params);
        added.put(view, new ViewRootImpl(new Panel(view), view));
    }

    @Override
    public void updateViewLayout(View view, ViewGroup.LayoutParams params) {
        view.setLayoutParams(params);
    }

    @Override
    public void removeView(View view) {
        ViewRootImpl root = added.remove(view);
        if (root == null) throw new IllegalArgumentException("View=" + view + " not attached to window manager");
        root.close();
    }

    @Override
    public void removeViewImmediate(View view) {
        removeView(view);
    }

    private final class Panel implements ViewRootImpl.Owner {
        private final View view;

        Panel(View view) {
            this.view = view;
        }

        @Override
        public Map<String, Object> facts() {
            Map<String, Object> facts = new HashMap<>();
            facts.put("kind", "popup");
            facts.put("title", context.getPackageName());
            facts.put("cancelable", false);
            return facts;
        }

        @Override
        public View content() {
            return view;
        }

        @Override
        public boolean dispatchKey(KeyEvent event) {
            return view.dispatchKeyEvent(event);
        }

        @Override
        public void outside() {
            view.dispatchTouchEvent(MotionEvent.at(MotionEvent.ACTION_OUTSIDE, 0, 0));
        }
    }
}
