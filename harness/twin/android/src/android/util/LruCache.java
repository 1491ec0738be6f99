package android.util;

import java.util.LinkedHashMap;
import java.util.Map;

public class LruCache<K, V> {
    private final LinkedHashMap<K, V> map = new LinkedHashMap<>(16, 0.75f, true);
    private final int max;
    private int size;

    public LruCache(int maxSize) {
        if (maxSize <= 0) throw new IllegalArgumentException("maxSize <= 0");
        max = maxSize;
    }

    public final synchronized V get(K key) {
        return map.get(key);
    }

    public final V put(K key, V value) {
        V before;
        synchronized (this) {
            before = map.put(key, value);
            size += sizeOf(key, value) - (before == null ? 0 : sizeOf(key, before));
        }
        if (before != null) entryRemoved(false, key, before, value);
        trimToSize(max);
        return before;
    }

    public final V remove(K key) {
        V before;
        synchronized (this) {
            before = map.remove(key);
            if (before != null) size -= sizeOf(key, before);
        }
        if (before != null) entryRemoved(false, key, before, null);
        return before;
    }

    public void trimToSize(int maxSize) {
        while (true) {
            K key;
            V value;
            synchronized (this) {
                if (size <= maxSize || map.isEmpty()) return;
                Map.Entry<K, V> oldest = map.entrySet().iterator().next();
                key = oldest.getKey();
                value = oldest.getValue();
                map.remove(key);
                size -= sizeOf(key, value);
            }
            entryRemoved(true, key, value, null);
        }
    }

    protected void entryRemoved(boolean evicted, K key, V oldValue, V newValue) {}

    protected int sizeOf(K key, V value) {
        return 1;
    }

    public final void evictAll() {
        trimToSize(-1);
    }

    public final synchronized int size() {
        return size;
    }

    public final int maxSize() {
        return max;
    }
}
