package android.os;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

public final class Bundle extends BaseBundle implements Cloneable, Parcelable {
    public static final Bundle EMPTY = new Bundle();

    public Bundle() {}

    public Bundle(int capacity) {}

    public Bundle(Bundle other) {
        if (other != null) mMap.putAll(other.mMap);
    }

    public void putAll(Bundle bundle) {
        mMap.putAll(bundle.mMap);
    }

    public void setClassLoader(ClassLoader loader) {}

    public ClassLoader getClassLoader() {
        return Bundle.class.getClassLoader();
    }

    public void putByte(String key, byte value) {
        mMap.put(key, value);
    }

    public void putFloat(String key, float value) {
        mMap.put(key, value);
    }

    public void putCharSequence(String key, CharSequence value) {
        mMap.put(key, value);
    }

    public void putParcelable(String key, Parcelable value) {
        mMap.put(key, value);
    }

    public void putParcelableArrayList(String key, ArrayList<? extends Parcelable> value) {
        mMap.put(key, value);
    }

    public void putIntegerArrayList(String key, ArrayList<Integer> value) {
        mMap.put(key, value);
    }

    public void putStringArrayList(String key, ArrayList<String> value) {
        mMap.put(key, value);
    }

    public void putSerializable(String key, Serializable value) {
        mMap.put(key, value);
    }

    public void putByteArray(String key, byte[] value) {
        mMap.put(key, value);
    }

    public void putChar(String key, char value) {
        mMap.put(key, value);
    }

    public void putShort(String key, short value) {
        mMap.put(key, value);
    }

    public void putFloatArray(String key, float[] value) {
        mMap.put(key, value);
    }

    public void putCharSequenceArray(String key, CharSequence[] value) {
        mMap.put(key, value);
    }

    public void putParcelableArray(String key, Parcelable[] value) {
        mMap.put(key, value);
    }

    public void putBundle(String key, Bundle value) {
        mMap.put(key, value);
    }

    public float getFloat(String key) {
        return getFloat(key, 0f);
    }

    public float getFloat(String key, float defaultValue) {
        return typed(key, Float.class, defaultValue);
    }

    public CharSequence getCharSequence(String key) {
        return typed(key, CharSequence.class, null);
    }

    public CharSequence getCharSequence(String key, CharSequence defaultValue) {
        return typed(key, CharSequence.class, defaultValue);
    }

    public Bundle getBundle(String key) {
        return typed(key, Bundle.class, null);
    }

    @SuppressWarnings("unchecked")
    public <T extends Parcelable> T getParcelable(String key) {
        return (T) typed(key, Parcelable.class, null);
    }

    public <T> T getParcelable(String key, Class<T> clazz) {
        return typed(key, clazz, null);
    }

    @SuppressWarnings("unchecked")
    public <T extends Parcelable> ArrayList<T> getParcelableArrayList(String key) {
        return (ArrayList<T>) typed(key, ArrayList.class, null);
    }

    @SuppressWarnings("unchecked")
    public ArrayList<Integer> getIntegerArrayList(String key) {
        return (ArrayList<Integer>) typed(key, ArrayList.class, null);
    }

    @SuppressWarnings("unchecked")
    public ArrayList<String> getStringArrayList(String key) {
        return (ArrayList<String>) typed(key, ArrayList.class, null);
    }

    public Serializable getSerializable(String key) {
        return typed(key, Serializable.class, null);
    }

    public <T extends Serializable> T getSerializable(String key, Class<T> clazz) {
        return typed(key, clazz, null);
    }

    public byte[] getByteArray(String key) {
        return typed(key, byte[].class, null);
    }

    public char getChar(String key) {
        return typed(key, Character.class, (char) 0);
    }

    public short getShort(String key) {
        return typed(key, Short.class, (short) 0);
    }

    public byte getByte(String key) {
        return typed(key, Byte.class, (byte) 0);
    }

    public float[] getFloatArray(String key) {
        return typed(key, float[].class, null);
    }

    public CharSequence[] getCharSequenceArray(String key) {
        return typed(key, CharSequence[].class, null);
    }

    public Parcelable[] getParcelableArray(String key) {
        return typed(key, Parcelable[].class, null);
    }

    public Bundle deepCopy() {
        return fromWire(toWire());
    }

    /** The bundle as JSON that {@link #fromWire} reads back with the same types. */
    public Map<String, Object> toWire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : mMap.entrySet()) wire.put(entry.getKey(), Wire.encode(entry.getValue()));
        return wire;
    }

    public static Bundle fromWire(Map<?, ?> wire) {
        Bundle bundle = new Bundle();
        if (wire != null) {
            for (Map.Entry<?, ?> entry : wire.entrySet()) {
                bundle.mMap.put((String) entry.getKey(), Wire.decode(entry.getValue()));
            }
        }
        return bundle;
    }

    @Override
    public Object clone() {
        return new Bundle(this);
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel dest, int flags) {
        dest.writeBundle(this);
    }

    public static final Parcelable.Creator<Bundle> CREATOR = new Parcelable.Creator<Bundle>() {
        @Override
        public Bundle createFromParcel(Parcel in) {
            return in.readBundle();
        }

        @Override
        public Bundle[] newArray(int size) {
            return new Bundle[size];
        }
    };

    @Override
    public String toString() {
        return "Bundle[" + mMap + "]";
    }
}
