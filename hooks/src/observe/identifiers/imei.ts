/** TelephonyManager.getImei() and getDeviceId(), every overload; before Android 6 also PhoneProxy and PhoneSubInfo.getDeviceId() */
import { across, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "imei", dataType: "imei",
  targets: [
    { class: "android.telephony.TelephonyManager", method: "getImei" },
    { class: "android.telephony.TelephonyManager", method: "getDeviceId" },
    ...across(["com.android.internal.telephony.PhoneProxy", "com.android.internal.telephony.PhoneSubInfo"], ["getDeviceId"], { mayBeAbstract: true }),
  ],
});
