"""logcat and log."""

from __future__ import annotations

import re
from typing import Final

from harness.model.errors import InputError
from harness.twin.command import Run, Usage, command
from harness.twin.logcat import (
    BUFFERS,
    DEFAULT_BUFFERS,
    FORMATS,
    LEVELS,
    MODIFIERS,
    Entry,
    Filters,
    render,
    starts_after,
)

QUIET_S: Final = 1.0
"""A followed log says something at least so often: adbutils' logcat().stop() waits for a line."""
SILENT_TAG: Final = "twin"


@command("logcat")
async def logcat(run: Run) -> int:
    options = run.options(
        flags="cdgsSDLp",
        valued="bvtTmefPGrn",
        words=("--clear", "--dump", "--statistics", "--last", "--buffer-size", "--wrap"),
        valued_words=("--pid", "--uid", "--regex", "--buffer", "--format", "--max-count", "--print"),
    )
    if {"f", "P", "r", "n", "p", "L", "last", "uid", "print"} & options.values.keys():
        raise Usage(f"logcat: {' '.join(run.args)}: one of these options is not known to the twin")
    buffers = _buffers(options.values.get("b", []) + options.values.get("buffer", []))
    log = run.device.logcat
    if "c" in options or "clear" in options:
        log.clear(buffers)
        return 0
    if "g" in options or "S" in options or "G" in options or "buffer-size" in options:
        for buffer in buffers:
            limits = "max entry is 5120 B, max payload is 4068 B"
            await run.line(f"{buffer}: ring buffer is 256 KiB (1 KiB consumed), {limits}")
        return 0
    style, modifiers = _style(options.values.get("v", []) + options.values.get("format", []))
    try:
        silent = ["*:S"] if "s" in options else []
        filters = Filters([*silent, *(options.rest or _from_environment(run))])
    except InputError as error:
        raise Usage(f"logcat: {error}") from None
    view = _View(
        filters,
        int(options.value("pid", "0")),
        _pattern(options.value("e") or options.value("regex")),
        int(options.value("m") or options.value("max-count", "0")),
    )
    ends = "d" in options or "dump" in options or "t" in options
    tail = options.value("t") or options.value("T")
    entries = _from(log.since(0, buffers), tail, run.device.clock.wall_ms())
    number = log.last
    if style != "raw" and not ends:
        await run.line(f"--------- beginning of {buffers[0]}")
    elif entries and style != "raw":
        await run.line(f"--------- beginning of {entries[0].buffer}")
    await run.out("".join(render(entry, style, modifiers) for entry in entries if view.takes(entry)))
    if ends or view.full:
        return 0
    while not view.full:
        if not await log.wait(QUIET_S):
            log.write("main", "V", SILENT_TAG, "(nothing logged for a second)", 0)
        fresh = log.since(number, buffers)
        number = log.last
        text = "".join(render(entry, style, modifiers) for entry in fresh if view.takes(entry))
        # Filters may hide that line; a reader that waits for one would hang, so it gets an empty one.
        await run.out(text or "\n")
    return 0


class _View:
    def __init__(self, filters: Filters, pid: int, pattern: re.Pattern[str] | None, limit: int) -> None:
        self._filters = filters
        self._pid = pid
        self._pattern = pattern
        self._left = limit or -1

    @property
    def full(self) -> bool:
        return self._left == 0

    def takes(self, entry: Entry) -> bool:
        taken = (
            not self.full
            and self._filters.passes(entry)
            and (not self._pid or entry.pid == self._pid)
            and (self._pattern is None or bool(self._pattern.search(entry.text)))
        )
        if taken and self._left > 0:
            self._left -= 1
        return taken


def _buffers(names: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in [part for each in names for part in each.split(",")]:
        if name == "all":
            found += BUFFERS
        elif name == "default":
            found += DEFAULT_BUFFERS
        elif name in BUFFERS:
            found.append(name)
        else:
            raise Usage(f"logcat: Unknown buffer '{name}'")
    return tuple(dict.fromkeys(found)) or DEFAULT_BUFFERS


def _style(names: list[str]) -> tuple[str, frozenset[str]]:
    style, modifiers = "threadtime", set()
    for name in [part for each in names for part in re.split(r"[, ]", each)]:
        if name in FORMATS:
            style = name
        elif name in MODIFIERS:
            modifiers.add(name)
        else:
            raise Usage(f"logcat: Invalid parameter '{name}' to -v")
    # -v epoch and -v monotonic alone change the stamp of threadtime.
    return style, frozenset(modifiers)


def _pattern(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text) if text else None
    except re.error as error:
        raise Usage(f"logcat: bad regex: {error}") from None


def _from_environment(run: Run) -> list[str]:
    return run.shell.env.get("ANDROID_LOG_TAGS", "").split()


def _from(entries: list[Entry], tail: str, now_ms: float) -> list[Entry]:
    if not tail:
        return entries
    if tail.isdecimal() and len(tail) < 9:
        count = int(tail)
        return entries[-count:] if count else []
    try:
        return [entry for entry in entries if starts_after(tail, entry, now_ms)]
    except ValueError:
        raise Usage(f"logcat: -t '{tail}' not in time format") from None


@command("log")
async def log(run: Run) -> int:
    """log [-b BUFFER] [-p PRIORITY] [-t TAG] TEXT…"""
    options = run.options(valued="pt", valued_words=("-b",))
    level = options.value("p", "I").upper()[:1]
    if level not in LEVELS:
        raise Usage(f"log: unknown priority '{options.value('p')}'")
    buffer = options.value("b", "main")
    if buffer not in BUFFERS:
        raise Usage(f"log: unknown buffer '{buffer}'")
    text = " ".join(options.rest)
    run.device.logcat.write(buffer, level, options.value("t", "log"), text, run.shell.pid)
    return 0
