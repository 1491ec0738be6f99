package android.view;

import java.util.HashMap;
import java.util.Map;
import twin.Binder;

/** All windows that the process has added itself. */
public final class WindowManagerGlobal {
    private static final WindowManagerGlobal INSTANCE = new WindowManagerGlobal();

    private final Map<View, ViewRootImpl> added = new HashMap<>();

    private WindowManagerGlobal() {}

    public static WindowManagerGlobal getInstance() {
        return INSTANCE;
    }

    /** On Android the window's owner is told by more arguments; the twin needs its package only. */
    public void addView(View view, ViewGroup.LayoutParams params, String title) {
        WindowManager.LayoutParams attributes = (WindowManager.LayoutParams) params;
        if (attributes.type >= WindowManager.LayoutParams.TYPE_APPLICATION_OVERLAY
                && !Boolean.TRUE.equals(Binder.call("permission.check", "android.permission.SYSTEM_ALERT_WINDOW"))) {
            throw new WindowManager.BadTokenException("Unable to add window -- permission denied for window type " + attributes.type);
        }
        if (added.containsKey(view)) {
            throw new IllegalStateException("View " + view + " has already been added to the window manager.");
        }
        view.setLayoutParams(params);
        added.put(view, new ViewRootImpl(new Panel(view, title), view));
    }

    public void updateViewLayout(View view, ViewGroup.LayoutParams params) {
        view.setLayoutParams(params);
    }

    public void removeView(View view, boolean immediate) {
        ViewRootImpl root = added.remove(view);
        if (root == null) throw new IllegalArgumentException("View=" + view + " not attached to window manager");
        root.close();
    }

    private static final class Panel implements ViewRootImpl.Owner {
        private final View view;
        private final String title;

        Panel(View view, String title) {
            this.view = view;
            this.title = title;
        }

        @Override
        public Map<String, Object> facts() {
            int flags = view.getLayoutParams() instanceof WindowManager.LayoutParams attributes ? attributes.flags : 0;
            Map<String, Object> facts = new HashMap<>();
            facts.put("kind", "popup");
            facts.put("title", title);
            facts.put("cancelable", false);
            facts.put("secure", (flags & WindowManager.LayoutParams.FLAG_SECURE) != 0);
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
