package android.bluetooth.le;

import java.util.List;

public abstract class ScanCallback {
    public static final int SCAN_FAILED_ALREADY_STARTED = 1;
    static final int CALLBACK_TYPE_ALL_MATCHES = 1;

    public ScanCallback() {}

    public void onScanResult(int callbackType, ScanResult result) {}

    public void onBatchScanResults(List<ScanResult> results) {}

    public void onScanFailed(int errorCode) {}
}
