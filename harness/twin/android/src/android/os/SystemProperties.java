package android.os;

import twin.Binder;

/** System properties; not public on Android, and reached by reflection there. */
public class SystemProperties {
    private SystemProperties() {}

    public static String get(String key) {
        return (String) Binder.call("properties.get", key);
    }

    public static String get(String key, String def) {
        String value = get(key);
        return value.isEmpty() ? def : value;
    }

    public static int getInt(String key, int def) {
        try {
            return Integer.parseInt(get(key));
        } catch (NumberFormatException e) {
            return def;
        }
    }

    public static long getLong(String key, long def) {
        try {
            return Long.parseLong(get(key));
        } catch (NumberFormatException e) {
            return def;
        }
    }

    public static boolean getBoolean(String key, boolean def) {
        String value = get(key);
        if (value.matches("1|y|yes|on|true")) return true;
        return value.matches("0|n|no|off|false") ? false : def;
    }
}
