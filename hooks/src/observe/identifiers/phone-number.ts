/** TelephonyManager.getLine1Number() and getVoiceMailNumber(), SubscriptionInfo.getNumber() and SubscriptionManager.getPhoneNumber() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "phone-number", dataType: "phone_number",
  targets: [
    { class: "android.telephony.TelephonyManager", method: "getLine1Number" },
    { class: "android.telephony.TelephonyManager", method: "getVoiceMailNumber" },
    { class: "android.telephony.SubscriptionInfo", method: "getNumber" },
    { class: "android.telephony.SubscriptionManager", method: "getPhoneNumber" },
  ],
});
