package android.media;

public final class MicrophoneInfo {
    MicrophoneInfo() {}

    public int getId() {
        return 1;
    }

    public String getDescription() {
        return "bottom";
    }

    public String getAddress() {
        return "bottom";
    }
}
