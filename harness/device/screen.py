"""uiautomator2 behind a watchdog. Its own time limits are not enforced, so each call runs in a thread that is
left behind when the call's time is up; the connection it waits on ends by itself soon after."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import uiautomator2

from harness.device.phone import Phone, host_ms
from harness.model.errors import RunFailure

CALL_SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 45.0
MAX_DEPTH: Final = 150
_RESUMED = re.compile(
    r"(?:mResumedActivity|topResumedActivity|ResumedActivity)\b[^\n]*?\su\d+\s+([\w.]+)/([\w.$]+)"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dump:
    """The tree as it was at some instant between the two host times."""

    xml: str
    host_before_ms: float
    host_after_ms: float


@dataclass(frozen=True, slots=True)
class Current:
    package: str
    activity: str | None
    """Full class name; None when nothing is resumed."""


class DeviceScreen:
    """What a person sees and touches. A call that hangs raises RunFailure("screen_hung")."""

    def __init__(self, phone: Phone, call_seconds: float = CALL_SECONDS) -> None:
        self._phone = phone
        self._seconds = call_seconds
        self._device: Any = None

    def connect(self) -> None:
        """Start the server on the phone (pushes it the first time)."""
        self._device = self._watched("start of uiautomator2", CONNECT_SECONDS, self._connect)

    def close(self) -> None:
        """End the server on the phone, so that nothing of ours stays there."""
        device, self._device = self._device, None
        if device is not None:
            try:
                self._watched("stop of uiautomator2", 5, lambda: device.stop_uiautomator(wait=False))
            except RunFailure:
                # The phone is gone, and its server with it.
                return

    def reconnect(self) -> None:
        """After a hang: a new server and a new connection."""
        self.close()
        self.connect()

    def dump(self) -> Dump:
        before = host_ms()
        xml = self._rpc("dumpWindowHierarchy", False, MAX_DEPTH)
        after = host_ms()
        if not isinstance(xml, str) or "<hierarchy" not in xml:
            raise RunFailure("screen_hung", f"{self._phone.serial}: the tree came back empty")
        return Dump(xml, before, after)

    def tap(self, x: int, y: int) -> None:
        self._rpc("click", x, y)

    def press(self, key: str) -> None:
        """home, back, enter, menu, recent, power …"""
        self._rpc("pressKey", key)

    def swipe(self, x1: int, y1: int, x2: int, y2: int) -> None:
        """A slow drag of half a second: nothing is flung."""
        self._rpc("swipe", x1, y1, x2, y2, 100)

    def set_clipboard(self, text: str) -> None:
        self._rpc("setClipboard", None, text)

    def clipboard(self) -> str:
        """Empty when there is no text in it."""
        text = self._rpc("getClipboard")
        return text if isinstance(text, str) else ""

    def screenshot(self) -> bytes:
        """PNG."""

        def take() -> bytes:
            buffer = io.BytesIO()
            self._device.screenshot().convert("RGB").save(buffer, "PNG", compress_level=3)
            return buffer.getvalue()

        return self._watched("screenshot", self._seconds * 2, take)

    def current(self) -> Current:
        """Which activity has the focus of the person, by the activity manager."""
        text = self._phone.shell("dumpsys activity activities", timeout=self._seconds).stdout
        found = _RESUMED.search(text)
        if not found:
            return Current("", None)
        package, activity = found.groups()
        return Current(package, package + activity if activity.startswith(".") else activity)

    def _rpc(self, method: str, *parameters: object) -> object:
        return self._watched(
            method,
            self._seconds,
            lambda: self._device.jsonrpc_call(method, list(parameters), timeout=self._seconds),
        )

    def _connect(self) -> Any:
        # By transport id: by serial every call opens a second connection first and costs 10 ms more.
        return uiautomator2.connect(self._phone.adb)

    def _watched(self, what: str, seconds: float, call: Callable[[], T]) -> T:
        """Run it elsewhere, wait so long and no longer."""
        results: list[T] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                with self._phone.client.limit(seconds + 1):
                    results.append(call())
            # A border: whatever the client trips over becomes a typed failure below.
            except Exception as error:
                errors.append(error)

        thread = threading.Thread(target=run, name=f"screen {what}", daemon=True)
        thread.start()
        thread.join(seconds)
        if results:
            return results[0]
        if not errors:
            raise RunFailure("screen_hung", f"{self._phone.serial}: no answer to {what} in {seconds:.0f} s")
        error = errors[0]
        if not self._phone.is_there():
            raise RunFailure("device_lost", f"{self._phone.serial}: went away during {what}") from error
        raise RunFailure(
            "screen_hung", f"{self._phone.serial}: {what}: {type(error).__name__}: {error}"
        ) from error
