/** ContentResolver.query() of the call log */
import { defineHook } from "../../lib/hook.js";
import { providerQuery } from "../../lib/provider.js";

export default defineHook({
  id: "call-log", dataType: "call_log",
  targets: [providerQuery("call_log")],
});
