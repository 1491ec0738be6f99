package android.app;

import android.content.Context;
import twin.Binder;

public class AppOpsManager {
    public static final int MODE_ALLOWED = 0;
    public static final int MODE_IGNORED = 1;
    public static final int MODE_ERRORED = 2;
    public static final int MODE_DEFAULT = 3;
    public static final String OPSTR_COARSE_LOCATION = "android:coarse_location";
    public static final String OPSTR_FINE_LOCATION = "android:fine_location";
    public static final String OPSTR_READ_CONTACTS = "android:read_contacts";
    public static final String OPSTR_READ_PHONE_STATE = "android:read_phone_state";
    public static final String OPSTR_RECORD_AUDIO = "android:record_audio";
    public static final String OPSTR_CAMERA = "android:camera";
    public static final String OPSTR_GET_USAGE_STATS = "android:get_usage_stats";
    public static final String OPSTR_SYSTEM_ALERT_WINDOW = "android:system_alert_window";

    AppOpsManager(Context context) {}

    public int checkOpNoThrow(String op, int uid, String packageName) {
        return ((Number) Binder.call("appops.mode", op, packageName)).intValue();
    }

    public int checkOp(String op, int uid, String packageName) {
        int mode = checkOpNoThrow(op, uid, packageName);
        if (mode == MODE_ERRORED) throw new SecurityException(packageName + " from uid " + uid + " not allowed to perform " + op);
        return mode;
    }

    public int unsafeCheckOpNoThrow(String op, int uid, String packageName) {
        return checkOpNoThrow(op, uid, packageName);
    }

    public int noteOpNoThrow(String op, int uid, String packageName) {
        return checkOpNoThrow(op, uid, packageName);
    }
}
