package android.os;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

public class BaseBundle {
    final Map<String, Object> mMap = new LinkedHashMap<>();

    BaseBundle() {}

    public int size() {
        return mMap.size();
    }

    public boolean isEmpty() {
        return mMap.isEmpty();
    }

    public void clear() {
        mMap.clear();
    }

    public boolean containsKey(String key) {
        return mMap.containsKey(key);
    }

    public Object get(String key) {
        return mMap.get(key);
    }

    public void remove(String key) {
        mMap.remove(key);
    }

    public Set<String> keySet() {
        return mMap.keySet();
    }

    public void putBoolean(String key, boolean value) {
        mMap.put(key, value);
    }

    public void putInt(String key, int value) {
        mMap.put(key, value);
    }

    public void putLong(String key, long value) {
        mMap.put(key, value);
    }

    public void putDouble(String key, double value) {
        mMap.put(key, value);
    }

    public void putString(String key, String value) {
        mMap.put(key, value);
    }

    public void putIntArray(String key, int[] value) {
        mMap.put(key, value);
    }

    public void putStringArray(String key, String[] value) {
        mMap.put(key, value);
    }

    public void putBooleanArray(String key, boolean[] value) {
        mMap.put(key, value);
    }

    public void putLongArray(String key, long[] value) {
        mMap.put(key, value);
    }

    public void putDoubleArray(String key, double[] value) {
        mMap.put(key, value);
    }

    public boolean getBoolean(String key) {
        return getBoolean(key, false);
    }

    public boolean getBoolean(String key, boolean defaultValue) {
        return typed(key, Boolean.class, defaultValue);
    }

    public int getInt(String key) {
        return getInt(key, 0);
    }

    public int getInt(String key, int defaultValue) {
        return typed(key, Integer.class, defaultValue);
    }

    public long getLong(String key) {
        return getLong(key, 0L);
    }

    public long getLong(String key, long defaultValue) {
        return typed(key, Long.class, defaultValue);
    }

    public double getDouble(String key) {
        return getDouble(key, 0.0);
    }

    public double getDouble(String key, double defaultValue) {
        return typed(key, Double.class, defaultValue);
    }

    public String getString(String key) {
        return getString(key, null);
    }

    public String getString(String key, String defaultValue) {
        return typed(key, String.class, defaultValue);
    }

    public int[] getIntArray(String key) {
        return typed(key, int[].class, null);
    }

    public String[] getStringArray(String key) {
        return typed(key, String[].class, null);
    }

    public boolean[] getBooleanArray(String key) {
        return typed(key, boolean[].class, null);
    }

    public long[] getLongArray(String key) {
        return typed(key, long[].class, null);
    }

    public double[] getDoubleArray(String key) {
        return typed(key, double[].class, null);
    }

    /** A value of another type counts as absent, as on Android (which also writes a warning). */
    <T> T typed(String key, Class<T> type, T fallback) {
        Object value = mMap.get(key);
        if (value == null) return fallback;
        if (type.isInstance(value)) return type.cast(value);
        twin.Binder.log("W", "Bundle", "Key " + key + " expected " + type.getSimpleName() + " but value was a "
                + value.getClass().getName() + ".  The default value " + fallback + " was returned.");
        return fallback;
    }
}
