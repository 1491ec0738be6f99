package android.bluetooth;

import android.bluetooth.le.BluetoothLeScanner;
import android.bluetooth.le.ScanCallback;
import android.bluetooth.le.ScanResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import twin.Binder;

public final class BluetoothAdapter {
    public static final String ACTION_DISCOVERY_STARTED = "android.bluetooth.adapter.action.DISCOVERY_STARTED";
    public static final String ACTION_DISCOVERY_FINISHED = "android.bluetooth.adapter.action.DISCOVERY_FINISHED";
    public static final String ACTION_REQUEST_ENABLE = "android.bluetooth.adapter.action.REQUEST_ENABLE";
    public static final String ACTION_STATE_CHANGED = "android.bluetooth.adapter.action.STATE_CHANGED";
    public static final String EXTRA_STATE = "android.bluetooth.adapter.extra.STATE";
    public static final int ERROR = Integer.MIN_VALUE;
    public static final int STATE_OFF = 10;
    public static final int STATE_TURNING_ON = 11;
    public static final int STATE_ON = 12;
    public static final int SCAN_MODE_NONE = 20;
    public static final int SCAN_MODE_CONNECTABLE = 21;

    private static final BluetoothAdapter ADAPTER = new BluetoothAdapter();

    private final BluetoothLeScanner scanner = BluetoothLeScanner.create();
    private final Map<LeScanCallback, ScanCallback> legacy = new ConcurrentHashMap<>();

    private BluetoothAdapter() {}

    static BluetoothAdapter instance() {
        return ADAPTER;
    }

    @Deprecated
    public static BluetoothAdapter getDefaultAdapter() {
        return ADAPTER;
    }

    public static boolean checkBluetoothAddress(String address) {
        return address != null && address.matches("([0-9A-F]{2}:){5}[0-9A-F]{2}");
    }

    public String getAddress() {
        return (String) Binder.call("bluetooth.address");
    }

    public String getName() {
        return (String) Binder.call("bluetooth.name");
    }

    public int getState() {
        return ((Number) Binder.call("bluetooth.state")).intValue();
    }

    public boolean isEnabled() {
        return getState() == STATE_ON;
    }

    public int getScanMode() {
        return SCAN_MODE_CONNECTABLE;
    }

    @Deprecated
    public boolean enable() {
        return Boolean.TRUE.equals(Binder.call("bluetooth.enable", true));
    }

    @Deprecated
    public boolean disable() {
        return Boolean.TRUE.equals(Binder.call("bluetooth.enable", false));
    }

    public Set<BluetoothDevice> getBondedDevices() {
        Set<BluetoothDevice> devices = new LinkedHashSet<>();
        for (Object address : (List<?>) Binder.call("bluetooth.bonded")) devices.add(new BluetoothDevice((String) address));
        return devices;
    }

    public BluetoothDevice getRemoteDevice(String address) {
        if (!checkBluetoothAddress(address)) throw new IllegalArgumentException(address + " is not a valid Bluetooth address");
        return new BluetoothDevice(address);
    }

    public boolean startDiscovery() {
        return Boolean.TRUE.equals(Binder.call("bluetooth.discover"));
    }

    public boolean cancelDiscovery() {
        return true;
    }

    public boolean isDiscovering() {
        return false;
    }

    @Deprecated
    public interface LeScanCallback {
        void onLeScan(BluetoothDevice device, int rssi, byte[] scanRecord);
    }

    @Deprecated
    public boolean startLeScan(LeScanCallback callback) {
        ScanCallback taker = new ScanCallback() {
            @Override
            public void onScanResult(int callbackType, ScanResult result) {
                callback.onLeScan(result.getDevice(), result.getRssi(), new byte[0]);
            }
        };
        if (legacy.putIfAbsent(callback, taker) != null) return false;
        scanner.startScan(taker);
        return true;
    }

    @Deprecated
    public void stopLeScan(LeScanCallback callback) {
        ScanCallback taker = legacy.remove(callback);
        if (taker != null) scanner.stopScan(taker);
    }

    public BluetoothLeScanner getBluetoothLeScanner() {
        return scanner;
    }
}
