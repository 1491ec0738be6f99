/** BluetoothAdapter.getAddress(), Settings.Secure.getString("bluetooth_address"), and the adapter's getName(), which people set */
import { defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

export default defineHook({
  id: "bluetooth-address", dataType: "bluetooth_address",
  targets: [
    { class: "android.bluetooth.BluetoothAdapter", method: "getAddress" },
    { class: "android.bluetooth.BluetoothAdapter", method: "getName", dataType: "other" },
    { class: "android.provider.Settings$Secure", method: "getString", when: ({ args }) => text(args[1]) === "bluetooth_address" },
  ],
});
