package android.app.job;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import twin.Binder;

public abstract class JobService extends Service {
    public abstract boolean onStartJob(JobParameters params);

    public abstract boolean onStopJob(JobParameters params);

    public final void jobFinished(JobParameters params, boolean wantsReschedule) {
        Binder.call("job.finished", params.getJobId(), wantsReschedule);
    }

    @Override
    public final IBinder onBind(Intent intent) {
        return null;
    }
}
