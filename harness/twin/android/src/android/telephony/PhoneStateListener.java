package android.telephony;

import android.os.Handler;
import android.os.Looper;
import java.util.List;

/** Told once, at registration, of what is; on a twin nothing of it changes afterwards. */
@Deprecated
public class PhoneStateListener {
    public static final int LISTEN_NONE = 0;
    public static final int LISTEN_SERVICE_STATE = 0x1;
    public static final int LISTEN_CELL_LOCATION = 0x10;
    public static final int LISTEN_CALL_STATE = 0x20;
    public static final int LISTEN_DATA_CONNECTION_STATE = 0x40;
    public static final int LISTEN_SIGNAL_STRENGTHS = 0x100;
    public static final int LISTEN_CELL_INFO = 0x400;

    final Handler handler;

    public PhoneStateListener() {
        Looper looper = Looper.myLooper();
        if (looper == null) throw new RuntimeException("Can't create handler inside thread that has not called Looper.prepare()");
        handler = new Handler(looper);
    }

    public void onServiceStateChanged(ServiceState serviceState) {}

    public void onCellLocationChanged(CellLocation location) {}

    public void onCallStateChanged(int state, String phoneNumber) {}

    public void onDataConnectionStateChanged(int state) {}

    public void onSignalStrengthsChanged(SignalStrength signalStrength) {}

    public void onCellInfoChanged(List<CellInfo> cellInfo) {}
}
