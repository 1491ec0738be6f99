/** SmsMessage.createFromPdu() and SmsManager.getAllMessagesFromIcc(): messages as they arrive, and those on the SIM */
import { defineHook } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";
import { Ref, takeText, type Value } from "../../lib/ref.js";

const message = (returned: Value): string[] => {
  if (!(returned instanceof Ref)) return [];
  const sms = returned.as("android.telephony.SmsMessage");
  return [takeText(sms.getOriginatingAddress()), takeText(sms.getMessageBody())];
};

export default defineHook({
  id: "sms-messages", dataType: "sms",
  targets: [
    { class: "android.telephony.SmsMessage", method: "createFromPdu", args: () => [], values: message },
    { class: "android.telephony.SmsManager", method: "getAllMessagesFromIcc", values: () => [], result: listed },
  ],
});
