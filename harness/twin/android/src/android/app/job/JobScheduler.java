package android.app.job;

import android.content.Context;
import twin.Binder;

public class JobScheduler {
    public static final int RESULT_FAILURE = 0;
    public static final int RESULT_SUCCESS = 1;

    /** Made by the system. */
    JobScheduler(Context context) {}

    public int schedule(JobInfo job) {
        Binder.call("job.schedule", job.getId(), job.getService().getClassName(), job.getMinLatencyMillis(),
                job.getIntervalMillis(), job.getExtras().toBundle().toWire());
        return RESULT_SUCCESS;
    }

    public void cancel(int jobId) {
        Binder.call("job.cancel", jobId);
    }

    public void cancelAll() {
        Binder.call("job.cancel", (Object) null);
    }
}
