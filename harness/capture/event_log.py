"""Lines of Android's event log, and its wall clock on the boot clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harness.device.phone import Phone

ROUNDING_MS: Final = 1.0
"""A log line's time has milliseconds, cut."""
LAG_MS: Final = 20.0
"""From the event to its line: the system's own delay, and two clocks read one after the other."""

_LINE: Final = re.compile(r"\s*(\d{9,11}\.\d{3,9})\s+(?:\S+\s+)??(\d+)\s+(\d+)\s+\w\s+([\w.]+)\s*:\s*(.*)")
_TAGS: Final = frozenset(
    {
        "am_proc_start", "am_proc_died", "am_kill", "am_crash", "am_anr",
        "wm_set_resumed_activity", "am_set_resumed_activity",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogLine:
    wall_ms: float
    tag: str
    pid: int = 0
    """The process it is about; 0 when it is about none."""
    process: str = ""
    component: str = ""
    cause: str = ""


def parse_line(line: str) -> LogLine | None:
    """A line of `logcat -b events -v epoch`. None for other lines, other tags and broken ones."""
    found = _LINE.fullmatch(line.rstrip("\r"))
    if found is None or found[4] not in _TAGS:
        return None
    wall, tag = float(found[1]) * 1000, found[4]
    cells = [cell.strip() for cell in found[5].strip().removeprefix("[").removesuffix("]").split(",")]
    try:
        match tag:
            case "am_proc_start":  # user, pid, uid, process, type, component
                return LogLine(wall, tag, int(cells[1]), cells[3], cause=" ".join(cells[4:6]).strip())
            case "am_proc_died":  # user, pid, process, oom, state
                return LogLine(wall, tag, int(cells[1]), cells[2])
            case "am_kill":  # user, pid, process, oom, reason[, resident memory]
                reason = cells[4:-1] if len(cells) > 5 and cells[-1].isdigit() else cells[4:]
                return LogLine(wall, tag, int(cells[1]), cells[2], cause="killed: " + ",".join(reason))
            case "am_crash":  # pid, user, process, flags, exception, message, file, line
                return LogLine(wall, tag, *_crash(cells))
            case "am_anr":  # user, pid, process, flags, reason
                return LogLine(wall, tag, int(cells[1]), cells[2], cause=",".join(cells[4:]))
            case _:  # user, component, reason
                return LogLine(wall, tag, component=cells[1])
    except (IndexError, ValueError):
        return None


def _crash(cells: list[str]) -> tuple[int, str, str, str]:
    """The pid is the first number that is no user: old systems put the user first, new ones the pid."""
    first, second = int(cells[0]), int(cells[1])
    return (max(first, second), cells[2], "", ": ".join(cell for cell in cells[4:6] if cell))


@dataclass(frozen=True, slots=True)
class WallClock:
    """wall - boot lies between lo and hi (milliseconds)."""

    lo: float
    hi: float

    def to_boot(self, wall_ms: float) -> tuple[float, float]:
        """The boot-clock instants that a log line's time can mean."""
        return wall_ms - self.hi - LAG_MS, wall_ms - self.lo + ROUNDING_MS

    def agrees(self, later: WallClock, slack_ms: float = 250.0) -> bool:
        return self.lo - slack_ms <= later.hi and later.lo <= self.hi + slack_ms


def read_wall_clock(phone: Phone) -> WallClock | None:
    """Both clocks, read by one shell line. None when the phone's `date` has no nanoseconds."""
    best: WallClock | None = None
    for _ in range(3):
        result = phone.shell("cat /proc/uptime; date +%s%N; cat /proc/uptime", timeout=10)
        lines = result.stdout.split("\n")
        try:
            before, wall, after = (float(lines[index].split()[0]) for index in range(3))
        except (IndexError, ValueError):
            return None
        if wall < 1e17:
            return None
        # The uptime is cut (or rounded) to 10 ms.
        found = WallClock(wall / 1e6 - (after * 1000 + 10), wall / 1e6 - (before * 1000 - 5))
        if best is None or found.hi - found.lo < best.hi - best.lo:
            best = found
    return best
