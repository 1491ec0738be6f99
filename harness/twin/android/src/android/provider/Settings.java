package android.provider;

import android.content.ContentResolver;
import android.content.Context;
import android.net.Uri;
import android.util.AndroidException;
import twin.Binder;

public final class Settings {
    public static final String ACTION_SETTINGS = "android.settings.SETTINGS";
    public static final String ACTION_APPLICATION_DETAILS_SETTINGS = "android.settings.APPLICATION_DETAILS_SETTINGS";
    public static final String ACTION_ACCESSIBILITY_SETTINGS = "android.settings.ACCESSIBILITY_SETTINGS";
    public static final String ACTION_LOCATION_SOURCE_SETTINGS = "android.settings.LOCATION_SOURCE_SETTINGS";
    public static final String ACTION_MANAGE_OVERLAY_PERMISSION = "android.settings.action.MANAGE_OVERLAY_PERMISSION";
    public static final String ACTION_MANAGE_WRITE_SETTINGS = "android.settings.action.MANAGE_WRITE_SETTINGS";
    public static final String ACTION_WIFI_SETTINGS = "android.settings.WIFI_SETTINGS";
    public static final String ACTION_PRIVACY_SETTINGS = "android.settings.PRIVACY_SETTINGS";
    public static final String AUTHORITY = "settings";

    public static class SettingNotFoundException extends AndroidException {
        public SettingNotFoundException(String msg) {
            super(msg);
        }
    }

    private Settings() {}

    public static boolean canDrawOverlays(Context context) {
        return context.checkSelfPermission("android.permission.SYSTEM_ALERT_WINDOW") == 0;
    }

    /** Every road to a table's values, whichever class an app asked. */
    private static class NameValueCache {
        private final String namespace;

        NameValueCache(String namespace) {
            this.namespace = namespace;
        }

        public String getStringForUser(ContentResolver cr, String name, int userHandle) {
            return (String) Binder.call("settings.get", namespace, name);
        }

        public boolean putStringForUser(
                ContentResolver cr, String name, String value, String tag, boolean makeDefault, int userHandle,
                boolean overrideableByRestore) {
            return Boolean.TRUE.equals(Binder.call("settings.put", namespace, name, value));
        }
    }

    /** What Secure, System and Global have in common. */
    public static class NameValueTable implements BaseColumns {
        public static final String NAME = "name";
        public static final String VALUE = "value";

        public NameValueTable() {}

        public static Uri getUriFor(Uri uri, String name) {
            return Uri.withAppendedPath(uri, name);
        }
    }

    private static int toInt(String value, String name) throws SettingNotFoundException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new SettingNotFoundException(name);
        }
    }

    private static long toLong(String value, String name) throws SettingNotFoundException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new SettingNotFoundException(name);
        }
    }

    private static float toFloat(String value, String name) throws SettingNotFoundException {
        if (value == null) throw new SettingNotFoundException(name);
        try {
            return Float.parseFloat(value);
        } catch (NumberFormatException e) {
            throw new SettingNotFoundException(name);
        }
    }

    public static final class Secure extends NameValueTable {
        public static final Uri CONTENT_URI = Uri.parse("content://settings/secure");
        public static final String ANDROID_ID = "android_id";
        public static final String ACCESSIBILITY_ENABLED = "accessibility_enabled";
        public static final String ENABLED_ACCESSIBILITY_SERVICES = "enabled_accessibility_services";
        public static final String DEFAULT_INPUT_METHOD = "default_input_method";
        public static final String ENABLED_INPUT_METHODS = "enabled_input_methods";
        public static final String LOCATION_MODE = "location_mode";
        public static final int LOCATION_MODE_OFF = 0;
        public static final int LOCATION_MODE_HIGH_ACCURACY = 3;
        public static final String INSTALL_NON_MARKET_APPS = "install_non_market_apps";

        private static final NameValueCache sNameValueCache = new NameValueCache("secure");

        public Secure() {}

        public static Uri getUriFor(String name) {
            return getUriFor(CONTENT_URI, name);
        }

        public static String getString(ContentResolver resolver, String name) {
            return getStringForUser(resolver, name, 0);
        }

        public static String getStringForUser(ContentResolver resolver, String name, int userHandle) {
            return sNameValueCache.getStringForUser(resolver, name, userHandle);
        }

        public static boolean putString(ContentResolver resolver, String name, String value) {
            return sNameValueCache.putStringForUser(resolver, name, value, null, false, 0, false);
        }

        public static int getInt(ContentResolver cr, String name) throws SettingNotFoundException {
            return toInt(getString(cr, name), name);
        }

        public static int getInt(ContentResolver cr, String name, int def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Integer.parseInt(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putInt(ContentResolver cr, String name, int value) {
            return putString(cr, name, Integer.toString(value));
        }

        public static long getLong(ContentResolver cr, String name) throws SettingNotFoundException {
            return toLong(getString(cr, name), name);
        }

        public static long getLong(ContentResolver cr, String name, long def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Long.parseLong(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putLong(ContentResolver cr, String name, long value) {
            return putString(cr, name, Long.toString(value));
        }

        public static float getFloat(ContentResolver cr, String name) throws SettingNotFoundException {
            return toFloat(getString(cr, name), name);
        }

        public static float getFloat(ContentResolver cr, String name, float def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Float.parseFloat(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putFloat(ContentResolver cr, String name, float value) {
            return putString(cr, name, Float.toString(value));
        }
    }

    public static final class System extends NameValueTable {
        public static final Uri CONTENT_URI = Uri.parse("content://settings/system");
        public static final String ANDROID_ID = "android_id";
        public static final String ACCELEROMETER_ROTATION = "accelerometer_rotation";
        public static final String FONT_SCALE = "font_scale";
        public static final String SCREEN_BRIGHTNESS = "screen_brightness";
        public static final String SCREEN_BRIGHTNESS_MODE = "screen_brightness_mode";
        public static final String SCREEN_OFF_TIMEOUT = "screen_off_timeout";
        public static final String TIME_12_24 = "time_12_24";
        public static final String USER_ROTATION = "user_rotation";

        private static final NameValueCache sNameValueCache = new NameValueCache("system");

        public System() {}

        public static Uri getUriFor(String name) {
            return getUriFor(CONTENT_URI, name);
        }

        public static String getString(ContentResolver resolver, String name) {
            return getStringForUser(resolver, name, 0);
        }

        public static String getStringForUser(ContentResolver resolver, String name, int userHandle) {
            // android_id moved to Secure long ago; the old name still leads there.
            if (ANDROID_ID.equals(name)) return Secure.getStringForUser(resolver, name, userHandle);
            return sNameValueCache.getStringForUser(resolver, name, userHandle);
        }

        public static boolean putString(ContentResolver resolver, String name, String value) {
            return sNameValueCache.putStringForUser(resolver, name, value, null, false, 0, false);
        }

        public static int getInt(ContentResolver cr, String name) throws SettingNotFoundException {
            return toInt(getString(cr, name), name);
        }

        public static int getInt(ContentResolver cr, String name, int def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Integer.parseInt(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putInt(ContentResolver cr, String name, int value) {
            return putString(cr, name, Integer.toString(value));
        }

        public static long getLong(ContentResolver cr, String name) throws SettingNotFoundException {
            return toLong(getString(cr, name), name);
        }

        public static long getLong(ContentResolver cr, String name, long def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Long.parseLong(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putLong(ContentResolver cr, String name, long value) {
            return putString(cr, name, Long.toString(value));
        }

        public static float getFloat(ContentResolver cr, String name) throws SettingNotFoundException {
            return toFloat(getString(cr, name), name);
        }

        public static float getFloat(ContentResolver cr, String name, float def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Float.parseFloat(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putFloat(ContentResolver cr, String name, float value) {
            return putString(cr, name, Float.toString(value));
        }

        public static boolean canWrite(Context context) {
            return context.checkSelfPermission("android.permission.WRITE_SETTINGS") == 0;
        }
    }

    public static final class Global extends NameValueTable {
        public static final Uri CONTENT_URI = Uri.parse("content://settings/global");
        public static final String ADB_ENABLED = "adb_enabled";
        public static final String AIRPLANE_MODE_ON = "airplane_mode_on";
        public static final String ANIMATOR_DURATION_SCALE = "animator_duration_scale";
        public static final String AUTO_TIME = "auto_time";
        public static final String BLUETOOTH_ON = "bluetooth_on";
        public static final String BOOT_COUNT = "boot_count";
        public static final String DEVELOPMENT_SETTINGS_ENABLED = "development_settings_enabled";
        public static final String DEVICE_NAME = "device_name";
        public static final String DEVICE_PROVISIONED = "device_provisioned";
        public static final String HTTP_PROXY = "http_proxy";
        public static final String TRANSITION_ANIMATION_SCALE = "transition_animation_scale";
        public static final String WIFI_ON = "wifi_on";
        public static final String WINDOW_ANIMATION_SCALE = "window_animation_scale";

        private static final NameValueCache sNameValueCache = new NameValueCache("global");

        public Global() {}

        public static Uri getUriFor(String name) {
            return getUriFor(CONTENT_URI, name);
        }

        public static String getString(ContentResolver resolver, String name) {
            return getStringForUser(resolver, name, 0);
        }

        public static String getStringForUser(ContentResolver resolver, String name, int userHandle) {
            return sNameValueCache.getStringForUser(resolver, name, userHandle);
        }

        public static boolean putString(ContentResolver resolver, String name, String value) {
            return sNameValueCache.putStringForUser(resolver, name, value, null, false, 0, false);
        }

        public static int getInt(ContentResolver cr, String name) throws SettingNotFoundException {
            return toInt(getString(cr, name), name);
        }

        public static int getInt(ContentResolver cr, String name, int def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Integer.parseInt(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putInt(ContentResolver cr, String name, int value) {
            return putString(cr, name, Integer.toString(value));
        }

        public static long getLong(ContentResolver cr, String name) throws SettingNotFoundException {
            return toLong(getString(cr, name), name);
        }

        public static long getLong(ContentResolver cr, String name, long def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Long.parseLong(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putLong(ContentResolver cr, String name, long value) {
            return putString(cr, name, Long.toString(value));
        }

        public static float getFloat(ContentResolver cr, String name) throws SettingNotFoundException {
            return toFloat(getString(cr, name), name);
        }

        public static float getFloat(ContentResolver cr, String name, float def) {
            String value = getString(cr, name);
            try {
                return value == null ? def : Float.parseFloat(value);
            } catch (NumberFormatException e) {
                return def;
            }
        }

        public static boolean putFloat(ContentResolver cr, String name, float value) {
            return putString(cr, name, Float.toString(value));
        }
    }
}
