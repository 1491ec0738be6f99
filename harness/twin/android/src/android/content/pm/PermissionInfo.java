package android.content.pm;

public class PermissionInfo extends PackageItemInfo {
    public static final int PROTECTION_NORMAL = 0;
    public static final int PROTECTION_DANGEROUS = 1;
    public static final int PROTECTION_SIGNATURE = 2;

    public String group;
    public int flags;
    @Deprecated
    public int protectionLevel;

    public PermissionInfo() {}

    public int getProtection() {
        return protectionLevel & 15;
    }
}
