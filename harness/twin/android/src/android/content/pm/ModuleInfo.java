package android.content.pm;

public final class ModuleInfo {
    private final String packageName;
    private final CharSequence name;

    ModuleInfo(String packageName, CharSequence name) {
        this.packageName = packageName;
        this.name = name;
    }

    public String getPackageName() {
        return packageName;
    }

    public CharSequence getName() {
        return name;
    }

    public boolean isHidden() {
        return false;
    }
}
