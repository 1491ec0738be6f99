package android.telephony;

import android.os.SystemClock;

public abstract class CellInfo {
    public static final int UNAVAILABLE = Integer.MAX_VALUE;
    public static final int CONNECTION_NONE = 0;
    public static final int CONNECTION_PRIMARY_SERVING = 1;

    private final boolean registered;
    private final long seenMillis = SystemClock.elapsedRealtime();

    CellInfo(boolean registered) {
        this.registered = registered;
    }

    public abstract CellIdentity getCellIdentity();

    public abstract CellSignalStrength getCellSignalStrength();

    public boolean isRegistered() {
        return registered;
    }

    public int getCellConnectionStatus() {
        return registered ? CONNECTION_PRIMARY_SERVING : CONNECTION_NONE;
    }

    public long getTimestampMillis() {
        return seenMillis;
    }
}
