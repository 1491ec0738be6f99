package org.harness.life;

import android.app.Application;
import android.content.Context;
import android.util.Log;

public final class App extends Application {
    static final String TAG = "life";

    static {
        Log.i(TAG, "App.<clinit>");
    }

    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(base);
        Log.i(TAG, "App.attachBaseContext");
    }

    @Override
    public void onCreate() {
        super.onCreate();
        Log.i(TAG, "App.onCreate " + getProcessName());
    }
}
