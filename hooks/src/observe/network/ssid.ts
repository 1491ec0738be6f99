/** WifiInfo.getSSID() */
import { defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

export default defineHook({
  id: "ssid", dataType: "ssid",
  targets: [
    // Android puts a name that is text between quotation marks; the name is what is inside.
    { class: "android.net.wifi.WifiInfo", method: "getSSID", values: returned => [(text(returned) ?? "").replace(/^"(.*)"$/, "$1")] },
  ],
});
