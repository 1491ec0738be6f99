/** BluetoothAdapter.enable(), BluetoothDevice.createBond(), BluetoothGatt.readCharacteristic() and their kin */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "bluetooth-control", kind: "context", dataType: "other",
  targets: [
    ...across(["android.bluetooth.BluetoothAdapter"], ["enable", "disable", "getDefaultAdapter"], CONTEXT),
    ...across(["android.bluetooth.BluetoothDevice"], ["createBond"], CONTEXT),
    ...across(["android.bluetooth.BluetoothGatt"], ["readCharacteristic"], CONTEXT),
    ...across(["android.bluetooth.BluetoothGattCharacteristic"], ["getValue", "setValue"], CONTEXT),
  ],
});
