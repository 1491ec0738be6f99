package org.json;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

public class JSONObject {
    public static final Object NULL = new Object() {
        @Override
        public boolean equals(Object o) {
            return o == this || o == null;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return "null";
        }
    };

    private final LinkedHashMap<String, Object> values = new LinkedHashMap<>();

    public JSONObject() {}

    public JSONObject(Map copyFrom) {
        for (Object entry : copyFrom.entrySet()) {
            Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
            if (pair.getKey() == null) throw new NullPointerException("key == null");
            values.put((String) pair.getKey(), Values.wrap(pair.getValue()));
        }
    }

    public JSONObject(JSONTokener readFrom) throws JSONException {
        Object object = readFrom.nextValue();
        if (!(object instanceof JSONObject)) throw Values.mismatch("", object, "JSONObject");
        values.putAll(((JSONObject) object).values);
    }

    public JSONObject(String json) throws JSONException {
        this(new JSONTokener(json));
    }

    public int length() {
        return values.size();
    }

    public JSONObject put(String name, boolean value) throws JSONException {
        values.put(named(name), value);
        return this;
    }

    public JSONObject put(String name, double value) throws JSONException {
        values.put(named(name), Values.check(value));
        return this;
    }

    public JSONObject put(String name, int value) throws JSONException {
        values.put(named(name), value);
        return this;
    }

    public JSONObject put(String name, long value) throws JSONException {
        values.put(named(name), value);
        return this;
    }

    /** A null value takes the name away. */
    public JSONObject put(String name, Object value) throws JSONException {
        if (value == null) values.remove(name);
        else values.put(named(name), Values.check(value));
        return this;
    }

    public JSONObject putOpt(String name, Object value) throws JSONException {
        return name == null || value == null ? this : put(name, value);
    }

    private static String named(String name) throws JSONException {
        if (name == null) throw new JSONException("Names must be non-null");
        return name;
    }

    public Object remove(String name) {
        return values.remove(name);
    }

    public boolean isNull(String name) {
        Object value = values.get(name);
        return value == null || value == NULL;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Object get(String name) throws JSONException {
        Object value = values.get(name);
        if (value == null) throw new JSONException("No value for " + name);
        return value;
    }

    public Object opt(String name) {
        return values.get(name);
    }

    private <T> T need(String name, T converted, String type) throws JSONException {
        if (converted == null) throw Values.mismatch(name, get(name), type);
        return converted;
    }

    public boolean getBoolean(String name) throws JSONException {
        return need(name, Values.toBoolean(get(name)), "boolean");
    }

    public double getDouble(String name) throws JSONException {
        return need(name, Values.toDouble(get(name)), "double");
    }

    public int getInt(String name) throws JSONException {
        return need(name, Values.toLong(get(name)), "int").intValue();
    }

    public long getLong(String name) throws JSONException {
        return need(name, Values.toLong(get(name)), "long");
    }

    public String getString(String name) throws JSONException {
        return need(name, Values.toText(get(name)), "String");
    }

    public JSONArray getJSONArray(String name) throws JSONException {
        return need(name, optJSONArray(name), "JSONArray");
    }

    public JSONObject getJSONObject(String name) throws JSONException {
        return need(name, optJSONObject(name), "JSONObject");
    }

    public boolean optBoolean(String name) {
        return optBoolean(name, false);
    }

    public boolean optBoolean(String name, boolean fallback) {
        Boolean value = Values.toBoolean(opt(name));
        return value == null ? fallback : value;
    }

    public double optDouble(String name) {
        return optDouble(name, Double.NaN);
    }

    public double optDouble(String name, double fallback) {
        Double value = Values.toDouble(opt(name));
        return value == null ? fallback : value;
    }

    public int optInt(String name) {
        return optInt(name, 0);
    }

    public int optInt(String name, int fallback) {
        Long value = Values.toLong(opt(name));
        return value == null ? fallback : value.intValue();
    }

    public long optLong(String name) {
        return optLong(name, 0);
    }

    public long optLong(String name, long fallback) {
        Long value = Values.toLong(opt(name));
        return value == null ? fallback : value;
    }

    public String optString(String name) {
        return optString(name, "");
    }

    public String optString(String name, String fallback) {
        String value = Values.toText(opt(name));
        return value == null ? fallback : value;
    }

    public JSONArray optJSONArray(String name) {
        Object value = opt(name);
        return value instanceof JSONArray ? (JSONArray) value : null;
    }

    public JSONObject optJSONObject(String name) {
        Object value = opt(name);
        return value instanceof JSONObject ? (JSONObject) value : null;
    }

    public Iterator<String> keys() {
        return values.keySet().iterator();
    }


    public JSONArray names() {
        return values.isEmpty() ? null : new JSONArray(values.keySet());
    }

    public JSONObject accumulate(String name, Object value) throws JSONException {
        Object current = values.get(named(name));
        if (current == null) return put(name, value);
        if (current instanceof JSONArray) {
            ((JSONArray) current).put(value);
        } else {
            values.put(name, new JSONArray().put(current).put(value));
        }
        return this;
    }

    public static String numberToString(Number number) throws JSONException {
        if (number == null) throw new JSONException("Number must be non-null");
        double value = number.doubleValue();
        Values.check(number);
        if (number.equals(-0d)) return "-0";
        long whole = number.longValue();
        return value == (double) whole ? Long.toString(whole) : number.toString();
    }

    public static String quote(String data) {
        StringBuilder out = new StringBuilder();
        Values.quote(data == null ? "" : data, out);
        return out.toString();
    }

    public static Object wrap(Object o) {
        return Values.wrap(o);
    }

    void write(StringBuilder out, int indent, int depth) throws JSONException {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (!first) out.append(',');
            first = false;
            Values.line(out, indent, depth + 1);
            Values.quote(entry.getKey(), out);
            out.append(indent > 0 ? ": " : ":");
            Values.write(entry.getValue(), out, indent, depth + 1);
        }
        if (!first) Values.line(out, indent, depth);
        out.append('}');
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
}
