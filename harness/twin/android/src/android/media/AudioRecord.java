package android.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import twin.Binder;

/** Records silence, when it may record at all. */
public class AudioRecord {
    public static final int STATE_UNINITIALIZED = 0;
    public static final int STATE_INITIALIZED = 1;
    public static final int RECORDSTATE_STOPPED = 1;
    public static final int RECORDSTATE_RECORDING = 3;
    public static final int SUCCESS = 0;
    public static final int ERROR = -1;
    public static final int ERROR_BAD_VALUE = -2;
    public static final int ERROR_INVALID_OPERATION = -3;

    private final int audioSource;
    private final int sampleRate;
    private final int channelConfig;
    private final int audioFormat;
    private int state;
    private int recordingState = RECORDSTATE_STOPPED;

    public AudioRecord(int audioSource, int sampleRateInHz, int channelConfig, int audioFormat, int bufferSizeInBytes)
            throws IllegalArgumentException {
        if (sampleRateInHz < 4000 || sampleRateInHz > 192_000) {
            throw new IllegalArgumentException(sampleRateInHz + "Hz is not a supported sample rate.");
        }
        if (bufferSizeInBytes <= 0) throw new IllegalArgumentException("Invalid audio buffer size.");
        this.audioSource = audioSource;
        this.sampleRate = sampleRateInHz;
        this.channelConfig = channelConfig;
        this.audioFormat = audioFormat;
        state = Boolean.TRUE.equals(Binder.call("microphone.open")) ? STATE_INITIALIZED : STATE_UNINITIALIZED;
    }

    public static int getMinBufferSize(int sampleRateInHz, int channelConfig, int audioFormat) {
        int frame = (channelConfig == AudioFormat.CHANNEL_IN_STEREO ? 2 : 1) * (audioFormat == AudioFormat.ENCODING_PCM_8BIT ? 1 : 2);
        return sampleRateInHz / 25 * frame;
    }

    public int getState() {
        return state;
    }

    public int getRecordingState() {
        return recordingState;
    }

    public int getAudioSource() {
        return audioSource;
    }

    public int getSampleRate() {
        return sampleRate;
    }

    public int getAudioFormat() {
        return audioFormat;
    }

    public int getChannelConfiguration() {
        return channelConfig;
    }

    public int getAudioSessionId() {
        return 1;
    }

    /** Of a recording that runs: the twin's one microphone. */
    public List<MicrophoneInfo> getActiveMicrophones() throws IOException {
        List<MicrophoneInfo> found = new ArrayList<>();
        if (recordingState == RECORDSTATE_RECORDING) found.add(new MicrophoneInfo());
        return found;
    }

    public void startRecording() throws IllegalStateException {
        if (state != STATE_INITIALIZED) throw new IllegalStateException("startRecording() called on an uninitialized AudioRecord.");
        recordingState = RECORDSTATE_RECORDING;
    }

    public void stop() throws IllegalStateException {
        if (state != STATE_INITIALIZED) throw new IllegalStateException("stop() called on an uninitialized AudioRecord.");
        recordingState = RECORDSTATE_STOPPED;
    }

    public void release() {
        state = STATE_UNINITIALIZED;
        recordingState = RECORDSTATE_STOPPED;
    }

    public int read(byte[] audioData, int offsetInBytes, int sizeInBytes) {
        if (state != STATE_INITIALIZED) return ERROR_INVALID_OPERATION;
        if (audioData == null || offsetInBytes < 0 || sizeInBytes < 0 || offsetInBytes + sizeInBytes > audioData.length) {
            return ERROR_BAD_VALUE;
        }
        if (recordingState != RECORDSTATE_RECORDING) return 0;
        Arrays.fill(audioData, offsetInBytes, offsetInBytes + sizeInBytes, (byte) 0);
        pace(sizeInBytes / 2);
        return sizeInBytes;
    }

    public int read(short[] audioData, int offsetInShorts, int sizeInShorts) {
        if (state != STATE_INITIALIZED) return ERROR_INVALID_OPERATION;
        if (audioData == null || offsetInShorts < 0 || sizeInShorts < 0 || offsetInShorts + sizeInShorts > audioData.length) {
            return ERROR_BAD_VALUE;
        }
        if (recordingState != RECORDSTATE_RECORDING) return 0;
        Arrays.fill(audioData, offsetInShorts, offsetInShorts + sizeInShorts, (short) 0);
        pace(sizeInShorts);
        return sizeInShorts;
    }

    public int read(ByteBuffer audioBuffer, int sizeInBytes) {
        byte[] data = new byte[Math.min(sizeInBytes, audioBuffer.remaining())];
        int read = read(data, 0, data.length);
        if (read > 0) audioBuffer.put(data, 0, read);
        return read;
    }

    /** A blocking read lasts as long as the sound it returns. */
    private void pace(int samples) {
        try {
            Thread.sleep(1000L * samples / sampleRate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
