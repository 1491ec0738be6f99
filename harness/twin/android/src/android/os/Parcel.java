package android.os;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A flat list of values. On the twin it crosses processes as JSON, not as Android's bytes. */
public final class Parcel {
    private final List<Object> items;
    private int at;

    private Parcel(List<Object> items) {
        this.items = items;
    }

    public static Parcel obtain() {
        return new Parcel(new ArrayList<>());
    }

    static Parcel of(List<?> items) {
        return new Parcel(new ArrayList<>(items));
    }

    List<Object> items() {
        return items;
    }

    public void recycle() {}

    public int dataSize() {
        return items.size();
    }

    public int dataPosition() {
        return at;
    }

    public void setDataPosition(int position) {
        at = position;
    }

    public void writeInt(int value) {
        items.add(value);
    }

    public void writeLong(long value) {
        items.add(value);
    }

    public void writeFloat(float value) {
        items.add((double) value);
    }

    public void writeDouble(double value) {
        items.add(value);
    }

    public void writeString(String value) {
        items.add(value);
    }

    public void writeByte(byte value) {
        items.add((int) value);
    }

    public void writeBoolean(boolean value) {
        items.add(value);
    }

    public void writeByteArray(byte[] value) {
        items.add(Wire.encode(value));
    }

    public void writeStringArray(String[] value) {
        items.add(Wire.encode(value));
    }

    public void writeStringList(List<String> value) {
        items.add(Wire.encode(value));
    }

    public void writeList(List<?> value) {
        items.add(Wire.encode(value));
    }

    public void writeBundle(Bundle value) {
        items.add(Wire.encode(value));
    }

    public void writeValue(Object value) {
        items.add(Wire.encode(value));
    }

    public void writeSerializable(Serializable value) {
        items.add(Wire.encode(value));
    }

    public void writeParcelable(Parcelable value, int flags) {
        items.add(Wire.encode(value));
    }

    public <T extends Parcelable> void writeTypedList(List<T> value) {
        items.add(Wire.encode(value));
    }

    public int readInt() {
        return number().intValue();
    }

    public long readLong() {
        return number().longValue();
    }

    public float readFloat() {
        return number().floatValue();
    }

    public double readDouble() {
        return number().doubleValue();
    }

    public byte readByte() {
        return number().byteValue();
    }

    public boolean readBoolean() {
        return Boolean.TRUE.equals(next());
    }

    public String readString() {
        return (String) next();
    }

    public byte[] createByteArray() {
        return (byte[]) Wire.decode(next());
    }

    public String[] createStringArray() {
        return (String[]) Wire.decode(next());
    }

    @SuppressWarnings("unchecked")
    public ArrayList<String> createStringArrayList() {
        return (ArrayList<String>) Wire.decode(next());
    }

    @SuppressWarnings("unchecked")
    public <T> ArrayList<T> createTypedArrayList(Parcelable.Creator<T> creator) {
        return (ArrayList<T>) Wire.decode(next());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public void readList(List out, ClassLoader loader) {
        out.addAll((List<?>) Wire.decode(next()));
    }

    public Bundle readBundle() {
        return (Bundle) Wire.decode(next());
    }

    public Bundle readBundle(ClassLoader loader) {
        return readBundle();
    }

    public Object readValue(ClassLoader loader) {
        return Wire.decode(next());
    }

    public Serializable readSerializable() {
        return (Serializable) Wire.decode(next());
    }

    @SuppressWarnings("unchecked")
    public <T extends Parcelable> T readParcelable(ClassLoader loader) {
        return (T) Wire.decode(next());
    }

    private Number number() {
        Object value = next();
        return value instanceof Number ? (Number) value : 0;
    }

    private Object next() {
        return at < items.size() ? items.get(at++) : null;
    }

    @Override
    public String toString() {
        return Arrays.toString(items.toArray());
    }
}
