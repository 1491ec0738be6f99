"""Holds each new app process before its first line, for whoever wants to look into it first."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Final

from harness.twin.stream import ByteStream

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.processes import AppProcess

SOCKET: Final = "localabstract:harness.zygote"
MAX_LINE: Final = 64 * 1024


class Gate:
    """One client at a time; a new one takes over from the old one."""

    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._client: ByteStream | None = None
        self._parked: dict[int, asyncio.Event] = {}
        device.sockets[SOCKET] = self._serve

    async def hold(self, process: AppProcess) -> None:
        """Returns when the client let the process go, went away, or is not there at all."""
        if self._client is None:
            return
        released = self._parked[process.pid] = asyncio.Event()
        started = {
            "pid": process.pid, "process": process.name, "package": process.package, "cause": process.cause
        }  # fmt: skip
        await self._tell({"started": started})
        await released.wait()
        self._parked.pop(process.pid, None)

    async def died(self, process: AppProcess, cause: str) -> None:
        released = self._parked.pop(process.pid, None)
        if released is not None:
            released.set()
        await self._tell({"died": {"pid": process.pid, "process": process.name, "cause": cause}})

    async def _tell(self, message: dict[str, object]) -> None:
        client = self._client
        if client is None:
            return
        try:
            await client.write(json.dumps(message).encode() + b"\n")
        except ConnectionError:
            self._leave(client)

    async def _serve(self, stream: ByteStream) -> None:
        if self._client is not None:
            self._client.close()
        self._client = stream
        self._device.journal.write("gate", state="connected")
        buffer = b""
        try:
            with contextlib.suppress(ConnectionError):
                while data := await stream.read():
                    buffer += data
                    *lines, buffer = buffer.split(b"\n")
                    for line in lines:
                        self._answer(line)
                    if len(buffer) > MAX_LINE:
                        self._device.journal.write("gate", state="line too long")
                        break
        finally:
            self._leave(stream)

    def _answer(self, line: bytes) -> None:
        try:
            pid = json.loads(line)["resume"]
        except (ValueError, KeyError, TypeError):
            self._device.journal.write(
                "gate", state="unknown answer", line=line[:200].decode(errors="replace")
            )
            return
        released = self._parked.get(pid) if isinstance(pid, int) else None
        if released is not None:
            released.set()

    def _leave(self, stream: ByteStream) -> None:
        """Without a client nobody waits any longer."""
        if self._client is not stream:
            return
        self._client = None
        self._device.journal.write("gate", state="disconnected")
        for released in self._parked.values():
            released.set()
