/** SystemProperties.get() and its kin, of every property but the serial number's */
import { across, defineHook, PLATFORM } from "../../lib/hook.js";
import { SERIAL_PROPERTIES } from "../../lib/property.js";
import { text } from "../../lib/ref.js";

export default defineHook({
  id: "system-properties", dataType: "device_model",
  targets: across(["android.os.SystemProperties"], ["get", "getInt", "getLong", "getBoolean"], {
    when: ({ args }) => !SERIAL_PROPERTIES.has(text(args[0]) ?? ""), values: () => [], result: returned => (text(returned) === "" ? "empty" : "obtained"), notFrom: PLATFORM,
  }),
});
