package android.content.pm;

import android.content.ComponentName;
import android.content.Intent;
import android.graphics.drawable.Drawable;
import android.util.AndroidException;
import java.util.List;

/** What apps may ask about packages. The implementation is {@link android.app.ApplicationPackageManager}. */
public abstract class PackageManager {
    public static final int PERMISSION_GRANTED = 0;
    public static final int PERMISSION_DENIED = -1;
    public static final int SIGNATURE_MATCH = 0;
    public static final int SIGNATURE_NO_MATCH = -3;
    public static final int SIGNATURE_UNKNOWN_PACKAGE = -4;

    public static final int GET_ACTIVITIES = 0x1;
    public static final int GET_RECEIVERS = 0x2;
    public static final int GET_SERVICES = 0x4;
    public static final int GET_PROVIDERS = 0x8;
    public static final int GET_SIGNATURES = 0x40;
    public static final int GET_RESOLVED_FILTER = 0x40;
    public static final int GET_META_DATA = 0x80;
    public static final int GET_GIDS = 0x100;
    public static final int GET_SHARED_LIBRARY_FILES = 0x400;
    public static final int GET_PERMISSIONS = 0x1000;
    public static final int MATCH_UNINSTALLED_PACKAGES = 0x2000;
    public static final int GET_UNINSTALLED_PACKAGES = 0x2000;
    public static final int GET_CONFIGURATIONS = 0x4000;
    public static final int MATCH_DEFAULT_ONLY = 0x10000;
    public static final int MATCH_ALL = 0x20000;
    public static final int MATCH_DISABLED_COMPONENTS = 0x200;
    public static final int GET_DISABLED_COMPONENTS = 0x200;
    public static final int MATCH_SYSTEM_ONLY = 0x100000;
    public static final int GET_SIGNING_CERTIFICATES = 0x8000000;
    public static final int CERT_INPUT_RAW_X509 = 0;
    public static final int CERT_INPUT_SHA256 = 1;

    public static final int COMPONENT_ENABLED_STATE_DEFAULT = 0;
    public static final int COMPONENT_ENABLED_STATE_ENABLED = 1;
    public static final int COMPONENT_ENABLED_STATE_DISABLED = 2;
    public static final int COMPONENT_ENABLED_STATE_DISABLED_USER = 3;
    public static final int DONT_KILL_APP = 1;

    public static final String FEATURE_BLUETOOTH = "android.hardware.bluetooth";
    public static final String FEATURE_BLUETOOTH_LE = "android.hardware.bluetooth_le";
    public static final String FEATURE_CAMERA = "android.hardware.camera";
    public static final String FEATURE_CAMERA_ANY = "android.hardware.camera.any";
    public static final String FEATURE_CAMERA_FRONT = "android.hardware.camera.front";
    public static final String FEATURE_LOCATION = "android.hardware.location";
    public static final String FEATURE_LOCATION_GPS = "android.hardware.location.gps";
    public static final String FEATURE_MICROPHONE = "android.hardware.microphone";
    public static final String FEATURE_NFC = "android.hardware.nfc";
    public static final String FEATURE_SENSOR_ACCELEROMETER = "android.hardware.sensor.accelerometer";
    public static final String FEATURE_TELEPHONY = "android.hardware.telephony";
    public static final String FEATURE_TOUCHSCREEN = "android.hardware.touchscreen";
    public static final String FEATURE_WIFI = "android.hardware.wifi";

    public static class NameNotFoundException extends AndroidException {
        public NameNotFoundException() {}

        public NameNotFoundException(String name) {
            super(name);
        }
    }

    private abstract static class Flags {
        private final long value;

        Flags(long value) {
            this.value = value;
        }

        public long getValue() {
            return value;
        }
    }

    public static final class PackageInfoFlags extends Flags {
        private PackageInfoFlags(long value) {
            super(value);
        }

        public static PackageInfoFlags of(long value) {
            return new PackageInfoFlags(value);
        }
    }

    public static final class ApplicationInfoFlags extends Flags {
        private ApplicationInfoFlags(long value) {
            super(value);
        }

        public static ApplicationInfoFlags of(long value) {
            return new ApplicationInfoFlags(value);
        }
    }

    public static final class ResolveInfoFlags extends Flags {
        private ResolveInfoFlags(long value) {
            super(value);
        }

        public static ResolveInfoFlags of(long value) {
            return new ResolveInfoFlags(value);
        }
    }

    public abstract PackageInfo getPackageInfo(String packageName, int flags) throws NameNotFoundException;
    public abstract PackageInfo getPackageArchiveInfo(String archiveFilePath, int flags);
    public abstract ApplicationInfo getApplicationInfo(String packageName, int flags) throws NameNotFoundException;
    public abstract ActivityInfo getActivityInfo(ComponentName component, int flags) throws NameNotFoundException;
    public abstract ActivityInfo getReceiverInfo(ComponentName component, int flags) throws NameNotFoundException;
    public abstract ServiceInfo getServiceInfo(ComponentName component, int flags) throws NameNotFoundException;
    public abstract ProviderInfo getProviderInfo(ComponentName component, int flags) throws NameNotFoundException;
    public abstract ProviderInfo resolveContentProvider(String authority, int flags);
    public abstract List<PackageInfo> getInstalledPackages(int flags);
    public abstract List<ApplicationInfo> getInstalledApplications(int flags);
    public abstract List<PackageInfo> getPackagesHoldingPermissions(String[] permissions, int flags);
    public abstract Intent getLaunchIntentForPackage(String packageName);
    public abstract int[] getPackageGids(String packageName) throws NameNotFoundException;
    public abstract int getPackageUid(String packageName, int flags) throws NameNotFoundException;
    public abstract String[] getPackagesForUid(int uid);
    public abstract String getNameForUid(int uid);
    public abstract int checkPermission(String permissionName, String packageName);
    public abstract int checkSignatures(String packageName1, String packageName2);
    public abstract PermissionInfo getPermissionInfo(String permName, int flags) throws NameNotFoundException;
    public abstract List<ResolveInfo> queryIntentActivities(Intent intent, int flags);
    public abstract List<ResolveInfo> queryIntentServices(Intent intent, int flags);
    public abstract List<ResolveInfo> queryBroadcastReceivers(Intent intent, int flags);
    public abstract List<ProviderInfo> queryContentProviders(String processName, int uid, int flags);
    public abstract ResolveInfo resolveActivity(Intent intent, int flags);
    public abstract ResolveInfo resolveService(Intent intent, int flags);
    public abstract Drawable getApplicationIcon(ApplicationInfo info);
    public abstract Drawable getApplicationIcon(String packageName) throws NameNotFoundException;
    public abstract CharSequence getApplicationLabel(ApplicationInfo info);
    public abstract String getInstallerPackageName(String packageName);
    public abstract int getComponentEnabledSetting(ComponentName componentName);
    public abstract void setComponentEnabledSetting(ComponentName componentName, int newState, int flags);
    public abstract int getApplicationEnabledSetting(String packageName);
    public abstract boolean hasSystemFeature(String featureName);
    public abstract boolean hasSystemFeature(String featureName, int version);
    public abstract FeatureInfo[] getSystemAvailableFeatures();
    public abstract boolean isSafeMode();

    public PackageInfo getPackageInfo(String packageName, PackageInfoFlags flags) throws NameNotFoundException {
        throw new UnsupportedOperationException("getPackageInfo not implemented in subclass");
    }

    public ApplicationInfo getApplicationInfo(String packageName, ApplicationInfoFlags flags) throws NameNotFoundException {
        throw new UnsupportedOperationException("getApplicationInfo not implemented in subclass");
    }

    public List<PackageInfo> getInstalledPackages(PackageInfoFlags flags) {
        throw new UnsupportedOperationException("getInstalledPackages not implemented in subclass");
    }

    public List<ApplicationInfo> getInstalledApplications(ApplicationInfoFlags flags) {
        throw new UnsupportedOperationException("getInstalledApplications not implemented in subclass");
    }

    public List<ResolveInfo> queryIntentActivities(Intent intent, ResolveInfoFlags flags) {
        throw new UnsupportedOperationException("queryIntentActivities not implemented in subclass");
    }

    public List<ModuleInfo> getInstalledModules(int flags) {
        throw new UnsupportedOperationException("getInstalledModules not implemented in subclass");
    }

    public InstallSourceInfo getInstallSourceInfo(String packageName) throws NameNotFoundException {
        throw new UnsupportedOperationException("getInstallSourceInfo not implemented");
    }

    public boolean hasSigningCertificate(String packageName, byte[] certificate, int type) {
        throw new UnsupportedOperationException("hasSigningCertificate not implemented in subclass");
    }

    public boolean canRequestPackageInstalls() {
        return false;
    }

    public boolean isInstantApp() {
        return false;
    }

    /** The intent behind every permission question; system API on Android, and a choke point for hooks. */
    public Intent buildRequestPermissionsIntent(String[] permissions) {
        if (permissions == null || permissions.length == 0) throw new IllegalArgumentException("permission cannot be null or empty");
        Intent intent = new Intent("android.content.pm.action.REQUEST_PERMISSIONS");
        intent.putExtra("android.content.pm.extra.REQUEST_PERMISSIONS_NAMES", permissions);
        intent.setPackage("com.android.permissioncontroller");
        return intent;
    }
}
