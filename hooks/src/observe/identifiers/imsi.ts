/** TelephonyManager.getSubscriberId(), every overload */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "imsi", dataType: "imsi",
  targets: [
    { class: "android.telephony.TelephonyManager", method: "getSubscriberId" },
  ],
});
