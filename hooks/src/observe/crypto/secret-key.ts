/** SecretKeySpec's constructor: a key as the app holds it */
import { CONTEXT, defineHook } from "../../lib/hook.js";
import { bytesArgument } from "../../lib/bytes.js";

export default defineHook({
  id: "secret-key", kind: "context", dataType: "other",
  targets: [{ class: "javax.crypto.spec.SecretKeySpec", method: "$init", ...CONTEXT, args: call => ["key", ...bytesArgument(call, "key:")] }],
});
