package org.harness.life;

import android.app.Service;
import android.content.Intent;
import android.os.Binder;
import android.os.IBinder;
import android.util.Log;

public final class Local extends Service {
    final class Door extends Binder {
        String word() {
            return "from the service";
        }
    }

    @Override
    public IBinder onBind(Intent intent) {
        return new Door();
    }

    @Override
    public void onDestroy() {
        Log.i(App.TAG, "Local.onDestroy");
    }
}
