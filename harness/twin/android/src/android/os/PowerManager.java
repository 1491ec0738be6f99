package android.os;

import android.content.Context;
import twin.Binder;

public final class PowerManager {
    public static final int PARTIAL_WAKE_LOCK = 1;

    PowerManager(Context context) {}

    public boolean isInteractive() {
        return Boolean.TRUE.equals(Binder.call("power.interactive"));
    }

    @Deprecated
    public boolean isScreenOn() {
        return isInteractive();
    }

    public boolean isPowerSaveMode() {
        return false;
    }

    public boolean isIgnoringBatteryOptimizations(String packageName) {
        return false;
    }

    public WakeLock newWakeLock(int levelAndFlags, String tag) {
        return new WakeLock();
    }

    /** The twin never sleeps, so a lock only remembers that it is held. */
    public static final class WakeLock {
        private boolean held;

        WakeLock() {}

        public void acquire() {
            held = true;
        }

        public void acquire(long timeout) {
            held = true;
        }

        public void release() {
            held = false;
        }

        public boolean isHeld() {
            return held;
        }

        public void setReferenceCounted(boolean value) {}
    }
}
