/** UserManager.getUserName(), the name people gave their account on the device */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "user-name", dataType: "accounts",
  targets: [{ class: "android.os.UserManager", method: "getUserName" }],
});
