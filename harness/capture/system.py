"""What the system says of the app: processes, foreground, crashes, permissions.

The event log is followed as it is written (times are the phone's wall clock, moved to its boot clock); a look
at the process table every other second finds what the log did not tell.
"""

from __future__ import annotations

import re
import shlex
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from harness.capture.event_log import LogLine, WallClock, parse_line, read_wall_clock
from harness.device.phone import Phone, ShellResult, host_ms
from harness.model.errors import RunFailure
from harness.model.run_folder import HEALTH, SYSTEM, RunFolder

POLL_SECONDS: Final = 2.0
MAX_LINE: Final = 1 << 16
DOWN_MS: Final = 3000.0
"""A phone told to restart ends its apps within this."""

_GRANT: Final = re.compile(r"^\s+([\w.]+): granted=(true|false)", re.MULTILINE)
_UID: Final = re.compile(r"\buserId=(\d+)")
_IN_FRONT: Final = re.compile(r"permissioncontroller|packageinstaller")
"""The system's question lies over the app; the app is still what the person uses."""

Action = Literal["start", "death", "foreground", "background"]


class Shell(Protocol):
    def shell(self, command: str, timeout: float = 30) -> ShellResult: ...


def permission_states(phone: Shell, package: str) -> dict[str, bool]:
    """Runtime and install permissions of a package, granted or not. Empty when it is not installed."""
    text = phone.shell(f"dumpsys package {shlex.quote(package)}").stdout
    return {name: state == "true" for name, state in _GRANT.findall(text)}


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one look at the process table found, and the host times between which it came to be so."""

    name: str
    lo: float
    hi: float


class SystemCapture:
    """Runs beside the scenarios. `start` before the app is started, `stop` when all scenarios have ended."""

    def __init__(
        self, phone: Phone, folder: RunFolder, package: str, poll_seconds: float = POLL_SECONDS, boot: int = 0
    ) -> None:
        """`boot` counts restarts of the phone during the run."""
        self._boot = boot
        self._phone = phone
        self._folder = folder
        self._package = package
        self._poll_seconds = poll_seconds
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._threads: list[threading.Thread] = []
        self._stream: socket.socket | None = None
        self._alive: dict[int, str] = {}
        """Processes of the app that live as far as we know."""
        self._fresh: dict[int, _Sight] = {}
        """Found by one look at the table and not yet told by the log, which may only be late."""
        self._missing: dict[int, _Sight] = {}
        """Not found by one look, likewise."""
        self._crashes: dict[int, str] = {}
        self._in_front = False
        self._wall: WallClock | None = None
        self._began = 0.0
        self._last_poll = 0.0
        self._troubles: list[str] = []

    def start(self) -> None:
        self._began = self._last_poll = host_ms()
        self._wall = read_wall_clock(self._phone)
        self._stream = self._phone.stream("exec logcat -b events -v epoch -T 1")
        for target, name in ((self._follow, "event log"), (self._poll, "process table")):
            thread = threading.Thread(target=self._guarded, args=(target, name), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Ends both and says what they can vouch for. Raises nothing when the phone is gone."""
        if self._look_again():
            self._check_wall_clock()
        self._ending.set()
        if self._stream is not None:
            try:
                self._stream.shutdown(socket.SHUT_RDWR)
            except OSError:
                # The other side ended first.
                self._troubles.append("the event log ended early")
            self._stream.close()
        for thread in self._threads:
            thread.join(timeout=10)
        healthy = not self._troubles
        reason = "; ".join(dict.fromkeys(self._troubles)) or "the event log was followed and shows no crash"
        self._health(healthy, reason, self._began, host_ms())

    def _guarded(self, target: Callable[[], None], name: str) -> None:
        """What cannot be written (a full disk) is a trouble that `stop` tells, not a dead thread."""
        try:
            target()
        except OSError as error:
            self._troubles.append(f"{name}: {error}")

    def shut_down(self) -> None:
        """The phone is about to go down: what still lives dies with it, between now and the next boot."""
        now = host_ms()
        with self._lock:
            for pid, name in self._alive.items():
                event = {"kind": "process", "action": "death", "cause": "the phone was restarted", "pid": pid,
                         "process": name}  # fmt: skip
                self._folder.append(SYSTEM, {"host_lo_ms": now, "host_hi_ms": now + DOWN_MS, "event": event})
            self._alive.clear()

    # The event log

    def _follow(self) -> None:
        assert self._stream is not None
        rest = b""
        while not self._ending.is_set():
            try:
                chunk = self._stream.recv(65536)
            except OSError:
                break
            if not chunk:
                break
            arrived = host_ms()
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[-MAX_LINE:]
            for line in lines:
                parsed = parse_line(line.decode("utf-8", errors="replace"))
                if parsed is not None:
                    self._told(parsed, arrived)
        if not self._ending.is_set():
            self._troubles.append("the event log ended early: crashes after that were not seen")

    def _told(self, line: LogLine, arrived: float) -> None:
        with self._lock:
            match line.tag:
                case "am_proc_start" if self._is_ours(line.process):
                    self._started(line, arrived)
                case "am_crash" if self._is_ours(line.process):
                    self._crashes[line.pid] = line.cause
                    self._health(False, f"the app crashed: {line.cause}"[:300], self._last_poll, arrived)
                case "am_anr" if self._is_ours(line.process):
                    self._health(
                        False, f"the app did not respond: {line.cause}"[:300], self._last_poll, arrived
                    )
                case "am_proc_died" | "am_kill" if self._is_ours(line.process):
                    self._died(line, arrived)
                case "wm_set_resumed_activity" | "am_set_resumed_activity":
                    self._resumed(line, arrived)
                case _:
                    return

    def _started(self, line: LogLine, arrived: float) -> None:
        self._fresh.pop(line.pid, None)
        if line.pid not in self._alive:
            self._alive[line.pid] = line.process
            self._write("start", line, arrived, line.cause)

    def _died(self, line: LogLine, arrived: float) -> None:
        # A kill is followed by the death of the same process: told once, with the reason of the first.
        if self._alive.pop(line.pid, None) is None:
            return
        self._missing.pop(line.pid, None)
        crash = self._crashes.pop(line.pid, None)
        cause = f"crash: {crash}" if crash else line.cause or ("killed" if line.tag == "am_kill" else "died")
        self._write("death", line, arrived, cause)

    def _resumed(self, line: LogLine, arrived: float) -> None:
        package = line.component.partition("/")[0]
        if _IN_FRONT.search(package):
            return
        ours = package == self._package
        if ours != self._in_front:
            self._in_front = ours
            self._write("foreground" if ours else "background", line, arrived, line.component)

    def _write(self, action: Action, line: LogLine, arrived: float, cause: str) -> None:
        event: dict[str, object] = {"kind": "process", "action": action, "cause": cause[:300]}
        if line.process:
            event |= {"pid": line.pid, "process": line.process}
        else:
            event |= {"process": self._package}
        interval = self._wall.to_boot(line.wall_ms) if self._wall else None
        if interval is not None:
            times = {"device_lo_ms": interval[0], "device_hi_ms": interval[1]}
            if self._boot:
                times["boot"] = self._boot
        else:
            times = {"host_lo_ms": self._last_poll, "host_hi_ms": arrived}
        self._folder.append(SYSTEM, {**times, "event": event})

    # The process table

    def _poll(self) -> None:
        while not self._ending.wait(self._poll_seconds):
            self._look_again()

    def _look_again(self) -> bool:
        """Whether the phone answered."""
        before, self._last_poll = self._last_poll, host_ms()
        try:
            table = self._phone.processes()
        except RunFailure as failure:
            self._troubles.append(f"the process table could not be read: {failure}")
            self._ending.set()
            return False
        now = host_ms()
        ours = {pid: name for pid, name in table.items() if self._is_ours(name)}
        with self._lock:
            self._compare(ours, table, before, now)
        return True

    def _compare(self, ours: dict[int, str], table: dict[int, str], before: float, now: float) -> None:
        """A change that two looks in a row show and the log has not told is written down from the table. A
        process that has just started still has zygote's name: it is missing only when its pid is."""
        for pid in [pid for pid in self._fresh if pid not in ours]:
            del self._fresh[pid]
        for pid in [pid for pid in self._missing if pid in table or pid not in self._alive]:
            del self._missing[pid]
        for pid, name in ours.items():
            if pid in self._alive:
                continue
            sight = self._fresh.pop(pid, None)
            if sight is None:
                self._fresh[pid] = _Sight(name, before, now)
            else:
                self._alive[pid] = name
                self._by_table("start", pid, sight)
        for pid in [pid for pid in self._alive if pid not in table]:
            sight = self._missing.pop(pid, None)
            if sight is None:
                self._missing[pid] = _Sight(self._alive[pid], before, now)
            else:
                del self._alive[pid]
                self._by_table("death", pid, sight)

    def _by_table(self, action: Action, pid: int, sight: _Sight) -> None:
        crash = self._crashes.pop(pid, None) if action == "death" else None
        cause = f"crash: {crash}" if crash else "seen in the process table"
        event = {"kind": "process", "action": action, "cause": cause, "pid": pid, "process": sight.name}
        self._folder.append(SYSTEM, {"host_lo_ms": sight.lo, "host_hi_ms": sight.hi, "event": event})

    # At the end

    def _check_wall_clock(self) -> None:
        if self._wall is None:
            return
        try:
            after = read_wall_clock(self._phone)
        except RunFailure:
            return
        if after is not None and not self._wall.agrees(after):
            self._troubles.append("the phone's wall clock was set during the run: times of its log are wrong")

    def _health(self, healthy: bool, reason: str, lo: float, hi: float) -> None:
        event = {"kind": "health", "gate": "untouched", "healthy": healthy, "reason": reason, "facts": {}}
        self._folder.append(HEALTH, {"host_lo_ms": lo, "host_hi_ms": hi, "event": event})

    def _is_ours(self, process: str) -> bool:
        return process == self._package or process.startswith(self._package + ":")
