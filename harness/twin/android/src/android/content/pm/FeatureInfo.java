package android.content.pm;

public class FeatureInfo {
    public static final int FLAG_REQUIRED = 1;

    public String name;
    public int version;
    public int reqGlEsVersion;
    public int flags;

    public FeatureInfo() {}
}
