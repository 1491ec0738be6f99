package android.app.usage;

/** How often the device did something. */
public final class EventStats {
    private EventStats() {}
}
