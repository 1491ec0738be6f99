package android.media;

public final class UnsupportedSchemeException extends Exception {
    public UnsupportedSchemeException(String detailMessage) {
        super(detailMessage);
    }
}
