package android.media.projection;

import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;

public final class MediaProjectionManager {
    public MediaProjectionManager(Context context) {}

    /** The system's question to the user; the twin has no such screen, so starting it finds no activity. */
    public Intent createScreenCaptureIntent() {
        Intent intent = new Intent();
        intent.setComponent(new ComponentName("com.android.systemui", "com.android.systemui.media.MediaProjectionPermissionActivity"));
        return intent;
    }
}
