package android.util;

import java.util.ArrayList;
import java.util.TreeMap;

public class SparseArray<E> implements Cloneable {
    private final TreeMap<Integer, E> map = new TreeMap<>();

    public SparseArray() {}

    public SparseArray(int initialCapacity) {}

    public E get(int key) {
        return map.get(key);
    }

    public E get(int key, E valueIfKeyNotFound) {
        return map.containsKey(key) ? map.get(key) : valueIfKeyNotFound;
    }

    public boolean contains(int key) {
        return map.containsKey(key);
    }

    public void put(int key, E value) {
        map.put(key, value);
    }

    public void append(int key, E value) {
        map.put(key, value);
    }

    public void delete(int key) {
        map.remove(key);
    }

    public void remove(int key) {
        map.remove(key);
    }

    public int size() {
        return map.size();
    }

    public int keyAt(int index) {
        return new ArrayList<>(map.keySet()).get(index);
    }

    public E valueAt(int index) {
        return new ArrayList<>(map.values()).get(index);
    }

    public int indexOfKey(int key) {
        return map.containsKey(key) ? map.headMap(key).size() : ~map.headMap(key).size();
    }

    public void clear() {
        map.clear();
    }
}
