package android.os;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of bundles and parcels as JSON that keeps their Java types: plain ones as they are, others as {"$": type, "v": …}. */
final class Wire {
    private Wire() {}

    static Object encode(Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Integer
                || value instanceof Double) {
            return value;
        }
        if (value instanceof Bundle) return tagged("bundle", ((Bundle) value).toWire());
        if (value instanceof Parcelable) {
            Parcel parcel = Parcel.obtain();
            ((Parcelable) value).writeToParcel(parcel, 0);
            Map<String, Object> map = tagged("parcelable", parcel.items());
            map.put("class", value.getClass().getName());
            return map;
        }
        if (value instanceof Long) return tagged("long", value);
        if (value instanceof Float) return tagged("float", ((Float) value).doubleValue());
        if (value instanceof byte[]) return tagged("bytes", Base64.getEncoder().encodeToString((byte[]) value));
        if (value instanceof String[]) return tagged("strings", Arrays.asList((String[]) value));
        if (value instanceof int[]) return tagged("ints", Arrays.stream((int[]) value).boxed().toArray());
        if (value instanceof long[]) return tagged("longs", Arrays.stream((long[]) value).boxed().toArray());
        if (value instanceof double[]) return tagged("doubles", Arrays.stream((double[]) value).boxed().toArray());
        if (value instanceof List) {
            List<Object> items = new ArrayList<>();
            for (Object item : (List<?>) value) items.add(encode(item));
            return tagged("list", items);
        }
        if (value instanceof Parcelable[]) return tagged("parcelables", ((List<?>) ((Map<?, ?>) encode(
                Arrays.asList((Parcelable[]) value))).get("v")));
        if (value instanceof CharSequence) return value.toString();
        if (value instanceof Serializable) return tagged("java", serialize((Serializable) value));
        throw new RuntimeException("Parcel: unable to marshal value " + value);
    }

    static Object decode(Object wire) {
        if (wire instanceof Long) return (int) (long) (Long) wire == (Long) wire ? (Object) ((Long) wire).intValue() : wire;
        if (!(wire instanceof Map)) return wire;
        Map<?, ?> map = (Map<?, ?>) wire;
        Object value = map.get("v");
        switch (String.valueOf(map.get("$"))) {
            case "bundle": return Bundle.fromWire((Map<?, ?>) value);
            case "parcelable": return parcelable((String) map.get("class"), (List<?>) value);
            case "long": return ((Number) value).longValue();
            case "float": return ((Number) value).floatValue();
            case "bytes": return Base64.getDecoder().decode((String) value);
            case "strings": return ((List<?>) value).toArray(new String[0]);
            case "ints": return ((List<?>) value).stream().mapToInt(item -> ((Number) item).intValue()).toArray();
            case "longs": return ((List<?>) value).stream().mapToLong(item -> ((Number) item).longValue()).toArray();
            case "doubles": return ((List<?>) value).stream().mapToDouble(item -> ((Number) item).doubleValue()).toArray();
            case "list": return decodeAll((List<?>) value);
            case "parcelables": return decodeAll((List<?>) value).toArray(new Parcelable[0]);
            case "java": return deserialize((String) value);
            default: return wire;
        }
    }

    private static ArrayList<Object> decodeAll(List<?> wire) {
        ArrayList<Object> items = new ArrayList<>();
        for (Object item : wire) items.add(decode(item));
        return items;
    }

    private static Map<String, Object> tagged(String type, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("$", type);
        map.put("v", value);
        return map;
    }

    private static Object parcelable(String name, List<?> items) {
        try {
            Class<?> type = Class.forName(name);
            Parcelable.Creator<?> creator = (Parcelable.Creator<?>) type.getField("CREATOR").get(null);
            return creator.createFromParcel(Parcel.of(items));
        } catch (ReflectiveOperationException e) {
            throw new BadParcelableException("ClassNotFoundException or no CREATOR when unmarshalling: " + name);
        }
    }

    private static String serialize(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new RuntimeException("Parcelable encountered IOException writing serializable object", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Object deserialize(String base64) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new RuntimeException("Parcelable encountered an exception reading a Serializable object", e);
        }
    }
}
