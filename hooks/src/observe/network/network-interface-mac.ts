/** NetworkInterface.getHardwareAddress() */
import { defineHook } from "../../lib/hook.js";
import { hex, Ref, takeText } from "../../lib/ref.js";

export default defineHook({
  id: "network-interface-mac", dataType: "mac_address",
  targets: [
    {
      class: "java.net.NetworkInterface", method: "getHardwareAddress",
      // The JVM's own random generator seeds itself with it; Android's does not.
      notFrom: ["sun.security."],
      args: ({ self }) => [takeText(self!.as("java.net.NetworkInterface").getName())],
      values: returned => (returned instanceof Ref ? [hex(returned.bytes(), ":")] : []),
    },
  ],
});
