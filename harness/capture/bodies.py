"""Bodies as they pass: small ones in memory, large ones to bodies/<sha256> without ever being held whole."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from harness.capture.har import INLINE, Body

LARGEST: Final = 1 << 28
"""A body is stored up to here (256 MiB); the rest passes and is counted."""
_numbers = itertools.count()


class Tee:
    """Give it to mitmproxy as a message's `stream`: it hands every chunk on, and keeps what passed."""

    def __init__(self, folder: Path, on_error: Callable[[OSError], None]) -> None:
        self._folder = folder
        self._on_error = on_error
        self._start = bytearray()
        self._file: IO[bytes] | None = None
        self._hash = hashlib.sha256()
        self._stored = 0
        self._path = folder / f".part-{os.getpid()}-{next(_numbers)}"
        self._ended = False
        self.size = 0
        self.used = False
        """Whether mitmproxy really streamed: it asks for small and empty bodies too and then does not."""

    def __call__(self, chunk: bytes) -> bytes:
        self.used = True
        self.size += len(chunk)
        kept = b"" if self._ended else chunk[: LARGEST - self._stored]
        self._stored += len(kept)
        self._hash.update(kept)
        try:
            if kept:
                self._keep(kept)
        except OSError as error:
            self._on_error(error)
        return chunk

    def _keep(self, chunk: bytes) -> None:
        if self._file is not None:
            self._file.write(chunk)
            return
        self._start += chunk
        if len(self._start) > INLINE:
            self._file = self._path.open("wb", buffering=0)
            self._file.write(self._start)
            self._start.clear()

    def body(self) -> Body:
        """What passed so far; ends the file."""
        self._ended = True
        if self._file is None:
            return Body(bytes(self._start), self.size)
        self._file.close()
        name = self._hash.hexdigest()
        os.replace(self._path, self._folder / name)
        return Body(None, self.size, f"bodies/{name}", self._stored < self.size)


def keep(content: bytes | None, folder: Path) -> Body:
    """The body for a record: itself when small, else a file."""
    if not content:
        return Body(b"" if content is not None else None, 0)
    if len(content) <= INLINE:
        return Body(content, len(content))
    name = hashlib.sha256(content).hexdigest()
    if not (folder / name).exists():
        part = folder / f".part-{os.getpid()}-{next(_numbers)}"
        part.write_bytes(content)
        os.replace(part, folder / name)
    return Body(None, len(content), f"bodies/{name}")
