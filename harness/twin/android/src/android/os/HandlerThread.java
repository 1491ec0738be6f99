package android.os;

public class HandlerThread extends Thread {
    private volatile Looper looper;

    public HandlerThread(String name) {
        super(name);
    }

    public HandlerThread(String name, int priority) {
        super(name);
    }

    protected void onLooperPrepared() {}

    @Override
    public void run() {
        Looper.prepare();
        synchronized (this) {
            looper = Looper.myLooper();
            notifyAll();
        }
        onLooperPrepared();
        Looper.loop();
    }

    /** Waits until the thread has its looper; null if it is not alive. */
    public Looper getLooper() {
        if (!isAlive()) return null;
        boolean interrupted = false;
        synchronized (this) {
            while (isAlive() && looper == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return looper;
    }

    public boolean quit() {
        Looper mine = getLooper();
        if (mine == null) return false;
        mine.quit();
        return true;
    }

    public boolean quitSafely() {
        Looper mine = getLooper();
        if (mine == null) return false;
        mine.quitSafely();
        return true;
    }
}
