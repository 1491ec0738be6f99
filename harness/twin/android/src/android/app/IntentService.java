package android.app;

import android.content.Intent;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.IBinder;

@Deprecated
public abstract class IntentService extends Service {
    private final String name;
    private HandlerThread worker;
    private Handler handler;
    private boolean redelivery;

    public IntentService(String name) {
        this.name = name;
    }

    public void setIntentRedelivery(boolean enabled) {
        redelivery = enabled;
    }

    @Override
    public void onCreate() {
        super.onCreate();
        worker = new HandlerThread("IntentService[" + name + "]");
        worker.start();
        handler = new Handler(worker.getLooper());
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        handler.post(() -> {
            onHandleIntent(intent);
            stopSelf(startId);
        });
        return redelivery ? START_REDELIVER_INTENT : START_NOT_STICKY;
    }

    @Override
    public void onDestroy() {
        worker.quit();
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    protected abstract void onHandleIntent(Intent intent);
}
