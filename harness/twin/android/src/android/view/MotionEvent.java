package android.view;

import android.os.SystemClock;

public final class MotionEvent extends InputEvent {
    public static final int ACTION_DOWN = 0;
    public static final int ACTION_UP = 1;
    public static final int ACTION_MOVE = 2;
    public static final int ACTION_CANCEL = 3;
    public static final int ACTION_OUTSIDE = 4;

    private final int action;
    private final float x;
    private final float y;

    private MotionEvent(int action, float x, float y, long time) {
        super(time);
        this.action = action;
        this.x = x;
        this.y = y;
    }

    static MotionEvent at(int action, float x, float y) {
        return new MotionEvent(action, x, y, SystemClock.uptimeMillis());
    }

    public static MotionEvent obtain(long downTime, long eventTime, int action, float x, float y, int metaState) {
        return new MotionEvent(action, x, y, eventTime);
    }

    public int getAction() {
        return action;
    }

    public int getActionMasked() {
        return action & 0xff;
    }

    public float getX() {
        return x;
    }

    public float getY() {
        return y;
    }

    public float getRawX() {
        return x;
    }

    public float getRawY() {
        return y;
    }

    public int getPointerCount() {
        return 1;
    }

    public void recycle() {}
}
