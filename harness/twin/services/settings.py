"""Settings.Secure/System/Global and SystemProperties as apps see them."""

from __future__ import annotations

from typing import Final

from harness.twin.binder import Call, security, service
from harness.twin.services.guard import full, holds, illegal_argument, target_sdk
from harness.twin.settings import NAMESPACES

# Apps on Android 10+ are kept from these by SELinux; the read gives nothing and says nothing.
HIDDEN_PROPERTIES: Final = ("ro.serialno", "ro.boot.serialno")
FIRST_APP_UID: Final = 10000
SYSTEM_WRITABLE: Final = frozenset(
    {
        *("accelerometer_rotation", "user_rotation", "font_scale", "screen_brightness"),
        *("screen_brightness_mode", "screen_off_timeout", "haptic_feedback_enabled"),
        *("sound_effects_enabled", "time_12_24", "volume_music", "volume_ring", "ringtone"),
    }
)


@service("settings.get")
def get_setting(call: Call, namespace: str, name: str) -> str | None:
    _known(namespace)
    if (namespace, name) == ("secure", "android_id") and call.process.uid >= FIRST_APP_UID:
        package = call.device.packages.require(call.process.package)
        return call.device.identity.ssaid(package.name, package.signer_sha256)
    if (namespace, name) == ("secure", "bluetooth_address") and not holds(call, "LOCAL_MAC_ADDRESS"):
        return None
    return call.device.settings.get(namespace, name)


@service("settings.put")
def put_setting(call: Call, namespace: str, name: str, value: str | None) -> bool:
    _known(namespace)
    if namespace != "system":
        if not holds(call, "WRITE_SECURE_SETTINGS"):
            raise security(f"Permission denial: writing to settings requires:{full('WRITE_SECURE_SETTINGS')}")
    else:
        if not holds(call, "WRITE_SETTINGS"):
            raise security(
                f"{call.process.package} was not granted  this permission: {full('WRITE_SETTINGS')}."
            )
        if name not in SYSTEM_WRITABLE:
            if target_sdk(call) >= 23:
                raise illegal_argument("You cannot keep your settings in the secure settings.")
            return False
    if value is None:
        return call.device.settings.delete(namespace, name)
    call.device.settings.put(namespace, name, value)
    return True


@service("properties.get")
def get_property(call: Call, name: str) -> str:
    return "" if name in HIDDEN_PROPERTIES else call.device.properties.get(name)


def _known(namespace: str) -> None:
    if namespace not in NAMESPACES:
        raise illegal_argument(f"Unknown table: {namespace}")
