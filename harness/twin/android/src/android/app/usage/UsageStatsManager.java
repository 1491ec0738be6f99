package android.app.usage;

import android.content.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twin.Binder;

public final class UsageStatsManager {
    public static final int INTERVAL_DAILY = 0;
    public static final int INTERVAL_WEEKLY = 1;
    public static final int INTERVAL_MONTHLY = 2;
    public static final int INTERVAL_YEARLY = 3;
    public static final int INTERVAL_BEST = 4;

    UsageStatsManager(Context context) {}

    public List<UsageStats> queryUsageStats(int intervalType, long beginTime, long endTime) {
        List<UsageStats> stats = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("usage.stats")) {
            Map<?, ?> facts = (Map<?, ?>) each;
            stats.add(new UsageStats((String) facts.get("package"), ((Number) facts.get("last_ms")).longValue()));
        }
        return stats;
    }

    public Map<String, UsageStats> queryAndAggregateUsageStats(long beginTime, long endTime) {
        Map<String, UsageStats> stats = new LinkedHashMap<>();
        for (UsageStats each : queryUsageStats(INTERVAL_BEST, beginTime, endTime)) stats.put(each.getPackageName(), each);
        return stats;
    }

    /** One event for each app that was used: it came to the front. */
    public UsageEvents queryEvents(long beginTime, long endTime) {
        List<UsageEvents.Event> events = new ArrayList<>();
        for (UsageStats each : queryUsageStats(INTERVAL_BEST, beginTime, endTime)) {
            events.add(new UsageEvents.Event(each.getPackageName(), each.getLastTimeUsed(), UsageEvents.Event.ACTIVITY_RESUMED));
        }
        return new UsageEvents(events);
    }

    /** The twin notes no events of the app itself beyond the system's own record. */
    public UsageEvents queryEventsForSelf(long beginTime, long endTime) {
        return new UsageEvents(List.of());
    }

    /** The twin's configuration never changes. */
    public List<ConfigurationStats> queryConfigurations(int intervalType, long beginTime, long endTime) {
        return new ArrayList<>();
    }

    public List<EventStats> queryEventStats(int intervalType, long beginTime, long endTime) {
        return new ArrayList<>();
    }

    public boolean isAppInactive(String packageName) {
        return false;
    }
}
