package android.os;

/** Takes a result from code of the same process. */
public class ResultReceiver {
    private final Handler handler;

    public ResultReceiver(Handler handler) {
        this.handler = handler;
    }

    public void send(int resultCode, Bundle resultData) {
        if (handler != null) handler.post(() -> onReceiveResult(resultCode, resultData));
        else onReceiveResult(resultCode, resultData);
    }

    protected void onReceiveResult(int resultCode, Bundle resultData) {}
}
