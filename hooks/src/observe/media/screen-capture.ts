/** MediaProjectionManager.createScreenCaptureIntent() and getMediaProjection() */
import { defineHook } from "../../lib/hook.js";

const MANAGER = "android.media.projection.MediaProjectionManager";

export default defineHook({
  id: "screen-capture", dataType: "screen_capture",
  targets: [
    // It only asks: the user decides in the dialog that follows.
    { class: MANAGER, method: "createScreenCaptureIntent", result: () => "empty" },
    { class: MANAGER, method: "getMediaProjection", args: () => [], result: returned => (returned === null ? "empty" : "obtained") },
  ],
});
