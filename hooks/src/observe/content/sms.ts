/** ContentResolver.query() of the SMS and MMS providers */
import { defineHook } from "../../lib/hook.js";
import { providerQuery } from "../../lib/provider.js";

export default defineHook({
  id: "sms", dataType: "sms",
  targets: [providerQuery("sms", "mms", "mms-sms")],
});
