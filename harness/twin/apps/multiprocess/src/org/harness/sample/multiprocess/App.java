package org.harness.sample.multiprocess;

import android.app.Application;
import android.content.Intent;
import com.acme.push.PushService;

public final class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (getPackageName().equals(getProcessName())) {
            startService(new Intent(this, PushService.class));
        }
    }
}
