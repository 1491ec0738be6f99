"""A terminal's line discipline for `adb shell` with a pty: echo, erase, ^C, ^D, CR-LF, and a prompt."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from harness.twin.sh import Shell, ShellExit, Streams

if TYPE_CHECKING:
    from harness.twin.command import Sink, Source

MAX_LINE: Final = 64 * 1024
INTERRUPT: Final = 3
END: Final = 4
ERASE: Final = (8, 127)


class _Cooked:
    """What programs write: \\n becomes \\r\\n."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def write(self, data: bytes) -> None:
        await self._sink.write(data.replace(b"\n", b"\r\n"))


class Terminal:
    def __init__(self, source: Source, sink: Sink) -> None:
        self._source = source
        self._raw = sink
        self._out = _Cooked(sink)
        self._line = bytearray()
        self._lines: asyncio.Queue[bytes] = asyncio.Queue(maxsize=256)
        self._running: asyncio.Task[int] | None = None
        self._ahead = 0
        """Lines typed while the shell was busy: echoed when it reads them, as its line editor does."""
        self._busy = False
        self._prompts = False

    async def read(self, limit: int = 65536) -> bytes:
        """A program's stdin: whole lines."""
        return await self._take()

    async def session(self, shell: Shell, command: str) -> int:
        """Run the command, or prompt for lines until ^D or `exit`."""
        keyboard = asyncio.create_task(self._keyboard())
        try:
            return await (self._attended(shell, command) if command else self._interactive(shell))
        finally:
            keyboard.cancel()

    async def _interactive(self, shell: Shell) -> int:
        self._prompts = True
        while True:
            await self._out.write(
                f"{shell.device.properties.get('ro.product.device')}:{shell.cwd} $ ".encode()
            )
            line = await self._lines.get()
            if not line:
                await self._out.write(b"\n")
                return shell.status
            try:
                await self._attended(shell, line.decode("utf-8", errors="surrogateescape"))
            except ShellExit as exit_:
                return exit_.code

    async def _take(self) -> bytes:
        line = await self._lines.get()
        if self._ahead:
            self._ahead -= 1
            await self._out.write(line)
        return line

    async def _attended(self, shell: Shell, text: str) -> int:
        """Run one line; ^C ends it with status 130."""
        streams = Streams(self, self._out, self._out)
        self._running = asyncio.create_task(shell.source(text, streams))
        try:
            return await self._running
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                self._running.cancel()
                raise
            shell.status = 130
            return 130
        finally:
            self._running = None

    async def _keyboard(self) -> None:
        while data := await self._source.read():
            for byte in data:
                await self._key(byte)
        await self._lines.put(b"")

    async def _key(self, byte: int) -> None:
        if byte == INTERRUPT:
            await self._raw.write(b"^C\r\n")
            self._line.clear()
            if self._running:
                self._running.cancel()
            else:
                await self._lines.put(b"\n")
        elif byte == END:
            await self._lines.put(bytes(self._line))
            self._line.clear()
        elif byte in ERASE:
            if self._line:
                del self._line[-1:]
                await self._echo(b"\b \b")
        elif byte in b"\r\n":
            await self._echo(b"\r\n")
            if self._busy:
                self._ahead += 1
            self._busy = self._prompts
            await self._lines.put(bytes(self._line) + b"\n")
            self._line.clear()
        elif len(self._line) < MAX_LINE:
            self._line.append(byte)
            await self._echo(bytes((byte,)))

    async def _echo(self, data: bytes) -> None:
        if not self._busy:
            await self._raw.write(data)
