"""Camera, microphone and DRM: who may open them, and what the DRM plug-in calls the device."""

from __future__ import annotations

import base64
import io

from PIL import Image

from harness.twin.binder import BinderError, Call, security, service
from harness.twin.services.guard import holds, in_use, note

WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"
CLEARKEY = "e2719d58-a985-b3c9-781a-b030af78d30e"
CAMERAS = ("0", "1")


@service("camera.open")
def open_camera(call: Call, camera: str, api: int) -> str | None:
    """None, or why camera2 is disabled (an app in the background).

    `api` 1 refuses with a RuntimeException, 2 with a SecurityException, as the two camera APIs do.
    """
    if camera not in CAMERAS:
        if api == 1:
            raise BinderError("java.lang.RuntimeException", "Fail to connect to camera service")
        raise BinderError(
            "java.lang.IllegalArgumentException", f'No camera device with ID "{camera}" available'
        )
    who = f'Caller "{call.process.package}" (PID {call.process.pid}, UID {call.process.uid})'
    if api == 1 and not (holds(call, "CAMERA") and in_use(call)):
        raise BinderError("java.lang.RuntimeException", "Fail to connect to camera service")
    if not holds(call, "CAMERA"):
        raise security(
            f'validateClientPermissionsLocked: {who} cannot open camera "{camera}" without camera permission'
        )
    if not in_use(call):
        return f'{who} cannot open camera "{camera}" from background'
    note(call, "CAMERA")
    return None


@service("camera.picture")
def picture(call: Call) -> str:
    """A grey JPEG, base64."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (128, 128, 128)).save(made, "JPEG")
    return base64.b64encode(made.getvalue()).decode()


@service("microphone.open")
def open_microphone(call: Call) -> bool:
    """Whether the caller may record. The Java classes turn False into what each of them does."""
    if not holds(call, "RECORD_AUDIO"):
        return False
    note(call, "RECORD_AUDIO")
    return True


@service("drm.scheme")
def drm_scheme(call: Call, uuid: str) -> bool:
    return uuid in (WIDEVINE, CLEARKEY)


@service("drm.device_id")
def drm_device_id(call: Call, uuid: str) -> str:
    """Lower-case hex. Needs no permission on any Android."""
    if uuid != WIDEVINE:
        raise BinderError(
            "android.media.MediaDrm$MediaDrmStateException", "Failed to get property deviceUniqueId"
        )
    return call.device.identity.drm_id
