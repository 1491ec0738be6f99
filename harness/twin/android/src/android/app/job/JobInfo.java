package android.app.job;

import android.content.ComponentName;
import android.os.PersistableBundle;

public class JobInfo {
    public static final int NETWORK_TYPE_NONE = 0;
    public static final int NETWORK_TYPE_ANY = 1;
    public static final int NETWORK_TYPE_UNMETERED = 2;

    private final Builder from;

    private JobInfo(Builder from) {
        this.from = from;
    }

    public int getId() {
        return from.id;
    }

    public ComponentName getService() {
        return from.service;
    }

    public PersistableBundle getExtras() {
        return from.extras;
    }

    public long getMinLatencyMillis() {
        return from.latencyMillis;
    }

    public boolean isPeriodic() {
        return from.periodMillis > 0;
    }

    public long getIntervalMillis() {
        return from.periodMillis;
    }

    /** Conditions (network, charging, idle) hold on the twin, so they do not delay a job. */
    public static final class Builder {
        private final int id;
        private final ComponentName service;
        private PersistableBundle extras = new PersistableBundle();
        private long latencyMillis;
        private long periodMillis;

        public Builder(int jobId, ComponentName jobService) {
            id = jobId;
            service = jobService;
        }

        public Builder setExtras(PersistableBundle extras) {
            this.extras = extras;
            return this;
        }

        public Builder setMinimumLatency(long minLatencyMillis) {
            latencyMillis = minLatencyMillis;
            return this;
        }

        public Builder setOverrideDeadline(long maxExecutionDelayMillis) {
            return this;
        }

        public Builder setPeriodic(long intervalMillis) {
            periodMillis = Math.max(intervalMillis, 15 * 60 * 1000L);
            return this;
        }

        public Builder setRequiredNetworkType(int networkType) {
            return this;
        }

        public Builder setRequiresCharging(boolean requiresCharging) {
            return this;
        }

        public Builder setRequiresDeviceIdle(boolean requiresDeviceIdle) {
            return this;
        }

        public Builder setPersisted(boolean isPersisted) {
            return this;
        }

        public JobInfo build() {
            return new JobInfo(this);
        }
    }
}
