"""Repeated events to one process (location fixes, sensor samples) until it asks to stop or dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from harness.twin.binder import BinderError, Call
from harness.twin.device import TwinDevice
from harness.twin.services.guard import PerDevice

LIMIT: Final = 128
"""Streams one process may have at once, as SensorService bounds its listeners."""

Key = tuple[int, str, int]
"""pid, kind of stream, the app's listener number"""


class Streams:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._tasks: dict[Key, asyncio.Task[None]] = {}

    def start(
        self,
        call: Call,
        kind: str,
        listener: int,
        interval_s: float,
        event: Callable[[], dict[str, Any] | None],
    ) -> None:
        """Post `<kind>` events at once and then every `interval_s`; None from `event` skips one."""
        pid = call.process.pid
        if sum(key[0] == pid for key in self._tasks) >= LIMIT:
            raise BinderError(
                "java.lang.IllegalStateException", f"register failed, {LIMIT} listeners are there already"
            )
        key = (pid, kind, listener)
        self.stop(call, kind, listener)
        task = asyncio.get_running_loop().create_task(self._run(call, kind, interval_s, event))
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._forget(key, done))

    def stop(self, call: Call, kind: str, listener: int) -> None:
        task = self._tasks.pop((call.process.pid, kind, listener), None)
        if task is not None:
            task.cancel()

    async def _run(
        self, call: Call, kind: str, interval_s: float, event: Callable[[], dict[str, Any] | None]
    ) -> None:
        while call.process in self._device.processes.live():
            args = event()
            if args is not None:
                call.process.post(kind, args)
            await asyncio.sleep(interval_s)

    def _forget(self, key: Key, done: asyncio.Task[None]) -> None:
        if self._tasks.get(key) is done:
            del self._tasks[key]


STREAMS = PerDevice(Streams)
