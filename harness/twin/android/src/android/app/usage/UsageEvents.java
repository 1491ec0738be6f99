package android.app.usage;

import java.util.Iterator;
import java.util.List;

public final class UsageEvents {
    private final Iterator<Event> events;

    UsageEvents(List<Event> events) {
        this.events = events.iterator();
    }

    public boolean hasNextEvent() {
        return events.hasNext();
    }

    public boolean getNextEvent(Event eventOut) {
        if (!events.hasNext()) return false;
        Event next = events.next();
        eventOut.packageName = next.packageName;
        eventOut.timeStamp = next.timeStamp;
        eventOut.eventType = next.eventType;
        return true;
    }

    public static final class Event {
        public static final int NONE = 0;
        public static final int ACTIVITY_RESUMED = 1;
        public static final int ACTIVITY_PAUSED = 2;

        private String packageName;
        private long timeStamp;
        private int eventType;

        public Event() {}

        Event(String packageName, long timeStamp, int eventType) {
            this.packageName = packageName;
            this.timeStamp = timeStamp;
            this.eventType = eventType;
        }

        public String getPackageName() {
            return packageName;
        }

        public String getClassName() {
            return null;
        }

        public long getTimeStamp() {
            return timeStamp;
        }

        public int getEventType() {
            return eventType;
        }
    }
}
