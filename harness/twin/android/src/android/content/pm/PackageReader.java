package android.content.pm;

import android.content.IntentFilter;
import android.os.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes package classes from the maps that the `pm.*` services answer. Not part of the Android API. */
public final class PackageReader {
    private PackageReader() {}

    public static ApplicationInfo application(Map<?, ?> map, long flags) {
        ApplicationInfo info = new ApplicationInfo();
        info.packageName = (String) map.get("name");
        info.name = (String) map.get("class");
        info.className = info.name;
        info.nonLocalizedLabel = (String) map.get("label");
        info.processName = (String) map.get("process");
        info.taskAffinity = info.packageName;
        info.sourceDir = info.publicSourceDir = (String) map.get("source");
        info.splitSourceDirs = strings(map.get("splits"));
        info.dataDir = info.deviceProtectedDataDir = (String) map.get("data_dir");
        info.nativeLibraryDir = info.sourceDir.replaceFirst("/[^/]*$", "/lib/arm64");
        info.uid = number(map, "uid");
        info.minSdkVersion = number(map, "min_sdk");
        info.targetSdkVersion = number(map, "target_sdk");
        info.enabled = Boolean.TRUE.equals(map.get("enabled"));
        info.flags = ApplicationInfo.FLAG_INSTALLED | ApplicationInfo.FLAG_HAS_CODE
                | ApplicationInfo.FLAG_ALLOW_CLEAR_USER_DATA | ApplicationInfo.FLAG_ALLOW_BACKUP
                | (Boolean.TRUE.equals(map.get("system")) ? ApplicationInfo.FLAG_SYSTEM : 0)
                | (Boolean.TRUE.equals(map.get("debuggable")) ? ApplicationInfo.FLAG_DEBUGGABLE : 0);
        if ((flags & PackageManager.GET_META_DATA) != 0) info.metaData = metaData((Map<?, ?>) map.get("meta_data"));
        return info;
    }

    public static PackageInfo packageInfo(Map<?, ?> map, long flags) {
        PackageInfo info = new PackageInfo();
        info.packageName = (String) map.get("name");
        info.versionName = (String) map.get("version_name");
        info.setLongVersionCode(((Number) map.get("version_code")).longValue());
        info.firstInstallTime = ((Number) map.get("first_install_ms")).longValue();
        info.lastUpdateTime = ((Number) map.get("last_update_ms")).longValue();
        info.applicationInfo = application(map, flags);
        if ((flags & PackageManager.GET_ACTIVITIES) != 0) info.activities = activities(map, "activities", info.applicationInfo);
        if ((flags & PackageManager.GET_RECEIVERS) != 0) info.receivers = activities(map, "receivers", info.applicationInfo);
        if ((flags & PackageManager.GET_SERVICES) != 0) {
            info.services = list(map, "services").stream().map(part -> service(part, info.applicationInfo)).toArray(ServiceInfo[]::new);
        }
        if ((flags & PackageManager.GET_PROVIDERS) != 0) {
            info.providers = list(map, "providers").stream().map(part -> provider(part, info.applicationInfo)).toArray(ProviderInfo[]::new);
        }
        if ((flags & PackageManager.GET_PERMISSIONS) != 0) permissions(map, info);
        String signer = (String) map.get("signer");
        Signature[] signatures = signer == null ? new Signature[0] : new Signature[] {new Signature(signer)};
        if ((flags & PackageManager.GET_SIGNATURES) != 0) info.signatures = signatures;
        if ((flags & PackageManager.GET_SIGNING_CERTIFICATES) != 0) info.signingInfo = new SigningInfo(signatures);
        return info;
    }

    public static ActivityInfo activity(Map<?, ?> part, ApplicationInfo application) {
        ActivityInfo info = new ActivityInfo();
        fill(info, part, application);
        info.permission = (String) part.get("permission");
        info.launchMode = number(part, "launch_mode");
        info.targetActivity = (String) part.get("target");
        info.taskAffinity = application.packageName;
        return info;
    }

    public static ServiceInfo service(Map<?, ?> part, ApplicationInfo application) {
        ServiceInfo info = new ServiceInfo();
        fill(info, part, application);
        info.permission = (String) part.get("permission");
        return info;
    }

    public static ProviderInfo provider(Map<?, ?> part, ApplicationInfo application) {
        ProviderInfo info = new ProviderInfo();
        fill(info, part, application);
        info.authority = String.join(";", strings(part.get("authorities")));
        info.readPermission = info.writePermission = (String) part.get("permission");
        info.initOrder = number(part, "init_order");
        return info;
    }

    public static ResolveInfo resolved(String kind, Map<?, ?> found) {
        ApplicationInfo application = application((Map<?, ?>) found.get("application"), 0);
        Map<?, ?> part = (Map<?, ?>) found.get("part");
        ResolveInfo info = new ResolveInfo();
        if (kind.equals("service")) info.serviceInfo = service(part, application);
        else info.activityInfo = activity(part, application);
        info.priority = number(found, "priority");
        info.isDefault = Boolean.TRUE.equals(found.get("default"));
        info.filter = new IntentFilter();
        for (String action : strings(found.get("actions"))) info.filter.addAction(action);
        for (String category : strings(found.get("categories"))) info.filter.addCategory(category);
        return info;
    }

    public static PermissionInfo permission(Map<?, ?> map) {
        PermissionInfo info = new PermissionInfo();
        info.name = (String) map.get("name");
        info.packageName = (String) map.get("package");
        info.group = (String) map.get("group");
        info.protectionLevel = number(map, "protection");
        return info;
    }

    public static ModuleInfo module(String packageName, String name) {
        return new ModuleInfo(packageName, name);
    }

    public static InstallSourceInfo source(String installer) {
        return new InstallSourceInfo(installer);
    }

    private static void permissions(Map<?, ?> map, PackageInfo info) {
        info.requestedPermissions = strings(map.get("permissions"));
        List<?> granted = (List<?>) map.get("granted");
        info.requestedPermissionsFlags = new int[info.requestedPermissions.length];
        for (int i = 0; i < info.requestedPermissionsFlags.length; i++) {
            info.requestedPermissionsFlags[i] = Boolean.TRUE.equals(granted.get(i)) ? PackageInfo.REQUESTED_PERMISSION_GRANTED : 0;
        }
    }

    private static void fill(ComponentInfo info, Map<?, ?> part, ApplicationInfo application) {
        info.applicationInfo = application;
        info.packageName = application.packageName;
        info.name = (String) part.get("name");
        info.nonLocalizedLabel = (String) part.get("label");
        info.processName = (String) part.get("process");
        info.exported = Boolean.TRUE.equals(part.get("exported"));
        info.enabled = Boolean.TRUE.equals(part.get("enabled"));
    }

    private static ActivityInfo[] activities(Map<?, ?> map, String kind, ApplicationInfo application) {
        return list(map, kind).stream().map(part -> activity(part, application)).toArray(ActivityInfo[]::new);
    }

    private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
        List<Map<?, ?>> parts = new ArrayList<>();
        for (Object part : (List<?>) map.get(key)) parts.add((Map<?, ?>) part);
        return parts;
    }

    /** Values typed as aapt types them: whole numbers and booleans are not strings. */
    private static Bundle metaData(Map<?, ?> map) {
        Bundle bundle = new Bundle();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = (String) entry.getKey();
            String value = (String) entry.getValue();
            if (value == null) continue;
            if (value.matches("-?\\d{1,9}")) bundle.putInt(key, Integer.parseInt(value));
            else if (value.equals("true") || value.equals("false")) bundle.putBoolean(key, Boolean.parseBoolean(value));
            else bundle.putString(key, value);
        }
        return bundle;
    }

    private static String[] strings(Object list) {
        return list == null ? new String[0] : ((List<?>) list).toArray(new String[0]);
    }

    private static int number(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value instanceof Number ? ((Number) value).intValue() : 0;
    }
}
