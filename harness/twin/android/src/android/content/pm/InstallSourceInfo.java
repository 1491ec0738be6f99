package android.content.pm;

public final class InstallSourceInfo {
    private final String installer;

    InstallSourceInfo(String installer) {
        this.installer = installer;
    }

    public String getInitiatingPackageName() {
        return installer;
    }

    public String getOriginatingPackageName() {
        return null;
    }

    public String getInstallingPackageName() {
        return installer;
    }
}
