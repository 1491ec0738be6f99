package android.os;

import android.content.Context;

/** The twin has no motor. */
public class Vibrator {
    Vibrator(Context context) {}

    public boolean hasVibrator() {
        return false;
    }

    @Deprecated
    public void vibrate(long milliseconds) {}

    public void cancel() {}
}
