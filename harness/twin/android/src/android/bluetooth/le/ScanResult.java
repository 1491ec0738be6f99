package android.bluetooth.le;

import android.bluetooth.BluetoothDevice;

public final class ScanResult {
    private final BluetoothDevice device;
    private final int rssi;
    private final long timestampNanos;

    ScanResult(BluetoothDevice device, int rssi, long timestampNanos) {
        this.device = device;
        this.rssi = rssi;
        this.timestampNanos = timestampNanos;
    }

    public BluetoothDevice getDevice() {
        return device;
    }

    public int getRssi() {
        return rssi;
    }

    public long getTimestampNanos() {
        return timestampNanos;
    }
}
