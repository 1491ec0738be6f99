"""Raw JSON lines, read so that a killed run still reads: a broken line is told, and the next one is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LONGEST: Final = 32 * 1024 * 1024
"""Bytes of one line that are looked at."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    """1-based."""
    record: dict[str, Any] | None
    problem: str
    """Why there is no record; empty when there is one."""


def read_lines(path: Path) -> Iterator[Line]:
    """Nothing when the file is missing. A last line without an end is told as cut off when it does not
    parse."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(LONGEST), b""), start=1):
            yield _line(number, raw)


def _line(number: int, raw: bytes) -> Line:
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return Line(number, None, "cut off" if not raw.endswith(b"\n") else f"not JSON: {str(error)[:200]}")
    if not isinstance(record, dict):
        return Line(number, None, f"not an object but {type(record).__name__}")
    return Line(number, record, "")
