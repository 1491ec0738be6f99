/** BluetoothAdapter.getBondedDevices() and startDiscovery(), BluetoothLeScanner.startScan(), BluetoothDevice.getAddress() and getName() */
import { across, defineHook } from "../../lib/hook.js";
import { Ref, takeText, type Value } from "../../lib/ref.js";

const DEVICE = "android.bluetooth.BluetoothDevice";

const addresses = (returned: Value): string[] =>
  returned instanceof Ref ? returned.map(device => takeText(device.as(DEVICE).getAddress())) : [];

export default defineHook({
  id: "bluetooth-devices", dataType: "bluetooth_devices",
  targets: [
    { class: "android.bluetooth.BluetoothAdapter", method: "getBondedDevices", values: addresses },
    // They only ask: devices come later, by broadcast or callback.
    { class: "android.bluetooth.BluetoothAdapter", method: "startDiscovery", result: () => "empty" },
    { class: "android.bluetooth.le.BluetoothLeScanner", method: "startScan", result: () => "empty" },
    ...across([DEVICE], ["getAddress", "getName"]),
  ],
});
