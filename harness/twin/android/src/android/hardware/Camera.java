package android.hardware;

import java.io.IOException;
import twin.Binder;

/** Opens, as permissions allow, and shows nothing: a twin has no picture to take. */
@Deprecated
public class Camera {
    public static final int CAMERA_ERROR_UNKNOWN = 1;

    private boolean released;

    public static class CameraInfo {
        public static final int CAMERA_FACING_BACK = 0;
        public static final int CAMERA_FACING_FRONT = 1;

        public int facing;
        public int orientation;

        public CameraInfo() {}
    }

    public interface PreviewCallback {
        void onPreviewFrame(byte[] data, Camera camera);
    }

    public interface ShutterCallback {
        void onShutter();
    }

    public interface PictureCallback {
        void onPictureTaken(byte[] data, Camera camera);
    }

    public interface ErrorCallback {
        void onError(int error, Camera camera);
    }

    Camera() {}

    public static int getNumberOfCameras() {
        return 2;
    }

    public static void getCameraInfo(int cameraId, CameraInfo cameraInfo) {
        if (cameraId < 0 || cameraId >= getNumberOfCameras()) throw new RuntimeException("Unknown camera ID");
        cameraInfo.facing = cameraId;
        cameraInfo.orientation = cameraId == 0 ? 90 : 270;
    }

    public static Camera open() {
        return open(0);
    }

    public static Camera open(int cameraId) {
        Binder.call("camera.open", String.valueOf(cameraId), 1);
        return new Camera();
    }

    public final void release() {
        released = true;
    }

    public void unlock() {}

    public void lock() {}

    public final void reconnect() throws IOException {
        use();
    }

    public void startPreview() {
        use();
    }

    /** A grey picture, the only one a twin takes. */
    public final void takePicture(ShutterCallback shutter, PictureCallback raw, PictureCallback jpeg) {
        use();
        byte[] picture = java.util.Base64.getDecoder().decode((String) Binder.call("camera.picture"));
        new android.os.Handler(android.os.Looper.getMainLooper()).post(() -> {
            if (shutter != null) shutter.onShutter();
            if (jpeg != null) jpeg.onPictureTaken(picture, this);
        });
    }

    public final void stopPreview() {}

    public final void setPreviewCallback(PreviewCallback cb) {}

    public final void setErrorCallback(ErrorCallback cb) {}

    public final void setDisplayOrientation(int degrees) {}

    private void use() {
        if (released) throw new RuntimeException("Camera is being used after Camera.release() was called");
    }
}
