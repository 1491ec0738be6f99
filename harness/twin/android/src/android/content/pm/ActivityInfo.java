package android.content.pm;

public class ActivityInfo extends ComponentInfo {
    public static final int LAUNCH_MULTIPLE = 0;
    public static final int LAUNCH_SINGLE_TOP = 1;
    public static final int LAUNCH_SINGLE_TASK = 2;
    public static final int LAUNCH_SINGLE_INSTANCE = 3;
    public static final int SCREEN_ORIENTATION_UNSPECIFIED = -1;
    public static final int SCREEN_ORIENTATION_LANDSCAPE = 0;
    public static final int SCREEN_ORIENTATION_PORTRAIT = 1;

    public int launchMode;
    public int theme;
    public int flags;
    public int screenOrientation = SCREEN_ORIENTATION_UNSPECIFIED;
    public String permission;
    public String taskAffinity;
    public String targetActivity;

    public ActivityInfo() {}

    public ActivityInfo(ActivityInfo orig) {
        super(orig);
        launchMode = orig.launchMode;
        permission = orig.permission;
        targetActivity = orig.targetActivity;
    }

    @Override
    public String toString() {
        return "ActivityInfo{" + packageName + "/" + name + "}";
    }
}
