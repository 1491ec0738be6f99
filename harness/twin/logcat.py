"""Log buffers, and how `logcat` prints them."""

from __future__ import annotations

import asyncio
import calendar
import re
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from harness.model.errors import InputError

if TYPE_CHECKING:
    from harness.twin.clock import DeviceClock

BUFFERS: Final = ("main", "system", "crash", "events", "radio", "kernel", "stats", "security")
DEFAULT_BUFFERS: Final = ("main", "system", "crash")
LEVELS: Final = "VDIWEF"
ENTRIES: Final = 20_000
"""Kept over all buffers, as a ring."""
TEXT_CHARS: Final = 4068
"""Android's own limit of one entry's payload."""
ZONE: Final = "CST"
ZONE_OFFSET_S: Final = 8 * 3600
"""The twin's time zone is Asia/Shanghai."""
FORMATS: Final = (
    "brief",
    "epoch",
    "long",
    "monotonic",
    "process",
    "raw",
    "tag",
    "thread",
    "threadtime",
    "time",
)
MODIFIERS: Final = ("descriptive", "color", "usec", "nsec", "year", "zone", "UTC", "printable", "uid")


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    """Counts from 1 over all buffers."""
    buffer: str
    boot_ms: float
    wall_ms: float
    pid: int
    tid: int
    level: str
    tag: str
    text: str


class Logcat:
    def __init__(self, clock: DeviceClock) -> None:
        self._clock = clock
        self._entries: deque[Entry] = deque(maxlen=ENTRIES)
        self._number = 0
        self._written = asyncio.Event()

    def write(self, buffer: str, level: str, tag: str, text: str, pid: int, tid: int = 0) -> None:
        if buffer not in BUFFERS or level not in LEVELS:
            raise ValueError(f"no log buffer {buffer!r} or level {level!r}")
        self._number += 1
        entry = Entry(
            self._number,
            buffer,
            self._clock.boot_ms(),
            self._clock.wall_ms(),
            pid,
            tid or pid,
            level,
            tag,
            text[:TEXT_CHARS],
        )
        self._entries.append(entry)
        self._written.set()
        self._written = asyncio.Event()

    def since(self, number: int, buffers: Iterable[str]) -> list[Entry]:
        """Entries after the numbered one, oldest first."""
        wanted = frozenset(buffers)
        found: list[Entry] = []
        for entry in reversed(self._entries):
            if entry.number <= number:
                break
            if entry.buffer in wanted:
                found.append(entry)
        return found[::-1]

    @property
    def last(self) -> int:
        return self._number

    async def wait(self, timeout: float) -> bool:
        """True as soon as something is written; False when nothing was in time."""
        try:
            await asyncio.wait_for(self._written.wait(), timeout)
        except TimeoutError:
            return False
        return True

    def clear(self, buffers: Iterable[str]) -> None:
        gone = frozenset(buffers)
        kept = [entry for entry in self._entries if entry.buffer not in gone]
        self._entries.clear()
        self._entries.extend(kept)


class Filters:
    """Filter specs as logcat takes them: `Tag:W`, `*:S`, `Tag` (all of it)."""

    def __init__(self, specs: Iterable[str]) -> None:
        self._default = 0
        self._tags: dict[str, int] = {}
        for spec in specs:
            tag, _, level = spec.rpartition(":") if ":" in spec else (spec, "", "V")
            rank = (LEVELS + "S").find((level or "V").upper().replace("*", "V"))
            if rank < 0 or len(level) > 1:
                raise InputError(f"Invalid filter expression '{spec}'")
            if tag in ("", "*"):
                self._default = rank
            else:
                self._tags[tag] = rank

    def passes(self, entry: Entry) -> bool:
        return LEVELS.index(entry.level) >= self._tags.get(entry.tag, self._default)


def render(entry: Entry, style: str, modifiers: frozenset[str] = frozenset()) -> str:
    """One entry as text with its line ends; an entry of several lines has its head on each, as on a phone."""
    lines = entry.text.rstrip("\n").split("\n")
    if style == "long":
        head = f"[ {_wall(entry, modifiers)} {entry.pid:5d}:{entry.tid:5d} {entry.level}/{entry.tag:<8} ]\n"
        return head + "\n".join(lines) + "\n\n"
    head = _head(entry, style, modifiers)
    return "".join(f"{head}{line}\n" for line in lines)


def _head(entry: Entry, style: str, modifiers: frozenset[str]) -> str:
    match style:
        case "raw":
            return ""
        case "brief":
            return f"{entry.level}/{entry.tag:<8}({entry.pid:5d}): "
        case "process":
            return f"{entry.level}({entry.pid:5d})  "
        case "tag":
            return f"{entry.level}/{entry.tag:<8}: "
        case "thread":
            return f"{entry.level}({entry.pid:5d}:{entry.tid:5d}) "
        case "time":
            return f"{_wall(entry, modifiers)} {entry.level}/{entry.tag:<8}({entry.pid:5d}): "
        case "epoch":
            stamp = _fraction(entry.wall_ms, modifiers, 19)
        case "monotonic":
            stamp = _fraction(entry.boot_ms, modifiers, 5)
        case _:
            stamp = _wall(entry, modifiers)
    uid = "root  " if "uid" in modifiers else ""
    return f"{stamp} {uid}{entry.pid:5d} {entry.tid:5d} {entry.level} {entry.tag:<8}: "


def _fraction(ms: float, modifiers: frozenset[str], width: int = 0) -> str:
    digits = 9 if "nsec" in modifiers else 6 if "usec" in modifiers else 3
    nanos = int(ms * 1_000_000)
    return f"{nanos // 10**9:{width}d}.{nanos % 10**9 // 10 ** (9 - digits):0{digits}d}"


def _wall(entry: Entry, modifiers: frozenset[str]) -> str:
    seconds, fraction = _fraction(entry.wall_ms, modifiers).split(".")
    offset = 0 if "UTC" in modifiers else ZONE_OFFSET_S
    moment = time.gmtime(int(seconds) + offset)
    date = time.strftime("%Y-%m-%d %H:%M:%S" if "year" in modifiers else "%m-%d %H:%M:%S", moment)
    zone = "" if "zone" not in modifiers else f" +{offset // 36:04d}"
    return f"{date}.{fraction}{zone}"


_STAMP: Final = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d+)$")


def starts_after(spec: str, entry: Entry, now_ms: float) -> bool:
    """Whether it is at or after what `-T` names: wall-clock seconds.fraction, or MM-DD hh:mm:ss.mmm."""
    match = _STAMP.match(spec)
    if match is None:
        return entry.wall_ms >= float(spec) * 1000
    year = int(match[1]) if match[1] else time.gmtime(now_ms / 1000).tm_year
    parts = (year, *(int(match[group]) for group in range(2, 7)))
    base = calendar.timegm((*parts, 0, 0, 0)) - ZONE_OFFSET_S
    return entry.wall_ms >= base * 1000 + float("0." + match[7]) * 1000
