/** TelephonyManager.getSimSerialNumber(), SubscriptionInfo.getIccId() and UiccCardInfo.getIccId() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "iccid", dataType: "iccid",
  targets: [
    { class: "android.telephony.TelephonyManager", method: "getSimSerialNumber" },
    { class: "android.telephony.SubscriptionInfo", method: "getIccId" },
    { class: "android.telephony.UiccCardInfo", method: "getIccId" },
  ],
});
