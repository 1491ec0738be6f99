/** Cipher.init(), update() and doFinal(): the key, the plain text and the cipher text */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { bytesArgument, bytesReturned, keyArgument } from "../../lib/bytes.js";
import { takeText } from "../../lib/ref.js";

const CIPHER = "javax.crypto.Cipher";
// TLS has ciphers of its own; what it encrypts is seen by the proxy.
const FROM = [...CONTEXT.notFrom, "org.conscrypt.", "com.google.android.gms.org.conscrypt."];
const algorithm = ({ self }: Call): string => takeText(self!.as(CIPHER).getAlgorithm());
const MODES = ["", "encrypt", "decrypt", "wrap", "unwrap"];

export default defineHook({
  id: "cipher", kind: "context", dataType: "other",
  targets: [
    ...across([CIPHER], ["init"], { ...CONTEXT, notFrom: FROM, args: call => [algorithm(call), `init ${MODES[Number(call.args[0])] ?? ""}`, ...keyArgument(call)] }),
    ...across([CIPHER], ["update"], { ...CONTEXT, notFrom: FROM, args: call => [algorithm(call), "update", ...bytesArgument(call)], values: bytesReturned }),
    ...across([CIPHER], ["doFinal"], { ...CONTEXT, notFrom: FROM, args: call => [algorithm(call), "doFinal", ...bytesArgument(call)], values: bytesReturned }),
  ],
});
