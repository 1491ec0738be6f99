/** TelephonyManager.getImei() and getDeviceId(), every overload */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "imei", dataType: "imei",
  targets: [
    { class: "android.telephony.TelephonyManager", method: "getImei" },
    { class: "android.telephony.TelephonyManager", method: "getDeviceId" },
  ],
});
