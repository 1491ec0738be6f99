/** android.util.Base64.encode(), encodeToString() and decode(); java.util.Base64's encoder and decoder */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { bytesArgument, bytesReturned } from "../../lib/bytes.js";
import { text } from "../../lib/ref.js";

const input = (call: Call): string[] => {
  const given = bytesArgument(call);
  return given.length > 0 ? given : [`text:${(text(call.args[0]) ?? "").slice(0, 2048)}`];
};
const about = (operation: string) => ({ ...CONTEXT, args: (call: Call) => ["Base64", operation, ...input(call)], values: bytesReturned });

export default defineHook({
  id: "base64", kind: "context", dataType: "other",
  targets: [
    ...across(["android.util.Base64"], ["encode", "encodeToString"], about("encode")),
    ...across(["android.util.Base64"], ["decode"], about("decode")),
    ...across(["java.util.Base64$Encoder"], ["encode", "encodeToString"], about("encode")),
    ...across(["java.util.Base64$Decoder"], ["decode"], about("decode")),
  ],
});
