package android.os;

import android.content.Context;

/** The twin's battery: 76 %, not charging. */
public class BatteryManager {
    public static final String EXTRA_LEVEL = "level";
    public static final String EXTRA_SCALE = "scale";
    public static final String EXTRA_STATUS = "status";
    public static final String EXTRA_PLUGGED = "plugged";
    public static final String EXTRA_HEALTH = "health";
    public static final String EXTRA_PRESENT = "present";
    public static final int BATTERY_STATUS_CHARGING = 2;
    public static final int BATTERY_STATUS_DISCHARGING = 3;
    public static final int BATTERY_STATUS_FULL = 5;
    public static final int BATTERY_PLUGGED_AC = 1;
    public static final int BATTERY_PLUGGED_USB = 2;
    public static final int BATTERY_PROPERTY_CAPACITY = 4;
    public static final int BATTERY_PROPERTY_STATUS = 6;

    BatteryManager(Context context) {}

    public int getIntProperty(int id) {
        switch (id) {
            case BATTERY_PROPERTY_CAPACITY: return 76;
            case BATTERY_PROPERTY_STATUS: return BATTERY_STATUS_DISCHARGING;
            default: return Integer.MIN_VALUE;
        }
    }

    public boolean isCharging() {
        return false;
    }
}
