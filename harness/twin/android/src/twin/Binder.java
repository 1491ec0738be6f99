package twin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The channel to the system: calls from any thread, events from the system to one receiver. */
public final class Binder {
    private static final int MAX_LINE = 4 * 1024 * 1024;
    private static final int MAX_LOG = 64 * 1024;
    private static final AtomicLong nextId = new AtomicLong();
    private static final Map<Long, CompletableFuture<Map<String, Object>>> waiting = new ConcurrentHashMap<>();
    private static final Object writing = new Object();
    private static OutputStream out;

    /** Takes what the system sends. Called on the channel's thread: it must hand over and return. */
    public interface Receiver {
        void receive(String event, Map<String, Object> args);
    }

    private Binder() {}

    static void open(OutputStream stream) {
        out = stream;
    }

    /** Reads the channel until the system goes away, which ends the process. */
    static void listen(BufferedReader in, Receiver receiver) {
        Thread thread = new Thread(() -> {
            try {
                for (String line = in.readLine(); line != null; line = in.readLine()) dispatch(line, receiver);
            } catch (IOException e) {
                // The pipe broke: the same as its end.
            }
            Runtime.getRuntime().halt(143);
        }, "binder");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("unchecked")
    private static void dispatch(String line, Receiver receiver) {
        Map<String, Object> message = Json.parseObject(line);
        Object id = message.get("id");
        if (id instanceof Long) {
            CompletableFuture<Map<String, Object>> reply = waiting.remove(id);
            if (reply != null) reply.complete(message);
            return;
        }
        Object args = message.get("args");
        receiver.receive((String) message.get("event"), args instanceof Map ? (Map<String, Object>) args : new LinkedHashMap<>());
    }

    /**
     * Calls a system service and waits for the answer.
     *
     * @return null, Boolean, Long, Double, String, List or Map
     * @throws RuntimeException the one that the service names (checked ones too, as Android's proxies do)
     */
    public static Object call(String method, Object... args) {
        long id = nextId.incrementAndGet();
        CompletableFuture<Map<String, Object>> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("call", method);
        message.put("args", list(args));
        send(message);
        Map<String, Object> answer = await(reply);
        List<?> error = (List<?>) answer.get("error");
        if (error != null) throw Binder.<RuntimeException>sneaky(exception(String.valueOf(error.get(0)), (String) error.get(1)));
        return answer.get("result");
    }

    private static Map<String, Object> await(CompletableFuture<Map<String, Object>> reply) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reply.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** One line for logcat; level is one of V D I W E F. */
    public static void log(String level, String tag, String text) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("level", level);
        entry.put("tag", tag);
        entry.put("text", text.length() > MAX_LOG ? text.substring(0, MAX_LOG) : text);
        entry.put("tid", android.os.Process.myTid());
        send(Map.of("log", entry));
    }

    static void send(Map<String, Object> message) {
        byte[] line = (Json.write(message) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (line.length > MAX_LINE) throw new IllegalArgumentException("binder transaction of " + line.length + " bytes is too large");
        synchronized (writing) {
            try {
                out.write(line);
                out.flush();
            } catch (IOException e) {
                Runtime.getRuntime().halt(143);
            }
        }
    }

    private static List<Object> list(Object[] args) {
        List<Object> list = new ArrayList<>();
        if (args == null) list.add(null);
        else for (Object arg : args) list.add(arg);
        return list;
    }

    private static Throwable exception(String name, String message) {
        try {
            Class<?> type = Class.forName(name);
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(String.class);
                constructor.setAccessible(true);
                return (Throwable) constructor.newInstance(message);
            } catch (NoSuchMethodException e) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return (Throwable) constructor.newInstance();
            }
        } catch (ReflectiveOperationException | ClassCastException e) {
            return new RuntimeException(name + ": " + message);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable error) throws T {
        throw (T) error;
    }
}
