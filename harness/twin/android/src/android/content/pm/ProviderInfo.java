package android.content.pm;

public final class ProviderInfo extends ComponentInfo {
    public String authority;
    public String readPermission;
    public String writePermission;
    public boolean grantUriPermissions;
    public boolean multiprocess;
    public int initOrder;
    public int flags;

    public ProviderInfo() {}

    public ProviderInfo(ProviderInfo orig) {
        super(orig);
        authority = orig.authority;
        readPermission = orig.readPermission;
        writePermission = orig.writePermission;
        initOrder = orig.initOrder;
    }

    @Override
    public String toString() {
        return "ProviderInfo{" + packageName + "/" + name + "}";
    }
}
