/** GZIPOutputStream.write(): what is packed */
import { CONTEXT, defineHook } from "../../lib/hook.js";
import { bytesArgument } from "../../lib/bytes.js";

export default defineHook({
  id: "gzip", kind: "context", dataType: "other",
  targets: [{ class: "java.util.zip.GZIPOutputStream", method: "write", ...CONTEXT, args: call => ["gzip", "write", ...bytesArgument(call)] }],
});
