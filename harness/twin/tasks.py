"""The stacks of tasks: which activity is where, as launch modes and flags say. Moves no process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from harness.twin.binder import BinderError
from harness.twin.packages import Package
from harness.twin.processes import AppProcess
from harness.twin.resolve import CATEGORY_LAUNCHER, MAIN, Found, Intent

State = Literal["new", "launching", "created", "resumed", "paused", "stopped", "destroyed"]
Placed = Literal["started", "to_front", "delivered"]
"""`to_front`: its task only came to the front; `delivered`: the instance on top got the intent."""
MAX_RECORDS: Final = 200

CLEAR_TASK: Final = 0x8000
REORDER: Final = 0x20000
CLEAR_TOP: Final = 0x4000000
MULTIPLE: Final = 0x8000000
NEW_TASK: Final = 0x10000000
SINGLE_TOP: Final = 0x20000000


@dataclass(slots=True, eq=False)
class Record:
    """One instance of an activity."""

    token: str
    found: Found
    intent: Intent
    task: Task
    process: AppProcess | None = None
    state: State = "new"
    finishing: bool = False
    may_retry: bool = False
    """It was given to a process that had been there before."""
    result_to: tuple[Record, int] | None = None
    """Who waits for its result, and their number for it."""
    result: tuple[int, Intent | None] = (0, None)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def package(self) -> str:
        return self.found.package.name

    @property
    def from_launcher(self) -> bool:
        return is_launcher(self.intent)

    def move(self, state: State) -> None:
        self.state = state
        self.wake()

    def wake(self) -> None:
        event, self.changed = self.changed, asyncio.Event()
        event.set()

    def post(self, event: str, **args: Any) -> None:
        if self.process is not None:
            self.process.post(event, {"token": self.token, **args})


@dataclass(slots=True, eq=False)
class Task:
    id: int
    affinity: str
    over: Task | None
    """What shows when it ends; None for the home screen."""
    records: list[Record] = field(default_factory=list)


class Stacks:
    def __init__(self, finished: Callable[[Record], None]) -> None:
        self.tasks: list[Task] = []
        """Back to front."""
        self.at_home = True
        self.left_front: dict[str, float] = {}
        """time.monotonic() by package."""
        self._finished = finished
        """Told of each record that is marked to end."""
        self._numbers = 0

    def find(self, token: str) -> Record | None:
        for task in self.tasks:
            for record in task.records:
                if record.token == token:
                    return record
        return None

    def top(self) -> Record | None:
        """What should be in front; None for the home screen."""
        if self.at_home:
            return None
        return next((each for each in reversed(self.front_records()) if not each.finishing), None)

    def front_records(self) -> list[Record]:
        return self.tasks[-1].records if self.tasks else []

    def holds(self, package: str) -> bool:
        """Whether the task in front has a living activity of the package."""
        living = (each for each in self.front_records() if not each.finishing)
        return not self.at_home and any(each.package == package for each in living)

    def place(
        self, found: Found, intent: Intent, caller: Record | None, request: int | None
    ) -> tuple[Record, Placed]:
        """Put the activity where launch modes and flags say."""
        flags = intent.get("flags") or 0
        mode = found.component.launch_mode
        task = caller.task if caller is not None and not flags & NEW_TASK and mode < 2 else None
        if task is None or task not in self.tasks:
            task = self._task_for(found.package, flags)
        self._to_front(task)
        if flags & CLEAR_TASK:
            self.mark(task.records)
        reused = self._reuse(task, found, intent, caller)
        if reused is not None:
            return reused
        if sum(len(each.records) for each in self.tasks) >= MAX_RECORDS:
            raise BinderError("java.lang.IllegalStateException", "too many activities")
        record = self.make(found, intent, task)
        if caller is not None and request is not None:
            record.result_to = (caller, request)
        task.records.append(record)
        return record, "started"

    def _reuse(
        self, task: Task, found: Found, intent: Intent, caller: Record | None
    ) -> tuple[Record, Placed] | None:
        """An instance that is there already and takes the intent instead of a new one."""
        flags = intent.get("flags") or 0
        mode = found.component.launch_mode
        living = [each for each in task.records if not each.finishing]
        same = [each for each in living if each.found.component.name == found.component.name]
        if not same:
            return None
        if is_launcher(intent) and caller is None and living[0] is same[0] and not flags & CLEAR_TOP:
            return living[-1], "to_front"
        if living[-1] is same[-1] and (mode == 1 or flags & SINGLE_TOP):
            return _deliver(same[-1], intent)
        if caller is None and not flags & (CLEAR_TOP | CLEAR_TASK | REORDER) and mode < 2:
            # A task whose first activity was started by the same intent only comes to the front.
            root = living[0]
            return (living[-1], "to_front") if root is same[0] and _same(root.intent, intent) else None
        if flags & CLEAR_TOP or mode >= 2:
            self.mark(living[living.index(same[-1]) + 1 :])
            if mode or flags & SINGLE_TOP:
                return _deliver(same[-1], intent)
            self.mark([same[-1]])
        elif flags & REORDER:
            task.records.remove(same[-1])
            task.records.append(same[-1])
            return _deliver(same[-1], intent)
        return None

    def make(self, found: Found, intent: Intent, task: Task) -> Record:
        self._numbers += 1
        return Record(f"{self._numbers:x}", found, intent, task)

    def mark(self, records: list[Record]) -> None:
        """These are to end."""
        for record in list(records):
            if not record.finishing:
                record.finishing = True
                self._finished(record)
                record.wake()

    def to_back(self, task: Task) -> None:
        if task in self.tasks:
            self.tasks.remove(task)
            self.tasks.insert(0, task)
            self._leave(task)

    def forget(self, record: Record) -> None:
        """It is gone; so is its task with its last record."""
        task = record.task
        if record in task.records:
            task.records.remove(record)
        record.finishing = True
        record.move("destroyed")
        if not task.records and task in self.tasks:
            was_front = self.tasks[-1] is task and not self.at_home
            self.tasks.remove(task)
            if was_front:
                self._leave(task)

    def _task_for(self, package: Package, flags: int) -> Task:
        if not flags & MULTIPLE:
            for task in reversed(self.tasks):
                if task.affinity == package.name:
                    return task
        self._numbers += 1
        over = None if self.at_home or not self.tasks else self.tasks[-1]
        task = Task(self._numbers, package.name, over)
        self.tasks.append(task)
        return task

    def _to_front(self, task: Task) -> None:
        self.tasks.remove(task)
        self.tasks.append(task)
        self.at_home = False

    def _leave(self, task: Task) -> None:
        """The task in front ended or went to the back: show what it lay over, else the home screen."""
        self.left_front[task.affinity] = time.monotonic()
        under = task.over
        if under is not None and under in self.tasks and under.records:
            self._to_front(under)
        else:
            self.at_home = True


def is_launcher(intent: Intent) -> bool:
    return intent.get("action") == MAIN and CATEGORY_LAUNCHER in (intent.get("categories") or ())


def _same(one: Intent, other: Intent) -> bool:
    """Android's Intent.filterEquals: all but extras and flags."""
    fields = ("action", "data", "type", "package", "class")
    return all((one.get(name) or None) == (other.get(name) or None) for name in fields) and set(
        one.get("categories") or ()
    ) == set(other.get("categories") or ())


def _deliver(record: Record, intent: Intent) -> tuple[Record, Placed]:
    record.intent = intent
    record.post("activity.new_intent", intent=intent)
    return record, "delivered"
