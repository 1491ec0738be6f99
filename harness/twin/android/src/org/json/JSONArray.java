package org.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

public class JSONArray {
    private final List<Object> values = new ArrayList<>();

    public JSONArray() {}

    public JSONArray(Collection copyFrom) {
        if (copyFrom != null) for (Object value : copyFrom) values.add(Values.wrap(value));
    }

    public JSONArray(Object array) throws JSONException {
        if (!array.getClass().isArray()) throw new JSONException("Not a primitive array: " + array.getClass());
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            put(Values.wrap(java.lang.reflect.Array.get(array, i)));
        }
    }

    public JSONArray(JSONTokener readFrom) throws JSONException {
        Object object = readFrom.nextValue();
        if (!(object instanceof JSONArray)) throw Values.mismatch("", object, "JSONArray");
        values.addAll(((JSONArray) object).values);
    }

    public JSONArray(String json) throws JSONException {
        this(new JSONTokener(json));
    }

    public int length() {
        return values.size();
    }

    public JSONArray put(boolean value) {
        values.add(value);
        return this;
    }

    public JSONArray put(double value) throws JSONException {
        values.add(Values.check(value));
        return this;
    }

    public JSONArray put(int value) {
        values.add(value);
        return this;
    }

    public JSONArray put(long value) {
        values.add(value);
        return this;
    }

    public JSONArray put(Object value) {
        values.add(value);
        return this;
    }

    public JSONArray put(int index, Object value) throws JSONException {
        while (values.size() <= index) values.add(null);
        values.set(index, Values.check(value));
        return this;
    }

    public boolean isNull(int index) {
        Object value = opt(index);
        return value == null || value == JSONObject.NULL;
    }

    public Object get(int index) throws JSONException {
        if (index < 0 || index >= values.size()) {
            throw new JSONException("Index " + index + " out of range [0.." + values.size() + ")");
        }
        Object value = values.get(index);
        if (value == null) throw new JSONException("Value at " + index + " is null.");
        return value;
    }

    public Object opt(int index) {
        return index < 0 || index >= values.size() ? null : values.get(index);
    }

    public Object remove(int index) {
        return index < 0 || index >= values.size() ? null : values.remove(index);
    }

    private <T> T need(int index, T converted, String type) throws JSONException {
        if (converted == null) throw Values.mismatch(index, get(index), type);
        return converted;
    }

    public boolean getBoolean(int index) throws JSONException {
        return need(index, Values.toBoolean(get(index)), "boolean");
    }

    public double getDouble(int index) throws JSONException {
        return need(index, Values.toDouble(get(index)), "double");
    }

    public int getInt(int index) throws JSONException {
        return need(index, Values.toLong(get(index)), "int").intValue();
    }

    public long getLong(int index) throws JSONException {
        return need(index, Values.toLong(get(index)), "long");
    }

    public String getString(int index) throws JSONException {
        return need(index, Values.toText(get(index)), "String");
    }

    public JSONArray getJSONArray(int index) throws JSONException {
        return need(index, optJSONArray(index), "JSONArray");
    }

    public JSONObject getJSONObject(int index) throws JSONException {
        return need(index, optJSONObject(index), "JSONObject");
    }

    public int optInt(int index) {
        Long value = Values.toLong(opt(index));
        return value == null ? 0 : value.intValue();
    }

    public String optString(int index) {
        return optString(index, "");
    }

    public String optString(int index, String fallback) {
        String value = Values.toText(opt(index));
        return value == null ? fallback : value;
    }

    public JSONArray optJSONArray(int index) {
        Object value = opt(index);
        return value instanceof JSONArray ? (JSONArray) value : null;
    }

    public JSONObject optJSONObject(int index) {
        Object value = opt(index);
        return value instanceof JSONObject ? (JSONObject) value : null;
    }

    public String join(String separator) throws JSONException {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) out.append(separator);
            Values.write(values.get(i), out, 0, 0);
        }
        return out.toString();
    }

    void write(StringBuilder out, int indent, int depth) throws JSONException {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) out.append(',');
            Values.line(out, indent, depth + 1);
            Values.write(values.get(i), out, indent, depth + 1);
        }
        if (!values.isEmpty()) Values.line(out, indent, depth);
        out.append(']');
    }

    public String toString(int indentSpaces) throws JSONException {
        StringBuilder out = new StringBuilder();
        write(out, indentSpaces, 0);
        return out.toString();
    }

    @Override
    public String toString() {
        try {
            return toString(0);
        } catch (JSONException e) {
            return null;
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof JSONArray && ((JSONArray) o).values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
