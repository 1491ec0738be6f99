package android.media;

import android.content.Context;
import twin.Binder;

public class AudioManager {
    public static final int STREAM_VOICE_CALL = 0;
    public static final int STREAM_SYSTEM = 1;
    public static final int STREAM_RING = 2;
    public static final int STREAM_MUSIC = 3;
    public static final int STREAM_ALARM = 4;
    public static final int RINGER_MODE_SILENT = 0;
    public static final int RINGER_MODE_VIBRATE = 1;
    public static final int RINGER_MODE_NORMAL = 2;
    public static final int MODE_NORMAL = 0;

    AudioManager(Context context) {}

    public int getStreamVolume(int streamType) {
        String value = (String) Binder.call("settings.get", "system", streamType == STREAM_RING ? "volume_ring" : "volume_music");
        return value == null ? 0 : Integer.parseInt(value);
    }

    public int getStreamMaxVolume(int streamType) {
        return 15;
    }

    public int getRingerMode() {
        return RINGER_MODE_NORMAL;
    }

    public int getMode() {
        return MODE_NORMAL;
    }

    public boolean isMusicActive() {
        return false;
    }

    public boolean isWiredHeadsetOn() {
        return false;
    }

    public boolean isSpeakerphoneOn() {
        return false;
    }

    public boolean isMicrophoneMute() {
        return false;
    }
}
