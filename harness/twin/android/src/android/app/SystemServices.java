package android.app;

import android.content.Context;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Which class answers for which service name. Each has a constructor that takes the context. */
final class SystemServices {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("account", "android.accounts.AccountManager"),
            Map.entry("activity", "android.app.ActivityManager"),
            Map.entry("alarm", "android.app.AlarmManager"),
            Map.entry("appops", "android.app.AppOpsManager"),
            Map.entry("audio", "android.media.AudioManager"),
            Map.entry("batterymanager", "android.os.BatteryManager"),
            Map.entry("bluetooth", "android.bluetooth.BluetoothManager"),
            Map.entry("camera", "android.hardware.camera2.CameraManager"),
            Map.entry("clipboard", "android.content.ClipboardManager"),
            Map.entry("connectivity", "android.net.ConnectivityManager"),
            Map.entry("input_method", "android.view.inputmethod.InputMethodManager"),
            Map.entry("jobscheduler", "android.app.job.JobScheduler"),
            Map.entry("keyguard", "android.app.KeyguardManager"),
            Map.entry("layout_inflater", "android.view.LayoutInflater"),
            Map.entry("location", "android.location.LocationManager"),
            Map.entry("notification", "android.app.NotificationManager"),
            Map.entry("phone", "android.telephony.TelephonyManager"),
            Map.entry("power", "android.os.PowerManager"),
            Map.entry("sensor", "android.hardware.SensorManager"),
            Map.entry("telephony_subscription_service", "android.telephony.SubscriptionManager"),
            Map.entry("vibrator", "android.os.Vibrator"),
            Map.entry("wifi", "android.net.wifi.WifiManager"),
            Map.entry("device_policy", "android.app.admin.DevicePolicyManager"),
            Map.entry("media_projection", "android.media.projection.MediaProjectionManager"),
            Map.entry("usagestats", "android.app.usage.UsageStatsManager"),
            Map.entry("user", "android.os.UserManager"),
            Map.entry("window", "android.view.WindowManagerImpl"));

    private SystemServices() {}

    /** Null for a service that the twin does not have, as Android answers for an unknown name. */
    static Object make(String name, Context context) {
        String type = CLASSES.get(name);
        if (type == null) return null;
        try {
            Constructor<?> constructor = Class.forName(type).getDeclaredConstructor(Context.class);
            constructor.setAccessible(true);
            return constructor.newInstance(context);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("system service " + name + " failed to start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("system service " + name + " is not in the framework", e);
        }
    }

    static String nameOf(Class<?> type) {
        for (Map.Entry<String, String> entry : CLASSES.entrySet()) {
            if (entry.getValue().equals(type.getName())) return entry.getKey();
        }
        return type.getName().equals("android.view.WindowManager") ? "window" : null;
    }
}
