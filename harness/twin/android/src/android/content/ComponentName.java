package android.content;

import android.os.Parcel;
import android.os.Parcelable;

public final class ComponentName implements Parcelable, Cloneable, Comparable<ComponentName> {
    private final String mPackage;
    private final String mClass;

    public ComponentName(String pkg, String cls) {
        if (pkg == null) throw new NullPointerException("package name is null");
        if (cls == null) throw new NullPointerException("class name is null");
        mPackage = pkg;
        mClass = cls;
    }

    public ComponentName(Context pkg, String cls) {
        this(pkg.getPackageName(), cls);
    }

    public ComponentName(Context pkg, Class<?> cls) {
        this(pkg.getPackageName(), cls.getName());
    }

    public String getPackageName() {
        return mPackage;
    }

    public String getClassName() {
        return mClass;
    }

    public String getShortClassName() {
        return mClass.startsWith(mPackage + ".") ? mClass.substring(mPackage.length()) : mClass;
    }

    public String flattenToString() {
        return mPackage + "/" + mClass;
    }

    public String flattenToShortString() {
        return mPackage + "/" + getShortClassName();
    }

    public static ComponentName unflattenFromString(String str) {
        int slash = str.indexOf('/');
        if (slash < 0 || slash + 1 >= str.length()) return null;
        String pkg = str.substring(0, slash);
        String cls = str.substring(slash + 1);
        return new ComponentName(pkg, cls.startsWith(".") ? pkg + cls : cls);
    }

    @Override
    public ComponentName clone() {
        return new ComponentName(mPackage, mClass);
    }

    @Override
    public int compareTo(ComponentName that) {
        int order = mPackage.compareTo(that.mPackage);
        return order != 0 ? order : mClass.compareTo(that.mClass);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ComponentName && compareTo((ComponentName) other) == 0;
    }

    @Override
    public int hashCode() {
        return mPackage.hashCode() + mClass.hashCode();
    }

    @Override
    public String toString() {
        return "ComponentInfo{" + mPackage + "/" + mClass + "}";
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        out.writeString(mPackage);
        out.writeString(mClass);
    }

    public static final Parcelable.Creator<ComponentName> CREATOR = new Parcelable.Creator<ComponentName>() {
        @Override
        public ComponentName createFromParcel(Parcel in) {
            return new ComponentName(in.readString(), in.readString());
        }

        @Override
        public ComponentName[] newArray(int size) {
            return new ComponentName[size];
        }
    };
}
