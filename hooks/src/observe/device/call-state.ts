/** TelephonyManager.listen(), registerTelephonyCallback() and getCallState() */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "call-state", kind: "context", dataType: "other",
  targets: across(["android.telephony.TelephonyManager"], ["listen", "registerTelephonyCallback", "getCallState", "getCallStateForSubscription"], CONTEXT),
});
