"""What a shell command is: a coroutine found by name, with strict options and byte streams."""

from __future__ import annotations

import asyncio
import importlib
import os
import pkgutil
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.sh import Shell

PIPE_BYTES: Final = 256 * 1024
COLLECT_BYTES: Final = 16 * 1024 * 1024


class Source(Protocol):
    async def read(self, limit: int = 65536) -> bytes:
        """At least one byte, or b"" at the end."""
        ...


class Sink(Protocol):
    async def write(self, data: bytes) -> None:
        """Raises ConnectionError or BrokenPipeError when nobody reads any more."""
        ...


class Nothing:
    """/dev/null, both ways."""

    async def read(self, limit: int = 65536) -> bytes:
        return b""

    async def write(self, data: bytes) -> None:
        return None


class Bytes:
    """A source of given bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def read(self, limit: int = 65536) -> bytes:
        head, self._data = self._data[:limit], self._data[limit:]
        return head


class Collect:
    """A sink that keeps what it gets, up to a bound."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, data: bytes) -> None:
        if len(self.data) + len(data) > COLLECT_BYTES:
            raise BrokenPipeError(f"more than {COLLECT_BYTES} bytes")
        self.data += data


class Pipe:
    """Between two commands: bounded, so that a fast writer waits for its reader."""

    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._ended = False
        self._reader_gone = False
        self._changed = asyncio.Event()

    async def read(self, limit: int = 65536) -> bytes:
        while not self._chunks:
            if self._ended:
                return b""
            await self._wait()
        chunk = self._chunks.popleft()
        if len(chunk) > limit:
            self._chunks.appendleft(chunk[limit:])
            chunk = chunk[:limit]
        self._size -= len(chunk)
        self._changed.set()
        return chunk

    async def write(self, data: bytes) -> None:
        while self._size >= PIPE_BYTES and not self._reader_gone:
            await self._wait()
        if self._reader_gone:
            raise BrokenPipeError("Broken pipe")
        if data:
            self._chunks.append(data)
            self._size += len(data)
            self._changed.set()

    def end(self) -> None:
        self._ended = True
        self._changed.set()

    def abandon(self) -> None:
        self._reader_gone = True
        self._changed.set()

    async def _wait(self) -> None:
        self._changed.clear()
        await self._changed.wait()


class FileSink:
    """A device file opened by a redirection."""

    def __init__(self, path: Path, append: bool, check: Callable[[], None]) -> None:
        self._file = path.open("ab" if append else "wb")
        self._check = check

    async def write(self, data: bytes) -> None:
        self._check()
        self._file.write(data)
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class FileSource:
    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")

    async def read(self, limit: int = 65536) -> bytes:
        return self._file.read(limit)

    def close(self) -> None:
        self._file.close()


class Usage(Exception):
    """An option or argument that the command does not know: printed, nonzero, and journalled."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


@dataclass(slots=True)
class Options:
    values: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def value(self, name: str, default: str = "") -> str:
        """The last one given."""
        return self.values[name][-1] if self.values.get(name) else default


@dataclass(slots=True)
class Run:
    """One command being executed."""

    device: TwinDevice
    shell: Shell
    name: str
    args: list[str]
    stdin: Source
    stdout: Sink
    stderr: Sink

    async def out(self, data: str | bytes) -> None:
        if data:
            await self.stdout.write(
                data if isinstance(data, bytes) else data.encode("utf-8", errors="surrogateescape")
            )

    async def line(self, text: str = "") -> None:
        await self.out(text + "\n")

    async def fail(self, text: str, code: int = 1) -> int:
        """Print one line of error; returns the exit code, so that `return await run.fail(…)` reads well."""
        await self.stderr.write((text + "\n").encode("utf-8", errors="surrogateescape"))
        return code

    async def refuse(self, path: str, error: OSError) -> int:
        """`name: path: reason`, as toybox says it."""
        return await self.fail(f"{self.name}: {path}: {os.strerror(error.errno or 5)}")

    async def read_all(self, limit: int = 256 * 1024 * 1024) -> bytes:
        data = bytearray()
        while chunk := await self.stdin.read():
            data += chunk
            if len(data) > limit:
                raise Usage(f"{self.name}: more than {limit} bytes of input")
        return bytes(data)

    def options(
        self, flags: str = "", valued: str = "", words: Iterable[str] = (), valued_words: Iterable[str] = ()
    ) -> Options:
        """Options may stand among arguments and be joined ("-rt"); `--` ends them.

        `flags` and `valued` are single letters, `words` whole options ("--user"); keys have no dashes.
        """
        words, valued_words = frozenset(words), frozenset(valued_words)
        found = Options()
        args = list(self.args)
        while args:
            arg = args.pop(0)
            if arg == "--":
                found.rest += args
                break
            if not arg.startswith("-") or arg == "-":
                found.rest.append(arg)
                continue
            key, equals, attached = arg.partition("=")
            if arg in words:
                found.values.setdefault(arg.lstrip("-"), [])
            elif key in valued_words:
                found.values.setdefault(key.lstrip("-"), []).append(
                    attached if equals else self._argument(arg, args)
                )
            elif arg.startswith("--"):
                raise self.unknown(arg)
            else:
                self._letters(arg, args, flags, valued, found)
        return found

    def _letters(self, arg: str, args: list[str], flags: str, valued: str, found: Options) -> None:
        letters = arg[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter in flags:
                found.values.setdefault(letter, [])
            elif letter in valued:
                found.values.setdefault(letter, []).append(letters or self._argument(f"-{letter}", args))
                return
            else:
                raise self.unknown(f"-{letter}" if len(arg) > 2 else arg)

    def _argument(self, option: str, args: list[str]) -> str:
        if not args:
            raise Usage(f"{self.name}: {option} needs an argument")
        return args.pop(0)

    def unknown(self, option: str) -> Usage:
        return Usage(f"{self.name}: Unknown option '{option.lstrip('-')}' (not known to the twin)")


CommandFunction = Callable[[Run], Awaitable[int]]
COMMANDS: Final[dict[str, CommandFunction]] = {}


def command(*names: str) -> Callable[[CommandFunction], CommandFunction]:
    """Register a command under its names. Two commands of one name are a mistake."""

    def register(function: CommandFunction) -> CommandFunction:
        for name in names:
            if name in COMMANDS:
                raise ValueError(f"command {name} is defined twice")
            COMMANDS[name] = function
        return function

    return register


def load_commands() -> None:
    """Import every module in `commands/` once."""
    package = importlib.import_module("harness.twin.commands")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
