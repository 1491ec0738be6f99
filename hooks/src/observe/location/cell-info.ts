/** TelephonyManager.getAllCellInfo(), getCellLocation() and requestCellInfoUpdate() */
import { defineHook } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";

const TELEPHONY = "android.telephony.TelephonyManager";

export default defineHook({
  id: "cell-info", dataType: "cell",
  targets: [
    { class: TELEPHONY, method: "getAllCellInfo", result: listed },
    { class: TELEPHONY, method: "getCellLocation", result: listed },
    { class: TELEPHONY, method: "requestCellInfoUpdate", result: () => "empty" },
  ],
});
