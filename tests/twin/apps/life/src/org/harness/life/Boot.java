package org.harness.life;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.util.Log;

public final class Boot extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Log.i(App.TAG, "Boot.onReceive " + intent.getAction());
    }
}
