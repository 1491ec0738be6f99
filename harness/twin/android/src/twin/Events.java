package twin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Events from the system that a class of the framework asked for by name, one taker for each name. */
public final class Events {
    private static final Map<String, Consumer<Map<String, Object>>> takers = new ConcurrentHashMap<>();

    private Events() {}

    public static void on(String event, Consumer<Map<String, Object>> taker) {
        takers.put(event, taker);
    }

    /** Runs the taker on the calling thread (the main looper's); false when nobody asked for this event. */
    public static boolean deliver(String event, Map<String, Object> args) {
        Consumer<Map<String, Object>> taker = takers.get(event);
        if (taker == null) return false;
        taker.accept(args);
        return true;
    }
}
