/** MessageDigest.update() and digest(): what is hashed, and the hash */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { bytesArgument, bytesReturned } from "../../lib/bytes.js";
import { takeText } from "../../lib/ref.js";

const DIGEST = "java.security.MessageDigest";
const about = (operation: string) => ({
  ...CONTEXT,
  // update() in the middle of big data tells little and costs much: only what fits is told.
  args: (call: Call) => [takeText(call.self!.as(DIGEST).getAlgorithm()), operation, ...bytesArgument(call)],
  values: bytesReturned,
});

export default defineHook({
  id: "message-digest", kind: "context", dataType: "other",
  targets: [...across([DIGEST], ["update"], about("update")), ...across([DIGEST], ["digest"], about("digest"))],
});
