/** ContentResolver.query(), and opened files, of the SMS and MMS providers */
import { defineHook } from "../../lib/hook.js";
import { providerReads } from "../../lib/provider.js";

export default defineHook({
  id: "sms", dataType: "sms",
  targets: providerReads("sms", "sms", "mms", "mms-sms"),
});
