package android.os;

public final class Looper {
    private static final ThreadLocal<Looper> current = new ThreadLocal<>();
    private static volatile Looper main;

    final MessageQueue mQueue = new MessageQueue();
    private final Thread thread = Thread.currentThread();

    private Looper() {}

    public static void prepare() {
        if (current.get() != null) throw new RuntimeException("Only one Looper may be created per thread");
        current.set(new Looper());
    }

    public static void prepareMainLooper() {
        prepare();
        if (main != null) throw new IllegalStateException("The main Looper has already been prepared.");
        main = current.get();
    }

    public static Looper getMainLooper() {
        return main;
    }

    public static Looper myLooper() {
        return current.get();
    }

    public static MessageQueue myQueue() {
        return current.get().mQueue;
    }

    public static void loop() {
        Looper me = current.get();
        if (me == null) throw new RuntimeException("No Looper; Looper.prepare() wasn't called on this thread.");
        for (Message message = me.mQueue.next(); message != null; message = me.mQueue.next()) {
            message.target.dispatchMessage(message);
        }
    }

    public boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    public Thread getThread() {
        return thread;
    }

    public MessageQueue getQueue() {
        return mQueue;
    }

    public void quit() {
        if (this == main) throw new IllegalStateException("Main thread not allowed to quit.");
        mQueue.quit(false);
    }

    public void quitSafely() {
        if (this == main) throw new IllegalStateException("Main thread not allowed to quit.");
        mQueue.quit(true);
    }

    @Override
    public String toString() {
        return "Looper (" + thread.getName() + ", tid " + thread.getId() + ")";
    }
}
