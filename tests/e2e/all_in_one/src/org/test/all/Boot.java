package org.test.all;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.provider.Settings;

/** Starts the app when the phone has started, and reads the device's identifier. */
public final class Boot extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
