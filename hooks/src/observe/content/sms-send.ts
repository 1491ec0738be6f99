/** SmsManager.sendTextMessage() and its kin: messages leave at the user's cost */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "sms-send", kind: "context", dataType: "other",
  targets: across(["android.telephony.SmsManager"], [
    "getDefault", "sendTextMessage", "sendMultipartTextMessage", "sendDataMessage", "sendDataMessageWithSelfPermissions", "sendMultipartTextMessageInternal",
    "sendTextMessageInternal", "sendTextMessageWithSelfPermissions", "sendMultimediaMessage", "sendTextMessageWithoutPersisting",
  ], CONTEXT),
});
