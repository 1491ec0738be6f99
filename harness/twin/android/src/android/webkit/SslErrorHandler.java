package android.webkit;

/** The app's decision about a certificate that the device does not trust. The twin's WebView never loads such a page. */
public class SslErrorHandler extends android.os.Handler {
    SslErrorHandler() {
        super(android.os.Looper.getMainLooper());
    }

    public void proceed() {
        twin.Binder.log("W", "WebView", "SslErrorHandler.proceed() has no effect on the twin");
    }

    public void cancel() {}
}
