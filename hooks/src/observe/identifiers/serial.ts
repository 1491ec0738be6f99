/** Build.getSerial(); the field Build.SERIAL cannot be hooked */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "serial", dataType: "serial",
  targets: [
    { class: "android.os.Build", method: "getSerial" },
  ],
});
