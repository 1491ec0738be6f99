package android.net.http;

public class SslError {
    public static final int SSL_UNTRUSTED = 3;

    private final String url;

    public SslError(String url) {
        this.url = url;
    }

    public String getUrl() {
        return url;
    }

    public int getPrimaryError() {
        return SSL_UNTRUSTED;
    }
}
