package android.os;

import twin.Clock;

public final class SystemClock {
    private SystemClock() {}

    public static void sleep(long ms) {
        long end = uptimeMillis() + ms;
        boolean interrupted = false;
        for (long left = ms; left > 0; left = end - uptimeMillis()) {
            try {
                Thread.sleep(Math.max(1, Clock.hostNanos(left * 1_000_000L) / 1_000_000L));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    public static long uptimeMillis() {
        return Clock.bootNanos() / 1_000_000L;
    }

    public static long elapsedRealtime() {
        return Clock.bootNanos() / 1_000_000L;
    }

    public static long elapsedRealtimeNanos() {
        return Clock.bootNanos();
    }

    public static long currentThreadTimeMillis() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000L;
    }
}
