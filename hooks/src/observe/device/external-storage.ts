/** Environment.getExternalStorageDirectory(), the road to shared files */
import { CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "external-storage", kind: "context", dataType: "other",
  targets: [{ class: "android.os.Environment", method: "getExternalStorageDirectory", ...CONTEXT }],
});
