/** BluetoothAdapter.getAddress(), and its getName(), which people set */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "bluetooth-address", dataType: "bluetooth_address",
  targets: [
    { class: "android.bluetooth.BluetoothAdapter", method: "getAddress" },
    { class: "android.bluetooth.BluetoothAdapter", method: "getName", dataType: "other" },
  ],
});
