"""Activities: their life cycle, and what is in front.

What apps and people ask for changes the stacks of tasks; then `_settle` moves processes to where the stacks
want them, one change at a time: pause what was in front, launch or resume what is, stop and destroy the rest.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from harness.twin.background import Background
from harness.twin.binder import BinderError, security
from harness.twin.covers import Covers
from harness.twin.permission_dialog import COMPONENT
from harness.twin.processes import SYSTEM_PID, AppProcess
from harness.twin.resolve import Found, Intent, describe, resolve
from harness.twin.system_screens import SystemScreen, screen_for
from harness.twin.tasks import MAX_RECORDS, NEW_TASK, Placed, Record, Stacks, Task

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

Launch = Literal["COLD", "WARM", "HOT"]
HOME: Final = "com.android.launcher3/.uioverrides.QuickstepLauncher"
PAUSE_S: Final = 0.5
"""How long Android waits for onPause before it goes on."""
LAUNCH_S: Final = 10.0
START_GRACE_S: Final = 10.0
"""An app may start activities for so long after it left the front."""


@dataclass(frozen=True, slots=True)
class StartResult:
    component: str
    """package/.Class"""
    status: Placed
    launch: Launch
    total_ms: int
    complete: bool
    """False when it did not come to the front in time."""


class Activities:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._stacks = Stacks(self._ends)
        self._resumed: Record | None = None
        self._cover: str | None = None
        """A system activity that lies over the app in front."""
        self._queue: asyncio.Queue[tuple[Callable[[], Awaitable[Any]], asyncio.Future[Any]]] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None
        self._shown = HOME
        self.background = Background(device)
        self.covers = Covers(device)
        device.processes.on_death.append(self._process_died)

    # ---- what is in front

    @property
    def resumed(self) -> str:
        """package/.Class of what has the focus; the launcher's when no app is in front."""
        return self._cover or (self._resumed.found.flat if self._resumed else HOME)

    def foreground_package(self) -> str:
        """The package that the user sees, also while its first screen is still being made."""
        top = self._stacks.top()
        return top.package if top is not None else HOME.partition("/")[0]

    def is_foreground(self, package: str) -> bool:
        return self._stacks.holds(package)

    def seconds_since_front(self, package: str) -> float:
        """0 while it is in front, infinite if it never was."""
        if self.is_foreground(package):
            return 0.0
        return time.monotonic() - self._stacks.left_front.get(package, float("-inf"))

    def tasks(self) -> list[Task]:
        """Front first."""
        return list(reversed(self._stacks.tasks))

    # ---- what people and the shell do

    async def start(self, intent: Intent, on_placed: Callable[[Placed], None] | None = None) -> StartResult:
        """Start an activity and wait until it is in front. Raises LookupError when there is none.

        `on_placed` is told as soon as its place is decided, before anything moves.
        """
        found = self._one(intent)
        if found is None:
            raise LookupError(describe(intent))
        await self._leave_screen()
        began = time.monotonic()
        cold = self._device.processes.named(found.component.process) is None

        async def run() -> tuple[Record, Placed]:
            record, status = self._stacks.place(
                found, dict(intent, flags=intent.get("flags", 0) | NEW_TASK), None, None
            )
            if on_placed is not None:
                on_placed(status)
            await self._settle()
            return record, status

        record, status = await self._do(run)
        total = int((time.monotonic() - began) * 1000)
        launch: Launch = "COLD" if cold else "WARM" if status == "started" else "HOT"
        return StartResult(found.flat, status, launch, total, record.state == "resumed")

    async def _leave_screen(self) -> None:
        """A browser or settings page makes way for what is started; a permission dialog does not."""
        if self._cover is not None and self._cover != COMPONENT:
            self.covers.leave()
            await self.uncover()

    def show(self, screen: SystemScreen) -> None:
        """A screen of the phone's own apps comes to the front, until the user leaves it."""
        self.covers.open_screen(screen, None, None)

    async def home(self) -> None:
        self.covers.leave()

        async def run() -> None:
            self._stacks.at_home = True
            await self._settle()

        await self._do(run)

    async def back(self) -> None:
        """The BACK key, for the activity in front."""
        if self._resumed is not None and self._cover is None:
            self._resumed.post("back")

    async def force_stop(self, package: str) -> None:
        """End its processes, tasks, services and alarms; it gets no broadcast until it is started again."""
        self.background.stop_package(package)
        if self._cover is not None and self._cover != COMPONENT and self._cover.startswith(package + "/"):
            self.covers.leave()
        await self._device.processes.end_package(package, "stop " + package)

        async def run() -> None:
            for task in list(self._stacks.tasks):
                for record in [each for each in task.records if each.package == package]:
                    self._forget(record)
            await self._settle()

        await self._do(run)

    async def kill_background(self, package: str) -> None:
        """As `am kill`: only what the user does not see is ended."""
        if not self.is_foreground(package):
            for process in self._device.processes.of_package(package):
                await self._device.processes.end(process, "kill background")

    async def broadcast(self, intent: Intent, caller: str = "shell") -> int:
        """Send a broadcast; how many receivers get it."""
        return await self.background.send(intent, None)

    # ---- what apps ask for (their calls return at once; the change comes after)

    def start_from(self, process: AppProcess, intent: Intent, request: int | None, token: str | None) -> None:
        found = self._one(intent)
        if found is None:
            screen = screen_for(intent)
            if screen is None:
                raise BinderError("android.content.ActivityNotFoundException", _not_found(intent))
            if self._may_start(process, intent):
                self.covers.open_screen(screen, self._stacks.find(token) if token else None, request)
            return
        if found.package.name != process.package and not found.component.exported:
            raise security(
                f"Permission Denial: starting {describe(intent)} from ProcessRecord{{{process.pid}:"
                f"{process.name}/{process.user}}} (pid={process.pid}, uid={process.uid}) not exported from "
                f"uid {found.package.uid}"
            )
        if not self._may_start(process, intent):
            return
        caller = self._stacks.find(token) if token else None

        async def run() -> None:
            self._stacks.place(found, intent, caller, request)
            await self._settle()

        self._later(run)

    def finish(self, token: str, result: int, data: Intent | None) -> None:
        record = self._stacks.find(token)
        if record is not None:
            record.result = (result, data)
            self._finish([record])

    def finish_task(self, token: str) -> None:
        record = self._stacks.find(token)
        if record is not None:
            self._finish(list(record.task.records))

    def back_default(self, token: str) -> bool:
        """What onBackPressed does: the launcher's root goes to the back; False: the activity should end."""
        record = self._stacks.find(token)
        if record is None or record.task.records[0] is not record or not record.from_launcher:
            return False
        return self.move_to_back(token, True)

    def move_to_back(self, token: str, any_activity: bool) -> bool:
        record = self._stacks.find(token)
        if record is None or (not any_activity and record.task.records[0] is not record):
            return False
        task = record.task

        async def run() -> None:
            self._stacks.to_back(task)
            await self._settle()

        self._later(run)
        return True

    def recreate(self, token: str) -> None:
        record = self._stacks.find(token)
        if record is None:
            return

        async def run() -> None:
            if record in record.task.records:
                again = self._stacks.make(record.found, record.intent, record.task)
                record.task.records[record.task.records.index(record)] = again
                record.finishing = True
                record.post("activity.destroy")
                if self._resumed is record:
                    self._resumed = None
            await self._settle()

        self._later(run)

    def state_changed(self, process: AppProcess, token: str, state: str) -> None:
        record = self._stacks.find(token)
        if (
            record is not None
            and record.process is process
            and state in ("created", "resumed", "paused", "stopped")
        ):
            record.move(state)  # type: ignore[arg-type]  # checked in the line above

    async def cover(self, component: str) -> None:
        """A system activity comes over the app: what is in front pauses."""

        async def run() -> None:
            self._cover = component
            await self._settle()

        await self._do(run)

    async def uncover(self) -> None:
        """What covered it is gone; nothing happens when nothing did."""
        if self._cover is None:
            return

        async def run() -> None:
            self._cover = None
            await self._settle()

        await self._do(run)

    # ---- questions of apps

    def record(self, token: str) -> Record | None:
        return self._stacks.find(token)

    # ---- stacks

    def _one(self, intent: Intent) -> Found | None:
        found = resolve(self._device, intent, "activity")
        return found[0] if found else None

    def _ends(self, record: Record) -> None:
        self._event("wm_finish_activity", 0, record.token, record.task.id, record.found.flat, "app-request")

    def _forget(self, record: Record) -> None:
        self._stacks.forget(record)
        if self._resumed is record:
            self._resumed = None
            self._stacks.left_front[record.package] = time.monotonic()

    def _finish(self, records: list[Record]) -> None:
        self._stacks.mark(records)
        self._later(self._settle)

    # ---- making it so

    async def _settle(self) -> None:
        for _ in range(MAX_RECORDS):
            top = self._stacks.top()
            wanted = None if self._cover else top
            if self._resumed is not None and self._resumed is not wanted:
                await self._pause(self._resumed, leaving=wanted is None and not self._cover)
            results = self._end_finished(keep=self._resumed)
            for record, request, (result, data) in results:
                record.post("activity.result", request=request, result=result, intent=data)
            if wanted is not self._stacks.top() and not self._cover:
                continue
            if wanted is not None and self._resumed is not wanted and not await self._resume(wanted):
                continue
            break
        self._stop_hidden()
        self._tell_front()

    async def _pause(self, record: Record, leaving: bool) -> None:
        self._resumed = None
        self._stacks.left_front[record.package] = time.monotonic()
        if record.process is None or not record.process.is_live:
            return
        record.post("activity.pause", leaving=leaving)
        await self._wait(record, ("paused", "stopped", "destroyed"), PAUSE_S)
        self._event("wm_on_paused_called", record.token, record.found.component.name, "performPause")
        if record.state == "resumed":
            record.state = "paused"

    async def _resume(self, record: Record) -> bool:
        """False when something else should be in front by now."""
        if record.process is None and not await self._attach(record):
            return False
        self._device.windows.set_visible(record.token, True)
        if record.state == "new":
            record.state = "launching"
            record.may_retry = record.process is not None and record.process.state == "ready"
            record.post(
                "activity.launch",
                **{"class": record.found.class_name, "intent": record.intent},
                label=record.found.component.label or record.found.package.label,
            )
            self._event("wm_on_create_called", record.token, record.found.component.name, "performCreate")
        else:
            record.post("activity.resume")
        await self._wait(record, ("new", "resumed", "destroyed"), LAUNCH_S)
        if record.finishing or record.state in ("new", "destroyed"):
            return False
        # One that is slow counts as being in front, as on a phone: its window is what the user waits for.
        self._resumed = record
        return True

    async def _attach(self, record: Record) -> bool:
        component = record.found.component
        processes = self._device.processes
        try:
            process = await processes.start(
                record.found.package,
                component.process,
                "next-top-activity",
                f"{record.package}/{component.name}",
            )
        except (LookupError, ProcessLookupError) as error:
            self._log("E", f"{record.found.flat} was not started: {error}")
            self._forget(record)
            return False
        self.background.has_run(record.package)
        record.process = process
        return not record.finishing

    async def _wait(self, record: Record, states: tuple[str, ...], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while record.state not in states and (left := deadline - time.monotonic()) > 0:
            if record.finishing and "paused" not in states:
                return
            if record.process is not None and not record.process.is_live:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(record.changed.wait(), left)

    def _end_finished(self, keep: Record | None) -> list[tuple[Record, int, tuple[int, Intent | None]]]:
        """Destroy what is finishing; the results that others wait for."""
        results = []
        for task in list(self._stacks.tasks):
            for record in [each for each in task.records if each.finishing and each is not keep]:
                record.post("activity.destroy")
                self._event(
                    "wm_on_destroy_called", record.token, record.found.component.name, "performDestroy"
                )
                if record.result_to is not None:
                    receiver, request = record.result_to
                    results.append((receiver, request, record.result))
                self._forget(record)
        return results

    def _stop_hidden(self) -> None:
        for task in self._stacks.tasks:
            for record in task.records:
                covered = self._cover == COMPONENT and record is self._stacks.top()
                if (
                    record is not self._resumed
                    and not covered
                    and record.state in ("paused", "resumed", "created")
                ):
                    record.post("activity.stop")
                    record.state = "stopped"
                    self._device.windows.set_visible(record.token, False)
                    self._event(
                        "wm_on_stop_called", record.token, record.found.component.name, "STOP_ACTIVITY_ITEM"
                    )

    def _tell_front(self) -> None:
        if self.resumed != self._shown:
            self._shown = self.resumed
            self._event("wm_set_resumed_activity", 0, self._shown, "resumeTopActivity")
            self._device.journal.write("front", component=self._shown)

    # ---- order

    async def _do(self, run: Callable[[], Awaitable[Any]]) -> Any:
        return await self._put(run)

    def _later(self, run: Callable[[], Awaitable[Any]]) -> None:
        self._put(run).add_done_callback(self._noted)

    def _put(self, run: Callable[[], Awaitable[Any]]) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((run, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return done

    async def _work(self) -> None:
        while True:
            run, done = await self._queue.get()
            try:
                result = await run()
            except Exception as error:  # handed to whoever waits for it
                if not done.done():
                    done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(result)

    def _noted(self, done: asyncio.Future[Any]) -> None:
        if not done.cancelled() and (error := done.exception()) is not None:
            self._log("E", f"activity change failed: {error!r}")
            self._device.journal.write("activity_error", error=repr(error))

    def _may_start(self, process: AppProcess, intent: Intent) -> bool:
        """Since Android 10 an app that has left the screen may not come back by itself."""
        overlay = "android.permission.SYSTEM_ALERT_WINDOW"
        if self.seconds_since_front(process.package) < START_GRACE_S:
            return True
        if self._device.permissions.check(process.package, overlay):
            return True
        self._log("W", f"Background activity start [callingPackage: {process.package}; {describe(intent)}]")
        self._device.journal.write(
            "background_start_refused", package=process.package, intent=describe(intent)
        )
        return False

    def _process_died(self, process: AppProcess, cause: str) -> None:
        """Its activities go with it; unlike a phone, the twin does not start it again for lower ones."""
        gone = [each for task in self._stacks.tasks for each in task.records if each.process is process]
        for record in gone:
            if record.may_retry and record.state == "launching" and cause == "exited":
                # It was leaving when it got this activity: as on a phone, a new process makes it.
                record.may_retry, record.process = False, None
                record.move("new")
            else:
                self._forget(record)
        self._device.permissions.process_died(process)
        self.background.process_died(process, cause)
        if gone:
            self._later(self._settle)

    def _event(self, tag: str, *values: object) -> None:
        text = "[" + ",".join(str(value) for value in values) + "]"
        self._device.logcat.write("events", "I", tag, text, SYSTEM_PID)

    def _log(self, level: str, text: str) -> None:
        self._device.logcat.write("system", level, "ActivityTaskManager", text, SYSTEM_PID)


def _not_found(intent: Intent) -> str:
    if intent.get("class"):
        return (
            f"Unable to find explicit activity class {{{intent.get('package')}/{intent['class']}}}; have you "
            "declared this activity in your AndroidManifest.xml, or does your intent not match its declared "
            "<intent-filter>?"
        )
    return f"No Activity found to handle {describe(intent)}"
