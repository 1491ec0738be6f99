package android.media;

import android.content.Context;
import android.hardware.Camera;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import twin.Binder;

/** Keeps Android's states and permissions; what it writes is an empty file. */
public class MediaRecorder {
    private boolean sourceSet;
    private boolean prepared;
    private boolean recording;
    private File output;

    public static final class AudioSource {
        public static final int DEFAULT = 0;
        public static final int MIC = 1;
        public static final int VOICE_CALL = 4;
        public static final int CAMCORDER = 5;
        public static final int VOICE_RECOGNITION = 6;
        public static final int VOICE_COMMUNICATION = 7;

        private AudioSource() {}
    }

    public static final class VideoSource {
        public static final int DEFAULT = 0;
        public static final int CAMERA = 1;
        public static final int SURFACE = 2;

        private VideoSource() {}
    }

    public static final class OutputFormat {
        public static final int DEFAULT = 0;
        public static final int THREE_GPP = 1;
        public static final int MPEG_4 = 2;
        public static final int AMR_NB = 3;

        private OutputFormat() {}
    }

    public static final class AudioEncoder {
        public static final int DEFAULT = 0;
        public static final int AMR_NB = 1;
        public static final int AAC = 3;

        private AudioEncoder() {}
    }

    public static final class VideoEncoder {
        public static final int DEFAULT = 0;
        public static final int H264 = 2;

        private VideoEncoder() {}
    }

    @Deprecated
    public MediaRecorder() {}

    public MediaRecorder(Context context) {}

    public void setAudioSource(int audioSource) throws IllegalStateException {
        if (!Boolean.TRUE.equals(Binder.call("microphone.open"))) throw new RuntimeException("setAudioSource failed.");
        sourceSet = true;
    }

    public void setVideoSource(int videoSource) throws IllegalStateException {
        if (videoSource == VideoSource.CAMERA) Binder.call("camera.open", "0", 1);
        sourceSet = true;
    }

    @Deprecated
    public void setCamera(Camera camera) {}

    public void setOutputFormat(int outputFormat) throws IllegalStateException {
        if (!sourceSet) throw new IllegalStateException();
    }

    public void setAudioEncoder(int audioEncoder) throws IllegalStateException {}

    public void setVideoEncoder(int videoEncoder) throws IllegalStateException {}

    public void setAudioSamplingRate(int samplingRate) {}

    public void setAudioChannels(int numChannels) {}

    public void setMaxDuration(int maxDurationMs) throws IllegalArgumentException {}

    public void setOutputFile(String path) throws IllegalStateException {
        output = new File(path);
    }

    public void setOutputFile(File file) {
        output = file;
    }

    public void prepare() throws IllegalStateException, IOException {
        if (!sourceSet) throw new IllegalStateException();
        if (output == null) throw new IOException("No valid output file");
        new FileOutputStream(output).close();
        prepared = true;
    }

    public void start() throws IllegalStateException {
        if (!prepared) throw new IllegalStateException();
        recording = true;
    }

    public void stop() throws IllegalStateException {
        if (!recording) throw new IllegalStateException();
        recording = false;
    }

    public int getMaxAmplitude() throws IllegalStateException {
        return 0;
    }

    public void reset() {
        sourceSet = prepared = recording = false;
        output = null;
    }

    public void release() {
        reset();
    }
}
