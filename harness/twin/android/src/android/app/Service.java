package android.app;

import android.content.ComponentCallbacks2;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.content.res.Configuration;
import android.os.IBinder;
import twin.Binder;

public abstract class Service extends ContextWrapper implements ComponentCallbacks2 {
    public static final int START_STICKY_COMPATIBILITY = 0;
    public static final int START_STICKY = 1;
    public static final int START_NOT_STICKY = 2;
    public static final int START_REDELIVER_INTENT = 3;
    public static final int START_FLAG_REDELIVERY = 1;
    public static final int START_FLAG_RETRY = 2;
    public static final int STOP_FOREGROUND_REMOVE = 1;
    public static final int STOP_FOREGROUND_DETACH = 2;

    private Application application;
    private String name;

    public Service() {
        super(null);
    }

    final void attach(Context base, Application application, String name) {
        attachBaseContext(base);
        this.application = application;
        this.name = name;
    }

    public final Application getApplication() {
        return application;
    }

    public void onCreate() {}

    @Deprecated
    public void onStart(Intent intent, int startId) {}

    public int onStartCommand(Intent intent, int flags, int startId) {
        onStart(intent, startId);
        return START_STICKY;
    }

    public void onDestroy() {}

    public abstract IBinder onBind(Intent intent);

    public boolean onUnbind(Intent intent) {
        return false;
    }

    public void onRebind(Intent intent) {}

    public void onTaskRemoved(Intent rootIntent) {}

    public final void stopSelf() {
        stopSelf(-1);
    }

    public final void stopSelf(int startId) {
        stopSelfResult(startId);
    }

    public final boolean stopSelfResult(int startId) {
        return Boolean.TRUE.equals(Binder.call("service.stop_self", name, startId));
    }

    public final void startForeground(int id, Notification notification) {
        Binder.call("service.foreground", name, true);
    }

    public final void startForeground(int id, Notification notification, int foregroundServiceType) {
        startForeground(id, notification);
    }

    public final void stopForeground(boolean removeNotification) {
        Binder.call("service.foreground", name, false);
    }

    public final void stopForeground(int notificationBehavior) {
        stopForeground(true);
    }

    @Override
    public void onConfigurationChanged(Configuration newConfig) {}

    @Override
    public void onLowMemory() {}

    @Override
    public void onTrimMemory(int level) {}
}
