package android.app;

import android.content.Context;

/** The twin has no lock screen. */
public class KeyguardManager {
    KeyguardManager(Context context) {}

    public boolean isKeyguardLocked() {
        return false;
    }

    public boolean isKeyguardSecure() {
        return false;
    }

    public boolean isDeviceSecure() {
        return false;
    }
}
