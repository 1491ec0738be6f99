/** libc connect() and getaddrinfo(): where native code goes, and the names it looks up */
import { defineHook } from "../../lib/hook.js";
import { isLocal, remoteAddress } from "../../lib/sockets.js";

export default defineHook({
  id: "native-connect", kind: "native", dataType: "other", targets: [],
  functions: [
    {
      library: "libc.so", function: "connect", takes: 2,
      about: ({ args }) => {
        const address = remoteAddress(args[1]!);
        // The proxy of the harness is on the device itself.
        return address === null || isLocal(address) ? null : { args: [address] };
      },
    },
    { library: "libc.so", function: "getaddrinfo", takes: 1, about: ({ args }) => (args[0]!.isNull() ? null : { args: [args[0]!.readCString() ?? ""] }) },
  ],
});
