package android.media.projection;

import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;

public final class MediaProjectionManager {
    public MediaProjectionManager(Context context) {}

    /** Only what the user's answer brought along gives one; the twin's user cannot be asked. */
    public MediaProjection getMediaProjection(int resultCode, Intent resultData) {
        return null;
    }

    /** The system's question to the user; the twin has no such screen, so starting it finds no activity. */
    public Intent createScreenCaptureIntent() {
        Intent intent = new Intent();
        intent.setComponent(new ComponentName("com.android.systemui", "com.android.systemui.media.MediaProjectionPermissionActivity"));
        return intent;
    }
}
