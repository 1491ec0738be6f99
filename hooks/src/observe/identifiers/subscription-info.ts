/** SubscriptionManager.getActiveSubscriptionInfoList() and its kin: the road to ICCID and phone number */
import { defineHook } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";

export default defineHook({
  id: "subscription-info", dataType: "carrier",
  targets: [
    { class: "android.telephony.SubscriptionManager", method: "getActiveSubscriptionInfoList", result: listed },
    { class: "android.telephony.SubscriptionManager", method: "getActiveSubscriptionInfo", result: listed },
    { class: "android.telephony.SubscriptionManager", method: "getActiveSubscriptionInfoForSimSlotIndex", result: listed },
  ],
});
