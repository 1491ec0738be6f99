package android.content.pm;

import android.os.Parcel;
import android.os.Parcelable;

public class PackageInfo implements Parcelable {
    public static final int REQUESTED_PERMISSION_GRANTED = 2;
    public static final int INSTALL_LOCATION_UNSPECIFIED = -1;
    public static final int INSTALL_LOCATION_AUTO = 0;

    public static final Parcelable.Creator<PackageInfo> CREATOR = new Parcelable.Creator<PackageInfo>() {
        @Override
        public PackageInfo createFromParcel(Parcel source) {
            PackageInfo info = new PackageInfo();
            info.packageName = source.readString();
            info.versionName = source.readString();
            info.setLongVersionCode(source.readLong());
            return info;
        }

        @Override
        public PackageInfo[] newArray(int size) {
            return new PackageInfo[size];
        }
    };

    public String packageName;
    public String[] splitNames;
    @Deprecated
    public int versionCode;
    public String versionName;
    public String sharedUserId;
    public int sharedUserLabel;
    public ApplicationInfo applicationInfo;
    public long firstInstallTime;
    public long lastUpdateTime;
    public ActivityInfo[] activities;
    public ActivityInfo[] receivers;
    public ServiceInfo[] services;
    public ProviderInfo[] providers;
    public PermissionInfo[] permissions;
    public String[] requestedPermissions;
    public int[] requestedPermissionsFlags;
    @Deprecated
    public Signature[] signatures;
    public SigningInfo signingInfo;
    public FeatureInfo[] reqFeatures;
    public int installLocation = INSTALL_LOCATION_UNSPECIFIED;

    private long longVersionCode;

    public PackageInfo() {}

    public long getLongVersionCode() {
        return longVersionCode;
    }

    public void setLongVersionCode(long longVersionCode) {
        this.longVersionCode = longVersionCode;
        versionCode = (int) longVersionCode;
    }

    @Override
    public String toString() {
        return "PackageInfo{" + Integer.toHexString(System.identityHashCode(this)) + " " + packageName + "}";
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel dest, int parcelableFlags) {
        dest.writeString(packageName);
        dest.writeString(versionName);
        dest.writeLong(longVersionCode);
    }
}
