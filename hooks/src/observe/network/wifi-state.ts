/** WifiManager.getConnectionInfo(), getWifiState(), setWifiEnabled() and WifiInfo.getNetworkId() */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "wifi-state", kind: "context", dataType: "other",
  targets: [
    ...across(["android.net.wifi.WifiManager"], ["getConnectionInfo", "getWifiState", "setWifiEnabled"], CONTEXT),
    ...across(["android.net.wifi.WifiInfo"], ["getNetworkId"], CONTEXT),
  ],
});
