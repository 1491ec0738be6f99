package android.app.job;

import android.os.PersistableBundle;

public class JobParameters {
    private final int id;
    private final PersistableBundle extras;

    /** Made by the system. */
    public JobParameters(int id, android.os.Bundle extras) {
        this.id = id;
        this.extras = new PersistableBundle(extras);
    }

    public int getJobId() {
        return id;
    }

    public PersistableBundle getExtras() {
        return extras;
    }
}
