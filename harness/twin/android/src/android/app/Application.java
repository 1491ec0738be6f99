package android.app;

import android.content.ComponentCallbacks;
import android.content.ComponentCallbacks2;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.res.Configuration;
import android.os.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

public class Application extends ContextWrapper implements ComponentCallbacks2 {
    private final List<ActivityLifecycleCallbacks> callbacks = new ArrayList<>();

    public interface ActivityLifecycleCallbacks {
        default void onActivityPreCreated(Activity activity, Bundle savedInstanceState) {}

        void onActivityCreated(Activity activity, Bundle savedInstanceState);

        void onActivityStarted(Activity activity);

        void onActivityResumed(Activity activity);

        void onActivityPaused(Activity activity);

        void onActivityStopped(Activity activity);

        void onActivitySaveInstanceState(Activity activity, Bundle outState);

        void onActivityDestroyed(Activity activity);
    }

    public Application() {
        super(null);
    }

    final void attach(Context context) {
        attachBaseContext(context);
    }

    public void onCreate() {}

    public void onTerminate() {}

    @Override
    public void onConfigurationChanged(Configuration newConfig) {}

    @Override
    public void onLowMemory() {}

    @Override
    public void onTrimMemory(int level) {}

    public static String getProcessName() {
        return twin.Zygote.processName();
    }

    /** Kept for nobody: the twin's memory is never low and its configuration does not change under an app. */
    @Override
    public void registerComponentCallbacks(ComponentCallbacks callback) {}

    @Override
    public void unregisterComponentCallbacks(ComponentCallbacks callback) {}

    public void registerActivityLifecycleCallbacks(ActivityLifecycleCallbacks callback) {
        synchronized (callbacks) {
            callbacks.add(callback);
        }
    }

    public void unregisterActivityLifecycleCallbacks(ActivityLifecycleCallbacks callback) {
        synchronized (callbacks) {
            callbacks.remove(callback);
        }
    }

    void tell(Consumer<ActivityLifecycleCallbacks> what) {
        List<ActivityLifecycleCallbacks> told;
        synchronized (callbacks) {
            told = new ArrayList<>(callbacks);
        }
        for (ActivityLifecycleCallbacks callback : told) what.accept(callback);
    }
}
