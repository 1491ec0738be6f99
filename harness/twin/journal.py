"""What was asked of the twin: shell lines, taps, RPCs, connections, and above all what it did not know.

A test that sees silence reads the journal to tell a product's mistake from something the twin lacks.
"""

from __future__ import annotations

import json
import time
from collections import deque
from pathlib import Path
from typing import Final

MEMORY: Final = 20_000
"""Records kept for `of`; older ones are in the file only."""
FILE_BYTES: Final = 64 * 1024 * 1024
"""The file stops growing here; `dropped` counts what it did not take."""
FIELD_CHARS: Final = 4096

Field = str | int | float | bool | None | list[str] | list[int] | list[float]


class Journal:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self.dropped = 0
        self.records: deque[dict[str, Field]] = deque(maxlen=MEMORY)
        self._file = path.open("a", encoding="utf-8")
        self._size = path.stat().st_size

    def write(self, kind: str, **fields: Field) -> None:
        record: dict[str, Field] = {"host_ms": round(time.monotonic() * 1000, 3), "kind": kind}
        for name, value in fields.items():
            record[name] = value[:FIELD_CHARS] if isinstance(value, str) else value
        self.records.append(record)
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"
        if self._size + len(line) > FILE_BYTES:
            self.dropped += 1
            return
        self._size += len(line)
        self._file.write(line)
        self._file.flush()

    def of(self, kind: str) -> list[dict[str, Field]]:
        """Records of one kind, oldest first."""
        return [record for record in self.records if record["kind"] == kind]

    def close(self) -> None:
        self._file.close()
