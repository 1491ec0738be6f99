/** Camera.open() and CameraManager.openCamera() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "camera-open", dataType: "camera",
  targets: [
    { class: "android.hardware.Camera", method: "open" },
    { class: "android.hardware.camera2.CameraManager", method: "openCamera" },
  ],
});
