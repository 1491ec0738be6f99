package android.content;


public abstract class BroadcastReceiver {
    private boolean aborted;
    private int resultCode = -1;
    private String resultData;

    public BroadcastReceiver() {}

    public abstract void onReceive(Context context, Intent intent);

    /** Work that goes on after onReceive returned. The twin does not end idle processes, so finish has nothing to release. */
    public static class PendingResult {
        public final void finish() {}
    }

    public final PendingResult goAsync() {
        return new PendingResult();
    }

    public final void abortBroadcast() {
        aborted = true;
    }

    public final boolean getAbortBroadcast() {
        return aborted;
    }

    public final boolean isOrderedBroadcast() {
        return false;
    }

    public final void clearAbortBroadcast() {
        aborted = false;
    }

    public final void setResultCode(int code) {
        resultCode = code;
    }

    public final int getResultCode() {
        return resultCode;
    }

    public final void setResultData(String data) {
        resultData = data;
    }

    public final String getResultData() {
        return resultData;
    }
}
