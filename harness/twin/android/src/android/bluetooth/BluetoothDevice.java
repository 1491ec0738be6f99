package android.bluetooth;

import android.os.Parcel;
import android.os.Parcelable;
import twin.Binder;

public final class BluetoothDevice implements Parcelable {
    public static final String ACTION_FOUND = "android.bluetooth.device.action.FOUND";
    public static final String ACTION_BOND_STATE_CHANGED = "android.bluetooth.device.action.BOND_STATE_CHANGED";
    public static final String EXTRA_DEVICE = "android.bluetooth.device.extra.DEVICE";
    public static final String EXTRA_NAME = "android.bluetooth.device.extra.NAME";
    public static final String EXTRA_RSSI = "android.bluetooth.device.extra.RSSI";
    public static final int BOND_NONE = 10;
    public static final int BOND_BONDING = 11;
    public static final int BOND_BONDED = 12;
    public static final int DEVICE_TYPE_CLASSIC = 1;
    public static final int DEVICE_TYPE_LE = 2;
    public static final int DEVICE_TYPE_DUAL = 3;

    public static final Parcelable.Creator<BluetoothDevice> CREATOR = new Parcelable.Creator<BluetoothDevice>() {
        @Override
        public BluetoothDevice createFromParcel(Parcel in) {
            return new BluetoothDevice(in.readString());
        }

        @Override
        public BluetoothDevice[] newArray(int size) {
            return new BluetoothDevice[size];
        }
    };

    private final String address;

    /** Not part of the Android API, where devices come from the adapter. */
    public static BluetoothDevice of(String address) {
        return new BluetoothDevice(address);
    }

    BluetoothDevice(String address) {
        this.address = address;
    }

    public String getAddress() {
        return address;
    }

    public String getName() {
        return (String) Binder.call("bluetooth.device_name", address);
    }

    public String getAlias() {
        return getName();
    }

    public int getBondState() {
        return ((Number) Binder.call("bluetooth.bond_state", address)).intValue();
    }

    public int getType() {
        return DEVICE_TYPE_DUAL;
    }

    public boolean createBond() {
        return Boolean.TRUE.equals(Binder.call("bluetooth.create_bond", address));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BluetoothDevice && address.equals(((BluetoothDevice) o).address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return address;
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        out.writeString(address);
    }
}
