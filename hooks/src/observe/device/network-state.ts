/** ConnectivityManager.getActiveNetworkInfo(), setMobileDataEnabled() and the getters of NetworkInfo */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

export default defineHook({
  id: "network-state", kind: "context", dataType: "other",
  targets: [
    ...across(["android.net.ConnectivityManager"], ["getActiveNetworkInfo", "setMobileDataEnabled"], CONTEXT),
    ...across(["android.net.NetworkInfo"], ["getType", "getTypeName", "isAvailable", "isConnected"], CONTEXT),
    // On older Androids the extra is the network's name.
    ...across(["android.net.NetworkInfo"], ["getExtraInfo"], { kind: "read", dataType: "ssid", notFrom: CONTEXT.notFrom, values: returned => [(text(returned) ?? "").replace(/^"(.*)"$/, "$1")], when: ({ self }) => self!.as("android.net.NetworkInfo").getType() === 1 }),
  ],
});
