/** libc sendto() to another device: datagrams, which no proxy sees */
import { defineHook } from "../../lib/hook.js";
import { localPort } from "../../lib/roads.js";
import { AF_NETLINK, familyOf, isLocal, remoteAddress } from "../../lib/sockets.js";

export default defineHook({
  id: "native-send", kind: "native", dataType: "other", targets: [],
  functions: [{
    library: "libc.so", function: "sendto", takes: 5,
    about: ({ args }) => {
      if (familyOf(args[4]!) === AF_NETLINK) return null;
      const address = remoteAddress(args[4]!);
      if (address === null || isLocal(address)) return null;
      const descriptor = args[0]!.toInt32();
      return { args: [address, `${args[2]!.toUInt32()} bytes`], after: () => ({ result: "empty", values: [], args: [localPort(descriptor)] }) };
    },
  }],
});
