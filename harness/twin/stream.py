"""A byte stream as seen by whoever listens on a device socket (a port, or an abstract name)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol


class ByteStream(Protocol):
    async def read(self, limit: int = 65536) -> bytes:
        """At least one byte, or b"" when the other side closed."""
        ...

    async def write(self, data: bytes) -> None:
        """Raises ConnectionError when the other side is gone."""
        ...

    def close(self) -> None: ...


SocketHandler = Callable[[ByteStream], Awaitable[None]]
"""Serves one connection; the stream is closed when it returns."""
