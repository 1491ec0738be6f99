/** ContentResolver.query(), and opened files, of the call log */
import { defineHook } from "../../lib/hook.js";
import { providerReads } from "../../lib/provider.js";

export default defineHook({
  id: "call-log", dataType: "call_log",
  targets: providerReads("call_log", "call_log"),
});
