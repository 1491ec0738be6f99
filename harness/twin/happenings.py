"""What the system tells apps when something happens to the phone: network, screen, power, packages, boot.

Each is a broadcast, sent as the system; which receivers get it is `Background.send`'s business. Apps for Android 8
and later get most of them only while they run and have registered for them.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from harness.twin.packages import Change, Package
from harness.twin.resolve import Intent

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

NETWORK_SETTINGS: Final = ("wifi_on", "mobile_data", "airplane_mode_on")
UNLOCKED_S: Final = 1.0
"""After `sys.boot_completed` the user's storage is unlocked, and BOOT_COMPLETED goes out."""
_PACKAGE_ACTIONS: Final[dict[Change, str]] = {
    "added": "android.intent.action.PACKAGE_ADDED",
    "replaced": "android.intent.action.PACKAGE_REPLACED",
    "removed": "android.intent.action.PACKAGE_REMOVED",
}


class Happenings:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._locked = False
        self._sending: set[asyncio.Task[Any]] = set()
        self.plugged = "usb"
        """What charges it: usb, ac, wireless; empty when nothing does."""
        device.settings.listeners.append(self._setting)
        device.packages.listeners.append(self._package)
        device.windows.on_screen.append(self._screen)

    def unlock(self) -> None:
        """The lock screen goes away; nothing when it was not there."""
        if self._locked and self._device.windows.screen_on:
            self._locked = False
            self._send("android.intent.action.USER_PRESENT")

    def plug(self, into: str) -> None:
        if bool(into) != bool(self.plugged):
            what = "CONNECTED" if into else "DISCONNECTED"
            self._send(f"android.intent.action.ACTION_POWER_{what}")
        self.plugged = into

    def set_timezone(self, name: str) -> None:
        if self._device.properties.get("persist.sys.timezone") != name:
            self._device.properties.put("persist.sys.timezone", name)
            self._send("android.intent.action.TIMEZONE_CHANGED", {"time-zone": name})

    async def booted(self) -> None:
        """The system is up, and a moment later the user's apps are told."""
        self._device.properties.put("sys.boot_completed", "1")
        await asyncio.sleep(UNLOCKED_S)
        await self._device.activities.background.send(
            {"action": "android.intent.action.LOCKED_BOOT_COMPLETED"}, None
        )
        await self._device.activities.background.send(
            {"action": "android.intent.action.BOOT_COMPLETED"}, None
        )

    def _setting(self, namespace: str, name: str, value: str | None) -> None:
        if namespace != "global" or name not in NETWORK_SETTINGS:
            return
        if name == "airplane_mode_on":
            self._send("android.intent.action.AIRPLANE_MODE", {"state": value == "1"})
        self._send("android.net.conn.CONNECTIVITY_CHANGE")

    def _package(self, change: Change, package: Package) -> None:
        action = _PACKAGE_ACTIONS.get(change)
        if action is not None:
            self._send(action, data=f"package:{package.name}")
        if change == "replaced":
            self._send("android.intent.action.MY_PACKAGE_REPLACED", package=package.name)

    def _screen(self, on: bool) -> None:
        self._locked = self._locked or not on
        self._send(f"android.intent.action.SCREEN_{'ON' if on else 'OFF'}")

    def _send(self, action: str, extras: dict[str, Any] | None = None, **more: str) -> None:
        intent: Intent = {"action": action, "extras": extras or {}, **more}
        self._device.journal.write("happening", action=action)
        task = asyncio.get_running_loop().create_task(
            self._device.activities.background.send(intent, None), name=action
        )
        self._sending.add(task)
        task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Task[Any]) -> None:
        self._sending.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._device.journal.write("internal_error", where=task.get_name(), error=repr(error))
