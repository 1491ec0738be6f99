package android.view;

import android.os.SystemClock;

public class KeyEvent extends InputEvent {
    public static final int ACTION_DOWN = 0;
    public static final int ACTION_UP = 1;
    public static final int KEYCODE_HOME = 3;
    public static final int KEYCODE_BACK = 4;
    public static final int KEYCODE_VOLUME_UP = 24;
    public static final int KEYCODE_VOLUME_DOWN = 25;
    public static final int KEYCODE_ENTER = 66;
    public static final int KEYCODE_MENU = 82;

    private final int action;
    private final int code;

    public interface Callback {
        boolean onKeyDown(int keyCode, KeyEvent event);

        boolean onKeyLongPress(int keyCode, KeyEvent event);

        boolean onKeyUp(int keyCode, KeyEvent event);
    }

    public KeyEvent(int action, int code) {
        super(SystemClock.uptimeMillis());
        this.action = action;
        this.code = code;
    }

    public final int getAction() {
        return action;
    }

    public final int getKeyCode() {
        return code;
    }

    public final int getRepeatCount() {
        return 0;
    }

    public final boolean isCanceled() {
        return false;
    }

    public final boolean isTracking() {
        return false;
    }

    public final boolean dispatch(Callback receiver) {
        return action == ACTION_DOWN ? receiver.onKeyDown(code, this) : receiver.onKeyUp(code, this);
    }
}
