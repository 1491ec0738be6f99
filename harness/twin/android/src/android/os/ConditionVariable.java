package android.os;

public class ConditionVariable {
    private volatile boolean open;

    public ConditionVariable() {}

    public ConditionVariable(boolean state) {
        open = state;
    }

    public void open() {
        synchronized (this) {
            open = true;
            notifyAll();
        }
    }

    public void close() {
        synchronized (this) {
            open = false;
        }
    }

    public void block() {
        block(0);
    }

    /** False when the time (0: none) passed first. */
    public boolean block(long timeoutMs) {
        long end = SystemClock.elapsedRealtime() + timeoutMs;
        synchronized (this) {
            while (!open) {
                long left = timeoutMs == 0 ? 0 : end - SystemClock.elapsedRealtime();
                if (timeoutMs != 0 && left <= 0) return false;
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    // Goes on waiting, as on Android.
                }
            }
            return true;
        }
    }
}
