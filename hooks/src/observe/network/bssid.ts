/** WifiInfo.getBSSID() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "bssid", dataType: "bssid",
  targets: [
    { class: "android.net.wifi.WifiInfo", method: "getBSSID" },
  ],
});
