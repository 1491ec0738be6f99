package android.app;

import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.pm.ActivityInfo;
import android.content.pm.ApplicationInfo;
import android.content.pm.FeatureInfo;
import android.content.pm.InstallSourceInfo;
import android.content.pm.ModuleInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PackageReader;
import android.content.pm.PermissionInfo;
import android.content.pm.ProviderInfo;
import android.content.pm.ResolveInfo;
import android.content.pm.ServiceInfo;
import android.graphics.drawable.ColorDrawable;
import android.graphics.drawable.Drawable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twin.Binder;

/** The package manager that apps hold. */
public class ApplicationPackageManager extends PackageManager {
    public ApplicationPackageManager(Context context) {}

    @Override
    public PackageInfo getPackageInfo(String packageName, int flags) throws NameNotFoundException {
        return PackageReader.packageInfo(require(packageName), flags);
    }

    @Override
    public PackageInfo getPackageInfo(String packageName, PackageInfoFlags flags) throws NameNotFoundException {
        return PackageReader.packageInfo(require(packageName), flags.getValue());
    }

    public PackageInfo getPackageInfoAsUser(String packageName, int flags, int userId) throws NameNotFoundException {
        return getPackageInfo(packageName, flags);
    }

    @Override
    public PackageInfo getPackageArchiveInfo(String archiveFilePath, int flags) {
        Map<?, ?> found = (Map<?, ?>) Binder.call("pm.archive", archiveFilePath);
        return found == null ? null : PackageReader.packageInfo(found, flags);
    }

    @Override
    public ApplicationInfo getApplicationInfo(String packageName, int flags) throws NameNotFoundException {
        return PackageReader.application(require(packageName), flags);
    }

    @Override
    public ApplicationInfo getApplicationInfo(String packageName, ApplicationInfoFlags flags) throws NameNotFoundException {
        return PackageReader.application(require(packageName), flags.getValue());
    }

    @Override
    public ActivityInfo getActivityInfo(ComponentName component, int flags) throws NameNotFoundException {
        return PackageReader.activity(part("activities", component), getApplicationInfo(component.getPackageName(), flags));
    }

    @Override
    public ActivityInfo getReceiverInfo(ComponentName component, int flags) throws NameNotFoundException {
        return PackageReader.activity(part("receivers", component), getApplicationInfo(component.getPackageName(), flags));
    }

    @Override
    public ServiceInfo getServiceInfo(ComponentName component, int flags) throws NameNotFoundException {
        return PackageReader.service(part("services", component), getApplicationInfo(component.getPackageName(), flags));
    }

    @Override
    public ProviderInfo getProviderInfo(ComponentName component, int flags) throws NameNotFoundException {
        return PackageReader.provider(part("providers", component), getApplicationInfo(component.getPackageName(), flags));
    }

    @Override
    public ProviderInfo resolveContentProvider(String authority, int flags) {
        Map<?, ?> found = (Map<?, ?>) Binder.call("pm.provider", authority);
        if (found == null) return null;
        ApplicationInfo application = PackageReader.application((Map<?, ?>) found.get("application"), flags);
        return PackageReader.provider((Map<?, ?>) found.get("part"), application);
    }

    @Override
    public List<PackageInfo> getInstalledPackages(int flags) {
        return getInstalledPackagesAsUser(flags, 0);
    }

    @Override
    public List<PackageInfo> getInstalledPackages(PackageInfoFlags flags) {
        return packages(flags.getValue());
    }

    public List<PackageInfo> getInstalledPackagesAsUser(int flags, int userId) {
        return packages(flags);
    }

    @Override
    public List<ApplicationInfo> getInstalledApplications(int flags) {
        return getInstalledApplicationsAsUser(flags, 0);
    }

    @Override
    public List<ApplicationInfo> getInstalledApplications(ApplicationInfoFlags flags) {
        return applications(flags.getValue());
    }

    public List<ApplicationInfo> getInstalledApplicationsAsUser(int flags, int userId) {
        return applications(flags);
    }

    @Override
    public List<PackageInfo> getPackagesHoldingPermissions(String[] permissions, int flags) {
        List<PackageInfo> holding = new ArrayList<>();
        for (PackageInfo info : packages(flags | GET_PERMISSIONS)) {
            for (int i = 0; i < info.requestedPermissions.length; i++) {
                boolean granted = (info.requestedPermissionsFlags[i] & PackageInfo.REQUESTED_PERMISSION_GRANTED) != 0;
                if (granted && Arrays.asList(permissions).contains(info.requestedPermissions[i])) {
                    holding.add(info);
                    break;
                }
            }
        }
        return holding;
    }

    @Override
    public Intent getLaunchIntentForPackage(String packageName) {
        String activity = (String) Binder.call("pm.launcher", packageName);
        if (activity == null) return null;
        Intent intent = new Intent(Intent.ACTION_MAIN);
        intent.addCategory(Intent.CATEGORY_LAUNCHER);
        intent.setFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
        intent.setComponent(new ComponentName(packageName, activity));
        return intent;
    }

    @Override
    public int[] getPackageGids(String packageName) throws NameNotFoundException {
        require(packageName);
        return new int[0];
    }

    @Override
    public int getPackageUid(String packageName, int flags) throws NameNotFoundException {
        return getApplicationInfo(packageName, flags).uid;
    }

    @Override
    public String[] getPackagesForUid(int uid) {
        List<?> names = (List<?>) Binder.call("pm.packages_for_uid", uid);
        return names.isEmpty() ? null : names.toArray(new String[0]);
    }

    @Override
    public String getNameForUid(int uid) {
        String[] names = getPackagesForUid(uid);
        return names == null ? null : names[0];
    }

    @Override
    public int checkPermission(String permissionName, String packageName) {
        boolean granted = Boolean.TRUE.equals(Binder.call("pm.check_permission", permissionName, packageName));
        return granted ? PERMISSION_GRANTED : PERMISSION_DENIED;
    }

    @Override
    public int checkSignatures(String packageName1, String packageName2) {
        Map<?, ?> one = find(packageName1);
        Map<?, ?> other = find(packageName2);
        if (one == null || other == null) return SIGNATURE_UNKNOWN_PACKAGE;
        return one.get("signer") != null && one.get("signer").equals(other.get("signer")) ? SIGNATURE_MATCH : SIGNATURE_NO_MATCH;
    }

    @Override
    public boolean hasSigningCertificate(String packageName, byte[] certificate, int type) {
        Map<?, ?> found = find(packageName);
        if (found == null || found.get("signer") == null || type != CERT_INPUT_SHA256) return false;
        return new android.content.pm.Signature(certificate).toCharsString().equals(found.get("signer"));
    }

    @Override
    public PermissionInfo getPermissionInfo(String permName, int flags) throws NameNotFoundException {
        Map<?, ?> found = (Map<?, ?>) Binder.call("pm.permission", permName);
        if (found == null) throw new NameNotFoundException(permName);
        return PackageReader.permission(found);
    }

    @Override
    public List<ResolveInfo> queryIntentActivities(Intent intent, int flags) {
        return queryIntentActivitiesAsUser(intent, flags, 0);
    }

    public List<ResolveInfo> queryIntentActivitiesAsUser(Intent intent, int flags, int userId) {
        return resolve("activity", intent, flags);
    }

    @Override
    public List<ResolveInfo> queryIntentActivities(Intent intent, ResolveInfoFlags flags) {
        return resolve("activity", intent, flags.getValue());
    }

    @Override
    public List<ResolveInfo> queryIntentServices(Intent intent, int flags) {
        return resolve("service", intent, flags);
    }

    @Override
    public List<ResolveInfo> queryBroadcastReceivers(Intent intent, int flags) {
        return resolve("receiver", intent, flags);
    }

    @Override
    public List<ProviderInfo> queryContentProviders(String processName, int uid, int flags) {
        List<ProviderInfo> found = new ArrayList<>();
        for (PackageInfo info : packages(flags | GET_PROVIDERS)) {
            for (ProviderInfo provider : info.providers) {
                if (processName == null || processName.equals(provider.processName) && uid == info.applicationInfo.uid) {
                    found.add(provider);
                }
            }
        }
        return found;
    }

    @Override
    public ResolveInfo resolveActivity(Intent intent, int flags) {
        List<ResolveInfo> found = queryIntentActivities(intent, flags);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public ResolveInfo resolveService(Intent intent, int flags) {
        List<ResolveInfo> found = queryIntentServices(intent, flags);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public Drawable getApplicationIcon(ApplicationInfo info) {
        return new ColorDrawable(0xff607d8b);
    }

    @Override
    public Drawable getApplicationIcon(String packageName) throws NameNotFoundException {
        return getApplicationIcon(getApplicationInfo(packageName, 0));
    }

    @Override
    public CharSequence getApplicationLabel(ApplicationInfo info) {
        return info.loadLabel(this);
    }

    @Override
    public String getInstallerPackageName(String packageName) {
        Map<?, ?> found = find(packageName);
        if (found == null) throw new IllegalArgumentException("Unknown package: " + packageName);
        return (String) found.get("installer");
    }

    @Override
    public InstallSourceInfo getInstallSourceInfo(String packageName) throws NameNotFoundException {
        return PackageReader.source((String) require(packageName).get("installer"));
    }

    @Override
    public List<ModuleInfo> getInstalledModules(int flags) {
        List<ModuleInfo> modules = new ArrayList<>();
        modules.add(PackageReader.module("com.android.modulemetadata", "Main components"));
        return modules;
    }

    @Override
    public int getComponentEnabledSetting(ComponentName componentName) {
        return ((Number) Binder.call("pm.component_state", componentName.getPackageName(), componentName.getClassName())).intValue();
    }

    @Override
    public void setComponentEnabledSetting(ComponentName componentName, int newState, int flags) {
        Binder.call("pm.set_component_state", componentName.getPackageName(), componentName.getClassName(), newState);
    }

    @Override
    public int getApplicationEnabledSetting(String packageName) {
        Map<?, ?> found = find(packageName);
        if (found == null) throw new IllegalArgumentException("Unknown package: " + packageName);
        return Boolean.TRUE.equals(found.get("enabled")) ? COMPONENT_ENABLED_STATE_DEFAULT : COMPONENT_ENABLED_STATE_DISABLED_USER;
    }

    @Override
    public boolean hasSystemFeature(String featureName) {
        return ((List<?>) Binder.call("pm.features")).contains(featureName);
    }

    @Override
    public boolean hasSystemFeature(String featureName, int version) {
        return version <= 0 && hasSystemFeature(featureName);
    }

    @Override
    public FeatureInfo[] getSystemAvailableFeatures() {
        List<?> names = (List<?>) Binder.call("pm.features");
        FeatureInfo[] features = new FeatureInfo[names.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = new FeatureInfo();
            features[i].name = (String) names.get(i);
        }
        return features;
    }

    @Override
    public boolean isSafeMode() {
        return false;
    }

    private static Map<?, ?> find(String packageName) {
        return (Map<?, ?>) Binder.call("pm.info", packageName);
    }

    private static Map<?, ?> require(String packageName) throws NameNotFoundException {
        Map<?, ?> found = find(packageName);
        if (found == null) throw new NameNotFoundException(packageName);
        return found;
    }

    private static Map<?, ?> part(String kind, ComponentName component) throws NameNotFoundException {
        for (Object each : (List<?>) require(component.getPackageName()).get(kind)) {
            Map<?, ?> part = (Map<?, ?>) each;
            if (component.getClassName().equals(part.get("name"))) return part;
        }
        throw new NameNotFoundException(component.toString());
    }

    private static List<PackageInfo> packages(long flags) {
        List<PackageInfo> list = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("pm.list")) list.add(PackageReader.packageInfo((Map<?, ?>) each, flags));
        return list;
    }

    private static List<ApplicationInfo> applications(long flags) {
        List<ApplicationInfo> list = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("pm.list")) list.add(PackageReader.application((Map<?, ?>) each, flags));
        return list;
    }

    private static List<ResolveInfo> resolve(String kind, Intent intent, long flags) {
        ComponentName component = intent.getComponent();
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("action", intent.getAction());
        asked.put("package", intent.getPackage());
        asked.put("class", component == null ? null : component.getClassName());
        if (component != null) asked.put("package", component.getPackageName());
        asked.put("scheme", intent.getScheme());
        asked.put("host", intent.getData() == null ? null : intent.getData().getHost());
        asked.put("type", intent.getType());
        asked.put("categories", intent.getCategories() == null ? new ArrayList<>() : new ArrayList<>(intent.getCategories()));
        asked.put("default_only", (flags & MATCH_DEFAULT_ONLY) != 0);
        List<ResolveInfo> list = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("pm.query", kind, asked)) list.add(PackageReader.resolved(kind, (Map<?, ?>) each));
        return list;
    }
}
