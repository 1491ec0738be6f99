package android.content.pm;

public class ServiceInfo extends ComponentInfo {
    public static final int FLAG_STOP_WITH_TASK = 1;
    public static final int FLAG_ISOLATED_PROCESS = 2;

    public String permission;
    public int flags;

    public ServiceInfo() {}

    public ServiceInfo(ServiceInfo orig) {
        super(orig);
        permission = orig.permission;
        flags = orig.flags;
    }

    @Override
    public String toString() {
        return "ServiceInfo{" + packageName + "/" + name + "}";
    }
}
