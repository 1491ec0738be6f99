/** libc __system_property_get() and __system_property_read_callback()'s look-up of the serial number */
import { defineHook } from "../../lib/hook.js";
import { SERIAL_PROPERTIES } from "../../lib/property.js";

export default defineHook({
  id: "native-property", kind: "native", dataType: "serial", targets: [],
  functions: [
    {
      library: "libc.so", function: "__system_property_get", takes: 2,
      about: ({ args }) => {
        const name = args[0]!.readCString() ?? "";
        const value = args[1]!;
        if (!SERIAL_PROPERTIES.has(name)) return null;
        return { args: [name], after: returned => (returned.toInt32() > 0 ? { result: "obtained", values: [value.readCString() ?? ""] } : { result: "empty", values: [] }) };
      },
    },
    {
      library: "libc.so", function: "__system_property_find", takes: 2,
      about: ({ args }) => {
        const name = args[0]!.readCString() ?? "";
        return SERIAL_PROPERTIES.has(name) ? { args: [name], after: returned => ({ result: returned.isNull() ? "empty" : "obtained", values: [] }) } : null;
      },
    },
  ],
});
