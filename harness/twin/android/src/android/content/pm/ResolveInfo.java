package android.content.pm;

import android.content.IntentFilter;

public class ResolveInfo {
    public ActivityInfo activityInfo;
    public ServiceInfo serviceInfo;
    public ProviderInfo providerInfo;
    public IntentFilter filter;
    public int priority;
    public int preferredOrder;
    public int match;
    public boolean isDefault;
    public int labelRes;
    public CharSequence nonLocalizedLabel;
    public int icon;
    public String resolvePackageName;

    public ResolveInfo() {}

    public CharSequence loadLabel(PackageManager pm) {
        if (nonLocalizedLabel != null) return nonLocalizedLabel;
        ComponentInfo part = activityInfo != null ? activityInfo : serviceInfo != null ? serviceInfo : providerInfo;
        return part == null ? null : part.loadLabel(pm);
    }

    @Override
    public String toString() {
        ComponentInfo part = activityInfo != null ? activityInfo : serviceInfo != null ? serviceInfo : providerInfo;
        return "ResolveInfo{" + (part == null ? "" : part.packageName + "/" + part.name) + "}";
    }
}
