package twin;

/** The device's clocks, from the host's monotonic clock. Known before the bind, so that the agent can read them. */
public final class Clock {
    private static volatile double drift = Double.parseDouble(System.getProperty("twin.clock.rate", "1")) - 1;
    private static volatile long offsetNanos = Long.parseLong(System.getProperty("twin.clock.offset_ns", "0"));
    private static volatile double wallOffsetMillis = Double.parseDouble(System.getProperty("twin.clock.wall_offset_ms", "0"));

    private Clock() {}

    public static void set(double rate, long offset, double wallOffset) {
        drift = rate - 1;
        offsetNanos = offset;
        wallOffsetMillis = wallOffset;
    }

    /** Nanoseconds since the device booted. */
    public static long bootNanos() {
        long host = System.nanoTime();
        return host + (long) (host * drift) + offsetNanos;
    }

    /** The device's wall clock, which System.currentTimeMillis (the host's) does not know. */
    public static long wallMillis() {
        return (long) (bootNanos() / 1e6 + wallOffsetMillis);
    }

    /** How long to wait on the host for this much device time to pass. */
    public static long hostNanos(long deviceNanos) {
        return (long) (deviceNanos / (1 + drift));
    }
}
