package android.hardware;

import java.util.Map;

public final class Sensor {
    public static final int TYPE_ALL = -1;
    public static final int TYPE_ACCELEROMETER = 1;
    public static final int TYPE_MAGNETIC_FIELD = 2;
    public static final int TYPE_GYROSCOPE = 4;
    public static final int TYPE_LIGHT = 5;
    public static final int TYPE_PRESSURE = 6;
    public static final int TYPE_PROXIMITY = 8;
    public static final int TYPE_GRAVITY = 9;
    public static final int TYPE_LINEAR_ACCELERATION = 10;
    public static final int TYPE_ROTATION_VECTOR = 11;
    public static final int TYPE_STEP_DETECTOR = 18;
    public static final int TYPE_STEP_COUNTER = 19;
    public static final int TYPE_HEART_RATE = 21;

    private final Map<?, ?> facts;

    Sensor(Map<?, ?> facts) {
        this.facts = facts;
    }

    public String getName() {
        return (String) facts.get("name");
    }

    public String getVendor() {
        return (String) facts.get("vendor");
    }

    public int getType() {
        return number("type").intValue();
    }

    public String getStringType() {
        return (String) facts.get("string_type");
    }

    public int getVersion() {
        return number("version").intValue();
    }

    public float getMaximumRange() {
        return number("max_range").floatValue();
    }

    public float getResolution() {
        return number("resolution").floatValue();
    }

    public float getPower() {
        return number("power_ma").floatValue();
    }

    /** Microseconds; 0 for a sensor that reports changes only. */
    public int getMinDelay() {
        return number("min_delay_us").intValue();
    }

    public int getId() {
        return -1;
    }

    private Number number(String key) {
        return (Number) facts.get(key);
    }

    @Override
    public String toString() {
        return "{Sensor name=\"" + getName() + "\", vendor=\"" + getVendor() + "\", version=" + getVersion() + ", type="
                + getType() + "}";
    }
}
