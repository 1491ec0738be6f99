package android.hardware.camera2;

import android.util.AndroidException;

public class CameraAccessException extends AndroidException {
    public static final int CAMERA_DISABLED = 1;
    public static final int CAMERA_DISCONNECTED = 2;
    public static final int CAMERA_ERROR = 3;
    public static final int CAMERA_IN_USE = 4;

    private final int problem;

    public CameraAccessException(int problem) {
        this.problem = problem;
    }

    public CameraAccessException(int problem, String message) {
        super(message);
        this.problem = problem;
    }

    public final int getReason() {
        return problem;
    }
}
