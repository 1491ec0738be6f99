package android.hardware.camera2;

import android.content.Context;
import android.os.Handler;
import android.os.Looper;
import java.util.concurrent.Executor;
import twin.Binder;

public final class CameraManager {
    CameraManager(Context context) {}

    public String[] getCameraIdList() throws CameraAccessException {
        return new String[] {"0", "1"};
    }

    public void openCamera(String cameraId, CameraDevice.StateCallback callback, Handler handler) throws CameraAccessException {
        Handler target = handler != null ? handler : new Handler(needLooper());
        openCamera(cameraId, (Executor) target::post, callback);
    }

    public void openCamera(String cameraId, Executor executor, CameraDevice.StateCallback callback) throws CameraAccessException {
        if (cameraId == null) throw new IllegalArgumentException("cameraId was null");
        if (callback == null) throw new IllegalArgumentException("callback was null");
        String disabled = (String) Binder.call("camera.open", cameraId, 2);
        if (disabled != null) throw new CameraAccessException(CameraAccessException.CAMERA_DISABLED, disabled);
        CameraDevice device = new Opened(cameraId, executor, callback);
        executor.execute(() -> callback.onOpened(device));
    }

    public void setTorchMode(String cameraId, boolean enabled) throws CameraAccessException {}

    private static Looper needLooper() {
        Looper looper = Looper.myLooper();
        if (looper == null) throw new IllegalArgumentException("No handler given, and current thread has no looper!");
        return looper;
    }

    private static final class Opened extends CameraDevice {
        private final String id;
        private final Executor executor;
        private final StateCallback callback;

        Opened(String id, Executor executor, StateCallback callback) {
            this.id = id;
            this.executor = executor;
            this.callback = callback;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public void close() {
            executor.execute(() -> callback.onClosed(this));
        }
    }
}
