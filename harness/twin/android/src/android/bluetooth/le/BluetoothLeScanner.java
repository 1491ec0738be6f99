package android.bluetooth.le;

import android.bluetooth.BluetoothDevice;
import android.os.Handler;
import android.os.Looper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import twin.Binder;

/** One round of results for each scan: the twin's neighbours do not come and go. */
public final class BluetoothLeScanner {
    private final Set<ScanCallback> running = ConcurrentHashMap.newKeySet();

    private BluetoothLeScanner() {}

    /** Not part of the Android API, where only the adapter makes one. */
    public static BluetoothLeScanner create() {
        return new BluetoothLeScanner();
    }

    public void startScan(ScanCallback callback) {
        if (callback == null) throw new IllegalArgumentException("callback is null");
        List<?> neighbours = (List<?>) Binder.call("bluetooth.scan");
        running.add(callback);
        Handler handler = new Handler(Looper.getMainLooper());
        for (Object each : neighbours) {
            Map<?, ?> facts = (Map<?, ?>) each;
            ScanResult result = new ScanResult(BluetoothDevice.of((String) facts.get("address")),
                    ((Number) facts.get("rssi")).intValue(), ((Number) facts.get("timestamp_ns")).longValue());
            handler.post(() -> {
                if (running.contains(callback)) callback.onScanResult(ScanCallback.CALLBACK_TYPE_ALL_MATCHES, result);
            });
        }
    }

    public void startScan(List<ScanFilter> filters, ScanSettings settings, ScanCallback callback) {
        startScan(callback);
    }

    public void stopScan(ScanCallback callback) {
        running.remove(callback);
    }
}
