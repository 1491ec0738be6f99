"""Regular expressions of grep and sed: basic ones in Python's words."""

from __future__ import annotations

import re

from harness.twin.command import Run, Usage


def _basic(pattern: str) -> str:
    """A basic regular expression in Python's words: \\( \\) \\{ \\} \\| \\+ \\? are the operators there."""
    out = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and at + 1 < len(pattern):
            following = pattern[at + 1]
            out.append(following if following in "(){}|+?" else char + following)
            at += 2
            continue
        if char == "[":
            stop = pattern.find("]", at + 2)
            if stop > 0:
                out.append(_classes(pattern[at : stop + 1]))
                at = stop + 1
                continue
        out.append("\\" + char if char in "(){}|+?" else char)
        at += 1
    return "".join(out)


def _classes(text: str) -> str:
    names = {
        "alpha": "a-zA-Z",
        "digit": "0-9",
        "alnum": "a-zA-Z0-9",
        "space": r"\s",
        "upper": "A-Z",
        "lower": "a-z",
    }
    return re.sub(r"\[:(\w+):\]", lambda m: names.get(m[1], m[0]), text)


def compiled(run: Run, pattern: str, extended: bool, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(_classes(pattern) if extended else _basic(pattern), flags)
    except re.error as error:
        raise Usage(f"{run.name}: bad regex '{pattern}': {error}", 2) from None
