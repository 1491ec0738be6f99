package android.webkit;

/** The answer to a script's dialog. The twin runs no scripts, so no app ever gets one. */
public class JsResult {
    JsResult() {}

    public final void cancel() {}

    public final void confirm() {}
}
