/** Build.getSerial() and SystemProperties.get("ro.serialno"); the field Build.SERIAL cannot be hooked */
import { defineHook, type Call } from "../../lib/hook.js";
import { SERIAL_PROPERTIES } from "../../lib/property.js";
import { text, type Value } from "../../lib/ref.js";

/** Without the permission the property is not there and the app gets back the default it gave. */
const property = (returned: Value, { args }: Call): (string | null)[] => {
  const value = text(returned);
  return args.length > 1 && value === text(args[1]) ? [] : [value];
};

export default defineHook({
  id: "serial", dataType: "serial",
  targets: [
    { class: "android.os.Build", method: "getSerial" },
    { class: "android.os.SystemProperties", method: "get", when: ({ args }) => SERIAL_PROPERTIES.has(text(args[0]) ?? ""), values: property },
  ],
});
