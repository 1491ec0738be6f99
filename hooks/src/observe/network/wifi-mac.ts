/** WifiInfo.getMacAddress() and DevicePolicyManager.getWifiMacAddress() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "wifi-mac", dataType: "mac_address",
  targets: [
    { class: "android.net.wifi.WifiInfo", method: "getMacAddress" },
    { class: "android.app.admin.DevicePolicyManager", method: "getWifiMacAddress" },
  ],
});
