"""Appending JSON lines so that a reader never meets half a line, not even after the disk filled up."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path


class Lines:
    """One file, one writer. Each record is one write; a write that does not fit is taken back and raised."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def append(self, record: Mapping[str, object]) -> None:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        written = 0
        try:
            while written < len(line):
                written += os.write(self._fd, line[written:])
        except OSError:
            if written:
                os.ftruncate(self._fd, os.fstat(self._fd).st_size - written)
            raise

    def close(self) -> None:
        os.close(self._fd)
