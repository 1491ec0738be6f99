"""The pool of ready-made processes (USAP) that Android 10 and later may keep: an app's process taken from it was
forked before, so no gate holds it. It is switched off for the run and put back as it was.

Source: AOSP frameworks/base/core/java/com/android/internal/os/ZygoteServer.java and ZygoteConfig.java; Android looks
at the setting once a minute. Written from the source, not run on a phone here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from harness.device.phone import Phone
from harness.model.errors import RunFailure

FLAG: Final = "runtime_native usap_pool_enabled"
PROPERTIES: Final = ("persist.device_config.runtime_native.usap_pool_enabled", "dalvik.vm.usap_pool_enabled")
"""What Android reads: the first one that is set."""
SECONDS: Final = 90.0
"""A little more than the minute that Android takes to look."""


class ProcessPool:
    def __init__(self, phone: Phone, pause: Callable[[float], None] = time.sleep) -> None:
        self._phone = phone
        self._pause = pause
        self._was: str | None = None
        """The flag before the run: "null" when it was not set. None: it was left alone."""

    def switch_off(self) -> None:
        """When it returns no process of the pool is left. Raises RunFailure when the pool stays."""
        if not self._is_on():
            return
        was = self._phone.shell(f"device_config get {FLAG}").stdout.strip() or "null"
        changed = self._phone.shell(f"device_config put {FLAG} false")
        if changed.code != 0:
            raise self._failure(
                f"`device_config put {FLAG} false` was refused: {changed.stderr.strip()[:200]}"
            )
        self._was = was
        for _ in range(int(SECONDS)):
            if not any(name.startswith("usap") for name in self._phone.processes().values()):
                return
            self._pause(1.0)
        raise self._failure(f"processes of the pool are still there after {SECONDS:.0f} s")

    def restore(self) -> None:
        """A phone that is gone keeps what it has."""
        if self._was is None:
            return
        command = f"delete {FLAG}" if self._was == "null" else f"put {FLAG} {self._was}"
        self._phone.shell(f"device_config {command}")
        self._was = None

    def _is_on(self) -> bool:
        told = [self._phone.getprop(name).strip() for name in PROPERTIES]
        return next((value for value in told if value), "") in ("true", "1")

    def _failure(self, why: str) -> RunFailure:
        return RunFailure(
            "agent_failed",
            f"{self._phone.serial}: the pool of ready-made processes cannot be switched off, and a process from it "
            f"would run without the agent: {why}",
        )
