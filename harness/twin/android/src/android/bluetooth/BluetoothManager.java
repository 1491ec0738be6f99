package android.bluetooth;

import android.content.Context;

public final class BluetoothManager {
    BluetoothManager(Context context) {}

    public BluetoothAdapter getAdapter() {
        return BluetoothAdapter.instance();
    }
}
