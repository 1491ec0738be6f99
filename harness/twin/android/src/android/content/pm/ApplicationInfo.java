package android.content.pm;

import android.os.Parcel;
import android.os.Parcelable;

public class ApplicationInfo extends PackageItemInfo implements Parcelable {
    public static final int FLAG_SYSTEM = 1;
    public static final int FLAG_DEBUGGABLE = 2;
    public static final int FLAG_HAS_CODE = 4;
    public static final int FLAG_PERSISTENT = 8;
    public static final int FLAG_ALLOW_CLEAR_USER_DATA = 64;
    public static final int FLAG_UPDATED_SYSTEM_APP = 128;
    public static final int FLAG_TEST_ONLY = 256;
    public static final int FLAG_ALLOW_BACKUP = 1 << 15;
    public static final int FLAG_EXTERNAL_STORAGE = 1 << 18;
    public static final int FLAG_LARGE_HEAP = 1 << 20;
    public static final int FLAG_STOPPED = 1 << 21;
    public static final int FLAG_INSTALLED = 1 << 23;
    public static final int CATEGORY_UNDEFINED = -1;

    public static final Parcelable.Creator<ApplicationInfo> CREATOR = new Parcelable.Creator<ApplicationInfo>() {
        @Override
        public ApplicationInfo createFromParcel(Parcel source) {
            ApplicationInfo info = new ApplicationInfo();
            info.packageName = source.readString();
            info.uid = source.readInt();
            info.flags = source.readInt();
            return info;
        }

        @Override
        public ApplicationInfo[] newArray(int size) {
            return new ApplicationInfo[size];
        }
    };

    public String taskAffinity;
    public String permission;
    public String processName;
    public String className;
    public int theme;
    public int flags;
    public String sourceDir;
    public String publicSourceDir;
    public String[] splitSourceDirs;
    public String dataDir;
    public String deviceProtectedDataDir;
    public String nativeLibraryDir;
    public int uid;
    public int minSdkVersion;
    public int targetSdkVersion;
    public int category = CATEGORY_UNDEFINED;
    public boolean enabled = true;

    public ApplicationInfo() {}

    public ApplicationInfo(ApplicationInfo orig) {
        super(orig);
        taskAffinity = orig.taskAffinity;
        permission = orig.permission;
        processName = orig.processName;
        className = orig.className;
        theme = orig.theme;
        flags = orig.flags;
        sourceDir = orig.sourceDir;
        publicSourceDir = orig.publicSourceDir;
        splitSourceDirs = orig.splitSourceDirs;
        dataDir = orig.dataDir;
        nativeLibraryDir = orig.nativeLibraryDir;
        uid = orig.uid;
        minSdkVersion = orig.minSdkVersion;
        targetSdkVersion = orig.targetSdkVersion;
        enabled = orig.enabled;
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel dest, int parcelableFlags) {
        dest.writeString(packageName);
        dest.writeInt(uid);
        dest.writeInt(flags);
    }

    @Override
    public String toString() {
        return "ApplicationInfo{" + Integer.toHexString(System.identityHashCode(this)) + " " + packageName + "}";
    }
}
