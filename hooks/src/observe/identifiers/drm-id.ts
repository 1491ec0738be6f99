/** MediaDrm.getPropertyByteArray("deviceUniqueId"), the Widevine device id */
import { defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

export default defineHook({
  id: "drm-id", dataType: "drm_id",
  targets: [
    { class: "android.media.MediaDrm", method: "getPropertyByteArray", when: ({ args }) => text(args[0]) === "deviceUniqueId" },
  ],
});
