package android.os;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** Messages of one looper in order of their time, then of their arrival. */
public final class MessageQueue {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final List<IdleHandler> idleHandlers = new ArrayList<>();
    private long arrivals;
    private boolean quitting;

    public interface IdleHandler {
        boolean queueIdle();
    }

    private static final class Entry implements Comparable<Entry> {
        final Message message;
        final long order;

        Entry(Message message, long order) {
            this.message = message;
            this.order = order;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(message.when, other.message.when);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    MessageQueue() {}

    public void addIdleHandler(IdleHandler handler) {
        if (handler == null) throw new NullPointerException("Can't add a null IdleHandler");
        synchronized (this) {
            idleHandlers.add(handler);
            notifyAll();
        }
    }

    public void removeIdleHandler(IdleHandler handler) {
        synchronized (this) {
            idleHandlers.remove(handler);
        }
    }

    public synchronized boolean isIdle() {
        return entries.isEmpty() || entries.peek().message.when > SystemClock.uptimeMillis();
    }

    synchronized boolean enqueue(Message message, long when) {
        if (quitting) {
            twin.Binder.log("W", "MessageQueue", message.target + " sending message to a Handler on a dead thread");
            return false;
        }
        message.when = when;
        entries.add(new Entry(message, ++arrivals));
        notifyAll();
        return true;
    }

    /** Waits for the next message that is due; null when the looper quits. */
    Message next() {
        boolean idled = false;
        while (true) {
            List<IdleHandler> idle;
            synchronized (this) {
                while (true) {
                    if (quitting && entries.isEmpty()) return null;
                    Entry first = entries.peek();
                    long wait = first == null ? Long.MAX_VALUE : first.message.when - SystemClock.uptimeMillis();
                    if (wait <= 0) return entries.poll().message;
                    if (!idled && !idleHandlers.isEmpty()) break;
                    pause(wait);
                }
                idle = new ArrayList<>(idleHandlers);
            }
            idled = true;
            for (IdleHandler handler : idle) if (!handler.queueIdle()) removeIdleHandler(handler);
        }
    }

    private void pause(long deviceMillis) {
        try {
            if (deviceMillis == Long.MAX_VALUE) wait();
            else wait(Math.max(1, twin.Clock.hostNanos(deviceMillis * 1_000_000L) / 1_000_000L));
        } catch (InterruptedException e) {
            // A looper thread that is interrupted goes on, as on Android.
        }
    }

    synchronized boolean remove(Predicate<Message> which) {
        return entries.removeIf(entry -> which.test(entry.message));
    }

    synchronized boolean has(Predicate<Message> which) {
        return entries.stream().anyMatch(entry -> which.test(entry.message));
    }

    synchronized void quit(boolean safely) {
        quitting = true;
        long now = SystemClock.uptimeMillis();
        entries.removeIf(entry -> !safely || entry.message.when > now);
        notifyAll();
    }
}
