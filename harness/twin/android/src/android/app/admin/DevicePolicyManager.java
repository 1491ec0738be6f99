package android.app.admin;

import android.content.ComponentName;
import android.content.Context;
import java.util.List;
import twin.Binder;

/** No app on a twin administers it. */
public class DevicePolicyManager {
    DevicePolicyManager(Context context) {}

    public boolean isAdminActive(ComponentName admin) {
        return false;
    }

    public List<ComponentName> getActiveAdmins() {
        return null;
    }

    public boolean isDeviceOwnerApp(String packageName) {
        return false;
    }

    public boolean isProfileOwnerApp(String packageName) {
        return false;
    }

    public String getWifiMacAddress(ComponentName admin) {
        return (String) Binder.call("wifi.admin_mac", admin == null ? null : admin.flattenToShortString());
    }
}
