/** TelephonyManager.getMeid(), every overload */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "meid", dataType: "meid",
  targets: [
    { class: "android.telephony.TelephonyManager", method: "getMeid" },
  ],
});
