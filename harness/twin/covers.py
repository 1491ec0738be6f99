"""System activities that come over an app and go again: the permission dialog, a browser, a settings page."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from harness.twin.processes import SYSTEM_PID, AppProcess
from harness.twin.tasks import Record

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.system_screens import SystemScreen


class Covers:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._open: set[asyncio.Future[None]] = set()
        self.leaving = asyncio.Event()
        """Set when the user goes home next: what covers an app then goes without an answer."""

    def ask_permissions(self, process: AppProcess, token: str, request: int, permissions: list[str]) -> None:
        """Ask the user, then tell the activity, which is paused meanwhile if there is something to ask."""
        self._start(self._ask(process, token, request, permissions))

    async def _ask(self, process: AppProcess, token: str, request: int, permissions: list[str]) -> None:
        activities = self._device.activities
        record = activities.record(token)
        if record is None:
            return
        try:
            grants = await self._device.permissions.request(process, permissions, activities.cover)
            # The answer comes before onResume, as on a phone.
            record.post("activity.permission_result", request=request, permissions=permissions, grants=grants)
        finally:
            await activities.uncover()

    def open_screen(self, screen: SystemScreen, caller: Record | None, request: int | None) -> None:
        """Show it until the user goes back; who started it for a result is told that there is none."""
        self._start(self._show(screen, caller, request))

    async def _show(self, screen: SystemScreen, caller: Record | None, request: int | None) -> None:
        activities = self._device.activities
        left, gone_home = asyncio.Event(), self.leaving

        async def nothing(node: dict[str, Any]) -> None:
            """There is nothing to tap on these screens."""

        async def back() -> None:
            left.set()

        await activities.cover(screen.component)
        windows = self._device.windows
        window = windows.show_system(screen.package, screen.title, screen.tree(), nothing, back)
        try:
            await first_of(left, gone_home)
        finally:
            windows.close_system(window)
            if caller is not None and request is not None:
                caller.post("activity.result", request=request, result=0, intent=None)
            await activities.uncover()

    def leave(self) -> None:
        """The user goes home."""
        self.leaving.set()
        self.leaving = asyncio.Event()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        opened = asyncio.ensure_future(work)
        self._open.add(opened)
        opened.add_done_callback(self._closed)

    def _closed(self, opened: asyncio.Future[None]) -> None:
        self._open.discard(opened)
        if not opened.cancelled() and (error := opened.exception()) is not None:
            self._device.logcat.write("system", "E", "twin", f"system screen: {error!r}", SYSTEM_PID)
            self._device.journal.write("activity_error", error=repr(error))


async def first_of(*events: asyncio.Event) -> None:
    """Until one of them is set."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
