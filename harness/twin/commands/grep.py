"""grep: lines are shown as they come, so that it can follow a log."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from dataclasses import dataclass

from harness.twin.command import Run, command
from harness.twin.commands.regex import compiled
from harness.twin.commands.text import MAX_INPUT, lines


@command("grep", "egrep", "fgrep")
async def grep(run: Run) -> int:
    options = run.options(
        flags="EFivclnowqshHxar",
        valued="eAmBC",
        words=("--color", "--line-buffered"),
        valued_words=("--color",),
    )
    patterns = options.values.get("e") or [options.rest.pop(0) if options.rest else ""]
    extended = "E" in options or run.name == "egrep"
    alternatives = [line for pattern in patterns for line in pattern.split("\n")]
    pieces = []
    for each in alternatives:
        fixed = "F" in options or run.name == "fgrep"
        piece = re.escape(each) if fixed else compiled(run, each, extended).pattern
        piece = rf"\b(?:{piece})\b" if "w" in options else piece
        pieces.append(rf"^(?:{piece})$" if "x" in options else f"(?:{piece})")
    wanted = re.compile("|".join(pieces), re.I if "i" in options else 0)
    names = options.rest or ["-"]
    if "r" in options:
        names = await asyncio.to_thread(_below, run, names)
    shown = _Shown(
        names=("H" in options or len(names) > 1 or "r" in options) and "h" not in options,
        numbers="n" in options,
        only="o" in options,
        quiet=bool({"q", "c", "l"} & options.values.keys()),
        before=int(options.value("B") or options.value("C", "0")),
        after=int(options.value("A") or options.value("C", "0")),
        limit=int(options.value("m", "0")) or (1 if {"q", "l"} & options.values.keys() else MAX_INPUT),
    )
    total = 0
    for name in names:
        try:
            count = await _search(run, name, wanted, "v" in options, shown)
        except ConnectionError:
            raise
        except OSError as error:
            if "s" not in options:
                await run.refuse(name, error)
            continue
        total += count
        if "c" in options:
            await run.line(f"{name}:{count}" if shown.names else str(count))
        elif "l" in options and count:
            await run.line(name)
    return 0 if total else 1


@dataclass(frozen=True, slots=True)
class _Shown:
    """What grep prints of a hit."""

    names: bool
    numbers: bool
    only: bool
    quiet: bool
    before: int
    after: int
    limit: int


async def _search(run: Run, name: str, wanted: re.Pattern[str], inverted: bool, shown: _Shown) -> int:
    """How many lines hit. Lines are printed as they come: the input may be a log that never ends."""
    head = f"{name}:" if shown.names else ""
    earlier: deque[tuple[int, str]] = deque(maxlen=shown.before or 1)
    count, hit_at, last, number = 0, 0, 0, 0
    # hit_at: the last line that hit; last: the last one printed
    async for line in lines(run, name):
        number += 1
        hit = bool(wanted.search(line)) != inverted and count < shown.limit
        count += hit
        if shown.quiet:
            if count >= shown.limit:
                break
            continue
        if hit and shown.only:
            await run.out("".join(f"{head}{match[0]}\n" for match in wanted.finditer(line) if match[0]))
        elif hit:
            kept = [each for each in earlier if each[0] > last] if shown.before else []
            first = kept[0][0] if kept else number
            if (shown.before or shown.after) and last and first > last + 1:
                await run.line("--")
            for at, text in kept:
                await run.line(f"{head}{at}-{text}" if shown.numbers else f"{head}{text}")
            await run.line(f"{head}{number}:{line}" if shown.numbers else f"{head}{line}")
            hit_at = last = number
        elif hit_at and number - hit_at <= shown.after and not shown.only:
            await run.line(f"{head}{number}-{line}" if shown.numbers else f"{head}{line}")
            last = number
        earlier.append((number, line))
        if count >= shown.limit and number - hit_at >= shown.after:
            break
    return count


def _below(run: Run, names: list[str]) -> list[str]:
    found = []
    for name in names:
        base = run.device.files.check_read(name, run.shell.cwd)
        if not base.is_dir():
            found.append(name)
            continue
        found += [
            f"{name.rstrip('/')}/{path.relative_to(base)}"
            for path in sorted(base.rglob("*"))
            if path.is_file()
        ]
    return found
