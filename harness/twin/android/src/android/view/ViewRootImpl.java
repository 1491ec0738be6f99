package android.view;

import android.os.Handler;
import android.os.IBinder;
import android.os.Looper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import twin.Binder;

/** One window's link to the system: sends its tree after changes, takes its input. */
public final class ViewRootImpl implements ViewParent {
    private static final AtomicInteger numbers = new AtomicInteger();
    private static final Map<Integer, ViewRootImpl> windows = new ConcurrentHashMap<>();

    private final int number = numbers.incrementAndGet();
    private final Owner owner;
    private final View decor;
    private final Thread thread = Thread.currentThread();
    private final Handler handler = new Handler(Looper.getMainLooper());
    private final android.os.Binder token = new android.os.Binder();
    private final ViewTreeObserver observer = new ViewTreeObserver();
    private boolean scheduled;
    private boolean closed;

    /** What a window says about itself and does with input that no view takes. */
    public interface Owner {
        /** kind, activity, title, cancelable */
        Map<String, Object> facts();

        /** The tree that is shown: the decor view or its only child. */
        View content();

        boolean dispatchKey(KeyEvent event);

        /** A touch beside the window. */
        void outside();
    }

    public static final class CalledFromWrongThreadException extends android.util.AndroidRuntimeException {
        public CalledFromWrongThreadException(String msg) {
            super(msg);
        }
    }

    public ViewRootImpl(Owner owner, View decor) {
        this.owner = owner;
        this.decor = decor;
        decor.setRoot(this);
        windows.put(number, this);
        decor.dispatchAttached(true);
        changed();
    }

    ViewTreeObserver observer() {
        return observer;
    }

    IBinder token() {
        return token;
    }

    @Override
    public ViewParent getParent() {
        return null;
    }

    @Override
    public void requestLayout() {
        changed();
    }

    /** Sends the tree once this turn of the looper is over. */
    public void changed() {
        if (Thread.currentThread() != thread) {
            throw new CalledFromWrongThreadException(
                    "Only the original thread that created a view hierarchy can touch its views.");
        }
        if (scheduled || closed) return;
        scheduled = true;
        handler.postAtFrontOfQueue(this::send);
    }

    private void send() {
        scheduled = false;
        if (closed) return;
        View content = owner.content();
        if (content == null) return;
        Map<String, Object> message = new LinkedHashMap<>(owner.facts());
        message.put("window", number);
        message.put("root", content.toNode());
        Binder.call("window.update", message);
        observer.tell();
    }

    public void close() {
        if (closed) return;
        closed = true;
        windows.remove(number);
        decor.dispatchAttached(false);
        decor.setRoot(null);
        Binder.call("window.remove", number);
    }

    int[] boundsOf(View view) {
        if (scheduled) send();
        List<?> found = (List<?>) Binder.call("window.bounds", number, view == decor ? null : view.node);
        if (found == null) return null;
        int[] bounds = new int[4];
        for (int i = 0; i < 4; i++) bounds[i] = ((Number) found.get(i)).intValue();
        return bounds;
    }

    void moveFocus(View view) {
        View before = decor.findFocus();
        if (before == view) return;
        if (before != null) before.setFocused(false);
        view.setFocused(true);
    }

    /** The BACK key, pressed and released. */
    public void back() {
        KeyEvent down = new KeyEvent(KeyEvent.ACTION_DOWN, KeyEvent.KEYCODE_BACK);
        View focused = decor.findFocus();
        if (focused != null && focused.dispatchKeyEvent(down)) return;
        owner.dispatchKey(down);
        if (!closed) owner.dispatchKey(new KeyEvent(KeyEvent.ACTION_UP, KeyEvent.KEYCODE_BACK));
    }

    /** Input from the system, on the main thread. What is meant for a window that has gone is dropped, as on Android. */
    public static void deliver(String event, Map<String, Object> args) {
        Object number = args.get("window");
        ViewRootImpl window = number == null ? null : windows.get(((Number) number).intValue());
        if (window == null) return;
        if (event.equals("window.back")) {
            window.back();
        } else if (event.equals("window.outside")) {
            window.owner.outside();
        } else if (args.get("view") != null) {
            View view = window.decor.findNode(((Number) args.get("view")).intValue());
            if (view != null) window.input(event, view, args);
        }
    }

    private void input(String event, View view, Map<String, Object> args) {
        switch (event) {
            case "view.click":
                float x = args.get("x") == null ? 0 : ((Number) args.get("x")).floatValue();
                float y = args.get("y") == null ? 0 : ((Number) args.get("y")).floatValue();
                view.dispatchTouchEvent(MotionEvent.at(MotionEvent.ACTION_DOWN, x, y));
                view.dispatchTouchEvent(MotionEvent.at(MotionEvent.ACTION_UP, x, y));
                break;
            case "view.long_click":
                if (view.isEnabled()) view.performLongClick();
                break;
            case "view.focus": view.requestFocus(); break;
            case "view.span":
                if (view instanceof Typed) ((Typed) view).clickSpan(((Number) args.get("span")).intValue());
                break;
            case "view.text":
                if (view instanceof Typed && view.isEnabled()) ((Typed) view).type(String.valueOf(args.get("text")));
                break;
            case "view.scroll":
                if (view instanceof Typed) ((Typed) view).scrolled(((Number) args.get("y")).intValue());
                break;
            default: Binder.log("W", "ViewRootImpl", "unknown event " + event);
        }
    }

    /** Input that only some views take. */
    public interface Typed {
        default void clickSpan(int span) {}

        default void type(String text) {}

        default void scrolled(int y) {}
    }
}
