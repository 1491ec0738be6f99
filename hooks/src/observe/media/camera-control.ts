/** Camera.startPreview(), CameraManager.getCameraIdList() and CameraX's ImageCapture.takePicture() */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "camera-control", kind: "context", dataType: "other",
  targets: [
    ...across(["android.hardware.Camera"], ["startPreview"], CONTEXT),
    ...across(["android.hardware.camera2.CameraManager"], ["getCameraIdList"], CONTEXT),
    ...across(["androidx.camera.core.ImageCapture"], ["takePicture"], { kind: "read", dataType: "camera", values: () => [] }),
  ],
});
