package twin;

import android.app.ActivityThread;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The first code of every app process: says it is there, parks until it is bound to a package, then becomes the app. */
public final class Zygote {
    private static volatile Map<String, Object> bind = Map.of();
    private static volatile long startedMillis;

    private Zygote() {}

    public static void main(String[] args) throws Throwable {
        Binder.open(new FileOutputStream(FileDescriptor.out));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.US_ASCII));
        System.setOut(LogStream.open("I", "System.out"));
        System.setErr(LogStream.open("W", "System.err"));
        System.setIn(java.io.InputStream.nullInputStream());
        startedMillis = Clock.bootNanos() / 1_000_000L;
        Binder.send(Map.of("ready", ProcessHandle.current().pid()));
        String first = in.readLine();
        if (first == null) Runtime.getRuntime().halt(143);
        @SuppressWarnings("unchecked")
        Map<String, Object> facts = (Map<String, Object>) Json.parseObject(first).get("args");
        bind = facts;
        Thread.currentThread().setName("main");
        try {
            ActivityThread.main(facts, receiver -> Binder.listen(in, receiver));
        } catch (Throwable error) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
        }
        System.exit(10);
    }

    /** What the system said about this process; empty before the bind. */
    public static Map<String, Object> bind() {
        return bind;
    }

    public static String processName() {
        return (String) bind.get("process");
    }

    public static String packageName() {
        return (String) bind.get("package");
    }

    public static int uid() {
        Object uid = bind.get("uid");
        return uid == null ? 0 : ((Number) uid).intValue();
    }

    /** Boot-clock milliseconds at which the process started. */
    public static long startedMillis() {
        return startedMillis;
    }
}
