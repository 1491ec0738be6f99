"""Faults that happen to the app in front rather than to the phone: it crashes, or something else comes up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from harness.twin.processes import SYSTEM_PID
from harness.twin.system_screens import SystemScreen

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

CALL = SystemScreen("com.android.dialer/.InCallActivity", "Incoming call", "10086")
EXCEPTION = "java.lang.IllegalStateException"


class Mishaps:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._tasks: set[asyncio.Task[Any]] = set()
        device.faults.listeners.append(self._fault)

    def _fault(self, name: str) -> None:
        if name == "crash":
            self._crash()
        elif name == "home":
            task = asyncio.get_running_loop().create_task(self._device.activities.home())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif name == "call":
            self._device.activities.show(CALL)

    def _crash(self) -> None:
        """The main process of the app in front ends as by an exception that nobody caught."""
        package = self._device.activities.foreground_package()
        for process in self._device.processes.of_package(package):
            if process.name == package:
                process.crash = EXCEPTION
                words = f"[{process.pid},0,{process.name},0,{EXCEPTION},a fault of the twin,unknown,0]"
                self._device.logcat.write("events", "I", "am_crash", words, SYSTEM_PID)
                self._device.journal.write(
                    "crash", pid=process.pid, process=process.name, exception=EXCEPTION
                )
                process.kill("crashed")
