/** libc sendto() of RTM_GETLINK and RTM_GETNEIGH on a netlink socket: the road to MAC addresses around the API */
import { defineHook } from "../../lib/hook.js";
import { AF_NETLINK, familyOf } from "../../lib/sockets.js";

const REQUESTS = new Map([[18, "RTM_GETLINK"], [30, "RTM_GETNEIGH"]]);
const HEADER_BYTES = 16;

export default defineHook({
  id: "native-netlink", kind: "native", dataType: "mac_address", targets: [],
  functions: [{
    library: "libc.so", function: "sendto", takes: 5,
    about: ({ args }) => {
      if (familyOf(args[4]!) !== AF_NETLINK || args[2]!.toUInt32() < HEADER_BYTES) return null;
      const request = REQUESTS.get(args[1]!.add(4).readU16());
      return request === undefined ? null : { args: [request] };
    },
  }],
});
