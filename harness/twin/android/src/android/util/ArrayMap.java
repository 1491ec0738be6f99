package android.util;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map in Android's clothes; here it keeps the order of insertion. */
public final class ArrayMap<K, V> extends LinkedHashMap<K, V> {
    public ArrayMap() {}

    public ArrayMap(int capacity) {
        super(Math.max(1, capacity));
    }

    public ArrayMap(ArrayMap<K, V> map) {
        super(map);
    }

    public K keyAt(int index) {
        return new ArrayList<>(keySet()).get(index);
    }

    public V valueAt(int index) {
        return new ArrayList<Map.Entry<K, V>>(entrySet()).get(index).getValue();
    }
}
