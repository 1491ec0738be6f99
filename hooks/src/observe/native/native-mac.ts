/** libc ioctl(SIOCGIFHWADDR): an interface's MAC address around the API */
import { defineHook } from "../../lib/hook.js";
import { hex } from "../../lib/ref.js";

const SIOCGIFHWADDR = 0x8927;
/** Of struct ifreq: the name, then a sockaddr whose data is the address. */
const ADDRESS_AT = 18;

export default defineHook({
  id: "native-mac", kind: "native", dataType: "mac_address", targets: [],
  functions: [{
    library: "libc.so", function: "ioctl", takes: 3,
    about: ({ args }) => {
      if (args[1]!.toUInt32() !== SIOCGIFHWADDR) return null;
      const request = args[2]!;
      return {
        args: ["SIOCGIFHWADDR", request.readCString(16) ?? ""],
        after: returned => {
          if (returned.toInt32() !== 0) return { result: "denied", values: [] };
          const address = hex(Array.from(new Uint8Array(request.add(ADDRESS_AT).readByteArray(6)!)), ":");
          return { result: address === "00:00:00:00:00:00" || address === "02:00:00:00:00:00" ? "dummy" : "obtained", values: [address] };
        },
      };
    },
  }],
});
