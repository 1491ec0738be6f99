"""sed, as far as adb clients use it: s///, p, d with line and pattern addresses."""

from __future__ import annotations

import re

from harness.twin.command import Run, Usage, command
from harness.twin.commands.regex import compiled
from harness.twin.commands.text import whole_text


@command("sed")
async def sed(run: Run) -> int:
    """s/A/B/[g][i][p], /A/p, /A/d, Np, N,Mp, Nd, $p; -n, -E, -e"""
    options = run.options(flags="nEr", valued="e")
    scripts = options.values.get("e") or [options.rest.pop(0) if options.rest else ""]
    extended = "E" in options or "r" in options
    steps = [
        _step(run, piece.strip(), extended)
        for script in scripts
        for piece in re.split(r"[;\n](?![^/]*/[gip]*$)", script)
    ]
    lines = (await whole_text(run, options.rest)).splitlines()
    for index, line in enumerate(lines, 1):
        printed = 0
        deleted = False
        for step in steps:
            if not step.applies(line, index, index == len(lines)):
                continue
            if step.verb == "d":
                deleted = True
                break
            if step.pattern is None:
                printed += 1
            else:
                line, count = step.pattern.subn(step.replacement, line, count=0 if "g" in step.flags else 1)
                printed += int(bool(count) and "p" in step.flags)
        if not deleted:
            await run.out(f"{line}\n" * (printed + (0 if "n" in options else 1)))
    return 0


class _Step:
    def __init__(
        self, verb: str, pattern: re.Pattern[str] | None = None, replacement: str = "", flags: str = ""
    ) -> None:
        self.verb = verb
        self.pattern = pattern
        self.replacement = replacement
        self.flags = flags
        self.first: str | None = None
        self.last: str | None = None
        self.match: re.Pattern[str] | None = None

    def applies(self, line: str, number: int, is_last: bool) -> bool:
        if self.match is not None:
            return bool(self.match.search(line))
        if self.first is None:
            return True
        low = number if self.first == "$" and is_last else int(self.first) if self.first != "$" else 1 << 60
        high = low if self.last is None else 1 << 60 if self.last == "$" else int(self.last)
        return low <= number <= high


def _step(run: Run, text: str, extended: bool) -> _Step:
    match = re.match(r"(?:(\d+|\$)(?:,(\d+|\$))?|/((?:[^/\\]|\\.)*)/)?\s*", text)
    assert match is not None
    rest = text[match.end() :]
    if rest in ("p", "d"):
        step = _Step(rest)
    elif rest[:1] == "s" and len(rest) > 1:
        mark = re.escape(rest[1])
        parts = re.fullmatch(
            rf"s{mark}((?:[^{mark}\\]|\\.)*){mark}((?:[^{mark}\\]|\\.)*){mark}([gipI]*)", rest, re.S
        )
        if parts is None:
            raise Usage(f"sed: bad pattern '{text}'")
        pattern = compiled(run, parts[1], extended, re.I if "i" in parts[3].lower() else 0)
        replacement = re.sub(r"\\(\d)", r"\\g<\1>", re.sub(r"(?<!\\)&", r"\\g<0>", parts[2])).replace(
            "\\&", "&"
        )
        step = _Step("s", pattern, replacement.replace("\\/", "/"), parts[3])
    else:
        raise Usage(f"sed: '{text}' is not known to the twin")
    step.first, step.last = match[1], match[2]
    step.match = compiled(run, match[3], extended) if match[3] is not None else None
    return step
