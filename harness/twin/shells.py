"""Processes of the shell user: what `ps` lists beside apps and `kill` can end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from harness.twin.journal import Journal

FIRST_PID: Final = 4_200_000
"""Above Linux's PID_MAX_LIMIT (4,194,304): no app process of the twin, a host process, has such a pid."""


@dataclass(frozen=True, slots=True)
class ShellProcess:
    pid: int
    name: str
    user: str
    kill: Callable[[], None]


class Shells:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._processes: dict[int, ShellProcess] = {}
        self._next = FIRST_PID
        self._kept: set[asyncio.Task[Any]] = set()
        self.on_reboot: Callable[[], None] | None = None
        """Set by adbd, which restarts with the device."""

    def add(self, name: str, kill: Callable[[], None], user: str = "shell") -> ShellProcess:
        self._next += 1
        process = ShellProcess(self._next, name, user, kill)
        self._processes[process.pid] = process
        return process

    def remove(self, process: ShellProcess) -> None:
        self._processes.pop(process.pid, None)

    def get(self, pid: int) -> ShellProcess | None:
        return self._processes.get(pid)

    def list(self) -> list[ShellProcess]:
        return list(self._processes.values())

    def keep(self, task: asyncio.Task[Any]) -> None:
        """Hold a background job until it ends; `end` cancels what is left."""
        self._kept.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._kept.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._journal.write("internal_error", where=task.get_name(), error=repr(error))

    def request_reboot(self) -> None:
        if self.on_reboot:
            self.on_reboot()

    def end(self) -> None:
        """Everything of the shell user ends, as on a reboot."""
        for process in self.list():
            process.kill()
        for task in list(self._kept):
            task.cancel()
