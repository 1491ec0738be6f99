package android.content;

import android.os.Parcel;
import android.os.Parcelable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

public final class ContentValues implements Parcelable {
    public static final String TAG = "ContentValues";

    public static final Parcelable.Creator<ContentValues> CREATOR = new Parcelable.Creator<ContentValues>() {
        @Override
        public ContentValues createFromParcel(Parcel in) {
            ContentValues values = new ContentValues();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                String key = in.readString();
                values.map.put(key, in.readValue(null));
            }
            return values;
        }

        @Override
        public ContentValues[] newArray(int size) {
            return new ContentValues[size];
        }
    };

    private final Map<String, Object> map;

    public ContentValues() {
        map = new LinkedHashMap<>();
    }

    public ContentValues(int size) {
        map = new LinkedHashMap<>(size);
    }

    public ContentValues(ContentValues from) {
        map = new LinkedHashMap<>(from.map);
    }

    public void put(String key, String value) {
        map.put(key, value);
    }

    public void put(String key, Byte value) {
        map.put(key, value);
    }

    public void put(String key, Short value) {
        map.put(key, value);
    }

    public void put(String key, Integer value) {
        map.put(key, value);
    }

    public void put(String key, Long value) {
        map.put(key, value);
    }

    public void put(String key, Float value) {
        map.put(key, value);
    }

    public void put(String key, Double value) {
        map.put(key, value);
    }

    public void put(String key, Boolean value) {
        map.put(key, value);
    }

    public void put(String key, byte[] value) {
        map.put(key, value);
    }

    public void putNull(String key) {
        map.put(key, null);
    }

    public void putAll(ContentValues other) {
        map.putAll(other.map);
    }

    public int size() {
        return map.size();
    }

    public boolean isEmpty() {
        return map.isEmpty();
    }

    public void remove(String key) {
        map.remove(key);
    }

    public void clear() {
        map.clear();
    }

    public boolean containsKey(String key) {
        return map.containsKey(key);
    }

    public Object get(String key) {
        return map.get(key);
    }

    public String getAsString(String key) {
        Object value = map.get(key);
        return value == null ? null : value.toString();
    }

    public Long getAsLong(String key) {
        Number value = number(key);
        return value == null ? null : value.longValue();
    }

    public Integer getAsInteger(String key) {
        Number value = number(key);
        return value == null ? null : value.intValue();
    }

    public Short getAsShort(String key) {
        Number value = number(key);
        return value == null ? null : value.shortValue();
    }

    public Byte getAsByte(String key) {
        Number value = number(key);
        return value == null ? null : value.byteValue();
    }

    public Double getAsDouble(String key) {
        Number value = number(key);
        return value == null ? null : value.doubleValue();
    }

    public Float getAsFloat(String key) {
        Number value = number(key);
        return value == null ? null : value.floatValue();
    }

    public Boolean getAsBoolean(String key) {
        Object value = map.get(key);
        if (value instanceof Boolean) return (Boolean) value;
        if (value instanceof CharSequence) return Boolean.valueOf(value.toString()) || "1".equals(value.toString());
        return value instanceof Number ? ((Number) value).intValue() != 0 : null;
    }

    public byte[] getAsByteArray(String key) {
        Object value = map.get(key);
        return value instanceof byte[] ? (byte[]) value : null;
    }

    public Set<Map.Entry<String, Object>> valueSet() {
        return map.entrySet();
    }

    public Set<String> keySet() {
        return map.keySet();
    }

    private Number number(String key) {
        Object value = map.get(key);
        if (value instanceof Number) return (Number) value;
        if (!(value instanceof CharSequence)) return null;
        try {
            return new java.math.BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof ContentValues && map.equals(((ContentValues) object).map);
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String key : map.keySet()) text.append(text.length() == 0 ? "" : " ").append(key).append('=').append(getAsString(key));
        return text.toString();
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel parcel, int flags) {
        parcel.writeInt(map.size());
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            parcel.writeString(entry.getKey());
            parcel.writeValue(entry.getValue());
        }
    }
}
