package com.example.reader;

import android.app.Activity;
import android.content.ContentResolver;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import net.trackly.sdk.Probe;

/** Has an SDK keep a service alive, and reads by reflection and by a method handle. */
public class Background extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Probe.keep(this, Push.class);
        try {
            Method read = Settings.Secure.class.getMethod("getString", ContentResolver.class, String.class);
            String one = (String) read.invoke(null, getContentResolver(), Settings.Secure.ANDROID_ID);
            MethodHandle handle = MethodHandles.lookup().unreflect(read);
            String other = (String) handle.invoke(getContentResolver(), Settings.Secure.ANDROID_ID);
            Log.i("reader", "reflected " + one.equals(other));
        } catch (Throwable error) {
            throw new IllegalStateException(error);
        }
    }
}
