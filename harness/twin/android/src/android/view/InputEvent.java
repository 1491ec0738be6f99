package android.view;

public abstract class InputEvent {
    private final long time;

    InputEvent(long time) {
        this.time = time;
    }

    public final long getEventTime() {
        return time;
    }
}
