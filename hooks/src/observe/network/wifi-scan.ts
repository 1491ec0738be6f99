/** WifiManager.getScanResults(), getConfiguredNetworks() and startScan() */
import { defineHook } from "../../lib/hook.js";
import { Ref, takeText, type Value } from "../../lib/ref.js";

function networks(returned: Value): string[] {
  if (!(returned instanceof Ref)) return [];
  return returned.map(item => takeText(item.as("android.net.wifi.ScanResult").BSSID.value));
}

export default defineHook({
  id: "wifi-scan", dataType: "wifi_scan",
  targets: [
    { class: "android.net.wifi.WifiManager", method: "getScanResults", values: networks },
    { class: "android.net.wifi.WifiManager", method: "getConfiguredNetworks", values: () => [], result: returned => (returned instanceof Ref && returned.count() !== 0 ? "obtained" : "empty") },
    // Asks for fresh results; what is read comes with getScanResults().
    { class: "android.net.wifi.WifiManager", method: "startScan", result: () => "empty" },
  ],
});
