package org.json;

import java.util.Collection;
import java.util.Map;

/** How values become text, and one kind becomes another where Android's classes are lenient. */
final class Values {
    private Values() {}

    static Object check(Object value) throws JSONException {
        if (value instanceof Number) {
            double number = ((Number) value).doubleValue();
            if (Double.isInfinite(number) || Double.isNaN(number)) throw new JSONException("Forbidden numeric value: " + value);
        }
        return value;
    }

    static Object wrap(Object value) {
        if (value == null) return JSONObject.NULL;
        if (value instanceof Collection) return new JSONArray((Collection<?>) value);
        if (value instanceof Map) return new JSONObject((Map<?, ?>) value);
        if (value instanceof Object[]) return new JSONArray(java.util.Arrays.asList((Object[]) value));
        return value;
    }

    static Boolean toBoolean(Object value) {
        if (value instanceof Boolean) return (Boolean) value;
        if (value instanceof String) {
            if ("true".equalsIgnoreCase((String) value)) return true;
            if ("false".equalsIgnoreCase((String) value)) return false;
        }
        return null;
    }

    static Double toDouble(Object value) {
        if (value instanceof Number) return ((Number) value).doubleValue();
        if (value instanceof String) {
            try {
                return Double.valueOf((String) value);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    static Long toLong(Object value) {
        if (value instanceof Number) return ((Number) value).longValue();
        Double number = toDouble(value);
        if (number == null) return null;
        try {
            return Long.valueOf((String) value);
        } catch (NumberFormatException e) {
            return number.longValue();
        }
    }

    static String toText(Object value) {
        if (value instanceof String) return (String) value;
        return value == null ? null : String.valueOf(value);
    }

    static JSONException mismatch(Object key, Object value, String type) {
        if (value == null) return new JSONException("Value at " + key + " is null.");
        return new JSONException("Value " + value + " at " + key + " of type " + value.getClass().getName()
                + " cannot be converted to " + type);
    }

    static void write(Object value, StringBuilder out, int indent, int depth) throws JSONException {
        if (value == null || value == JSONObject.NULL) {
            out.append("null");
        } else if (value instanceof JSONObject) {
            ((JSONObject) value).write(out, indent, depth);
        } else if (value instanceof JSONArray) {
            ((JSONArray) value).write(out, indent, depth);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number) {
            out.append(JSONObject.numberToString((Number) value));
        } else {
            quote(value.toString(), out);
        }
    }

    static void line(StringBuilder out, int indent, int depth) {
        if (indent > 0) out.append('\n').append(" ".repeat(indent * depth));
    }

    static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"': case '\\': case '/': out.append('\\').append(c); break;
                case '\t': out.append("\\t"); break;
                case '\b': out.append("\\b"); break;
                case '\n': out.append("\\n"); break;
                case '\r': out.append("\\r"); break;
                case '\f': out.append("\\f"); break;
                default:
                    if (c <= 0x1f) out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
            }
        }
        out.append('"');
    }
}
