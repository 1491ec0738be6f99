/** Build.getSerial() and SystemProperties.get("ro.serialno"); the field Build.SERIAL cannot be hooked */
import { defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

const PROPERTIES = ["ro.serialno", "ro.boot.serialno"];

export default defineHook({
  id: "serial", dataType: "serial",
  targets: [
    { class: "android.os.Build", method: "getSerial" },
    { class: "android.os.SystemProperties", method: "get", when: ({ args }) => PROPERTIES.includes(text(args[0]) ?? "") },
  ],
});
