"""What each RPC of the uiautomator server does: input, dumps, screenshots, the clipboard.

A method is found by its Java name; its Python parameters are Java's, in order.
"""

from __future__ import annotations

import asyncio
import base64
import io
import time
from typing import TYPE_CHECKING, Any, Final

from harness.twin import draw
from harness.twin.binder import Json
from harness.twin.command import Collect, Nothing
from harness.twin.input import MAX_GESTURE_MS, clipboard_text, set_clipboard_text
from harness.twin.keys import is_press_name
from harness.twin.u2_objects import JavaFailure
from harness.twin.u2_watchers import Watchers
from harness.twin.windows import DENSITY

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

STEP_MS: Final = 5
"""What one step of a swipe takes."""
MAX_WAIT_MS: Final = 600_000
ORIENTATIONS: Final = {"natural": 0, "left": 1, "upsidedown": 2, "right": 3}
CONFIGURATION: Final = {
    "actionAcknowledgmentTimeout": 3000,
    "keyInjectionDelay": 0,
    "scrollAcknowledgmentTimeout": 200,
    "uiAutomationFlags": 0,
    "waitForIdleTimeout": 0,
    "waitForSelectorTimeout": 0,
}


class Methods(Watchers):
    """Every public attribute is an RPC; see `harness/twin/u2_server.py` for how they are called."""

    def __init__(self, device: TwinDevice) -> None:
        super().__init__(device)
        self._configuration = dict(CONFIGURATION)

    # ---- the device

    async def ping(self) -> Json:
        return "pong"

    async def deviceInfo(self) -> Json:
        windows, properties = self._windows, self._device.properties
        dp = [round(side * 160 / DENSITY) for side in (windows.width, windows.height)]
        return {
            "currentPackageName": windows.focused.package,
            "displayHeight": windows.height,
            "displayRotation": windows.rotation,
            "displaySizeDpX": dp[0],
            "displaySizeDpY": dp[1],
            "displayWidth": windows.width,
            "productName": properties.get("ro.product.name"),
            "screenOn": windows.screen_on,
            "sdkInt": int(properties.get("ro.build.version.sdk") or 0),
            "naturalOrientation": windows.rotation in (0, 2),
        }

    async def isScreenOn(self) -> Json:
        return self._windows.screen_on

    async def wakeUp(self) -> Json:
        await self._windows.key("WAKEUP")
        return None

    async def sleep(self) -> Json:
        await self._windows.key("SLEEP")
        return None

    async def setOrientation(self, direction: str) -> Json:
        if direction not in ORIENTATIONS:
            raise JavaFailure("java.lang.IllegalArgumentException", f"{direction} is not an orientation")
        self._windows.rotation_frozen = True
        self._windows.set_rotation(ORIENTATIONS[direction])
        return None

    async def freezeRotation(self, freeze: bool) -> Json:
        self._windows.rotation_frozen = bool(freeze)
        if not freeze:
            self._windows.set_rotation(0)
        return None

    async def openNotification(self) -> Json:
        self._windows.show_panel(quick_settings=False)
        return True

    async def openQuickSettings(self) -> Json:
        self._windows.show_panel(quick_settings=True)
        return True

    async def launchApp(self, package: str) -> Json:
        found = self._device.packages.get(package)
        if found is None or found.launcher is None:
            return False
        await self._device.activities.start(
            {
                "action": "android.intent.action.MAIN",
                "categories": ["android.intent.category.LAUNCHER"],
                "package": package,
                "class": found.launcher.name,
                "flags": 0x10000000,
            }
        )
        return True

    async def executeShellCommand(self, command: str, ms: float) -> Json:
        """Runs as the shell user; a command that takes too long is cut and answers -1."""
        _require(command, str)
        # The shell's commands start this server.
        from harness.twin.sh import Shell, Streams

        out, errors = Collect(), Collect()
        limit = _seconds(ms)
        try:
            shell = Shell(self._device).run(command, Streams(Nothing(), out, errors))
            code = await asyncio.wait_for(shell, limit)
        except TimeoutError:
            code = -1
        return {
            "returnCode": code,
            "stderr": errors.data.decode(errors="replace"),
            "stdout": out.data.decode(errors="replace"),
        }

    async def getConfigurator(self) -> Json:
        return dict(self._configuration)

    async def setConfigurator(self, configuration: dict[str, Any]) -> Json:
        _require(configuration, dict)
        for name, value in configuration.items():
            if name in self._configuration and isinstance(value, int):
                self._configuration[name] = value
        return dict(self._configuration)

    # ---- looking

    async def dumpWindowHierarchy(self, compressed: bool, depth: int = 0, active_only: bool = False) -> Json:
        await self._windows.idle()
        return self._windows.hierarchy(bool(compressed), max(0, int(depth)), bool(active_only))

    async def takeScreenshot(self, *args: Any) -> Json:
        """(scale, quality): base64 of a JPEG; (file name, scale, quality): the name, once it is written."""
        if len(args) not in (2, 3):
            raise TypeError("takeScreenshot takes two or three parameters")
        scale, quality = args[-2:]
        data = await self.jpeg(float(scale), int(quality))
        if len(args) == 2:
            return base64.b64encode(data).decode()
        target = self._device.files.host_path(str(args[0]))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return str(args[0])

    async def waitForIdle(self, ms: float) -> Json:
        await self._windows.idle(quiet_s=min(0.5, _seconds(ms)), limit_s=_seconds(ms))
        return None

    async def waitForWindowUpdate(self, package: str | None, ms: float) -> Json:
        """True when a window of the package (None: any) changed in that time."""
        deadline = time.monotonic() + _seconds(ms)
        while await self._windows.wait_change(deadline - time.monotonic()):
            if package in (None, self._windows.focused.package):
                return True
        return False

    async def getLastToast(self) -> Json:
        return self._windows.last_toast

    async def clearLastToast(self) -> Json:
        self._windows.clear_toast()
        return None

    async def getLastTraversedText(self) -> Json:
        """Of a web page's accessibility focus, which the twin has none of."""
        return None

    async def clearLastTraversedText(self) -> Json:
        return None

    # ---- touching

    async def click(self, *args: Any) -> Json:
        """(x, y), (x, y, ms), (object) or (object, corner)."""
        if args and isinstance(args[0], dict | str):
            return await self._click_object(*args, long=False)
        if len(args) not in (2, 3):
            raise TypeError("click takes a point or an object")
        x, y = int(args[0]), int(args[1])
        if len(args) == 3 and float(args[2]) > 0:
            await self._windows.long_tap(x, y, float(args[2]))
        else:
            await self._windows.tap(x, y)
        return True

    async def swipe(self, *args: Any) -> Json:
        """(x1, y1, x2, y2, steps), (object, direction, steps) or (object, direction, percent, steps)."""
        if args and isinstance(args[0], dict | str):
            if len(args) not in (3, 4):
                raise TypeError("swipe of an object takes a direction, a percentage and steps")
            percent = float(args[2]) if len(args) == 4 else 1.0
            return await self._swipe_object(args[0], str(args[1]), percent, _steps_ms(args[-1]))
        x1, y1, x2, y2, steps = args
        await self._windows.swipe(int(x1), int(y1), int(x2), int(y2), _steps_ms(steps))
        return True

    async def swipePoints(self, points: list[float], steps: int) -> Json:
        pairs = [(float(x), float(y)) for x, y in zip(points[::2], points[1::2], strict=True)]
        if len(pairs) > 1000:
            raise JavaFailure("java.lang.IllegalArgumentException", "more than 1000 points")
        await self._windows.input.swipe_points(pairs, _steps_ms(steps))
        return True

    async def drag(self, x1: float, y1: float, x2: float, y2: float, steps: int) -> Json:
        await self._windows.swipe(int(x1), int(y1), int(x2), int(y2), _steps_ms(steps))
        return True

    async def injectInputEvent(self, action: int, x: float, y: float, meta: int = 0) -> Json:
        return await self._windows.input.touch(int(action), float(x), float(y))

    # ---- keys, text, clipboard

    async def pressKey(self, name: str) -> Json:
        _require(name, str)
        if not is_press_name(name):
            return False
        await self._windows.key(name)
        return True

    async def pressKeyCode(self, code: int, meta: int = 0) -> Json:
        try:
            await self._windows.key(int(code))
        except ValueError:
            return False
        return True

    async def clearInputText(self) -> Json:
        await self._windows.input.clear()
        return None

    async def getClipboard(self) -> Json:
        return clipboard_text(self._device) or None

    async def setClipboard(self, label: str | None, text: str | None) -> Json:
        set_clipboard_text(self._device, label, text or "")
        return None

    async def pasteClipboard(self) -> Json:
        await self._windows.key("PASTE")
        return None

    # ---- for the HTTP side

    async def jpeg(self, scale: float, quality: int) -> bytes:
        """The screen, scaled by at most 1; drawn in a thread, so that other devices of the loop go on."""
        await self._windows.idle()
        scene = self._windows.scene() if self._windows.screen_on else None
        size = (self._windows.width, self._windows.height)
        return await asyncio.to_thread(
            _jpeg, scene, size, max(0.05, min(scale, 1.0)), max(1, min(quality, 95))
        )


def _jpeg(scene: draw.Scene | None, size: tuple[int, int], scale: float, quality: int) -> bytes:
    image = draw.black(*size) if scene is None else draw.picture(scene)
    if scale < 1:
        image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def _seconds(ms: float) -> float:
    return max(0.0, min(float(ms), MAX_WAIT_MS)) / 1000


def _steps_ms(steps: float) -> float:
    return max(0.0, min(float(steps) * STEP_MS, MAX_GESTURE_MS))


def _require(value: object, kind: type) -> None:
    """Parameters come from outside: a wrong type is the caller's mistake, not a crash."""
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
