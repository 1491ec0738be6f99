/** Mac.init(), update() and doFinal(): the key, what is signed, and the signature */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { bytesArgument, bytesReturned, keyArgument } from "../../lib/bytes.js";
import { takeText } from "../../lib/ref.js";

const MAC = "javax.crypto.Mac";
const algorithm = ({ self }: Call): string => takeText(self!.as(MAC).getAlgorithm());

export default defineHook({
  id: "mac", kind: "context", dataType: "other",
  targets: [
    ...across([MAC], ["init"], { ...CONTEXT, args: call => [algorithm(call), "init", ...keyArgument(call)] }),
    ...across([MAC], ["update"], { ...CONTEXT, args: call => [algorithm(call), "update", ...bytesArgument(call)] }),
    ...across([MAC], ["doFinal"], { ...CONTEXT, args: call => [algorithm(call), "doFinal", ...bytesArgument(call)], values: bytesReturned }),
  ],
});
