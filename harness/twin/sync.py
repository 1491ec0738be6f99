"""The sync service: stat, list, send and receive files, in its first and second versions."""

from __future__ import annotations

import errno
import os
import stat
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from harness.twin.adbd import Stream
    from harness.twin.device import TwinDevice

CHUNK: Final = 64 * 1024
BATCH: Final = 512 * 1024
"""Several DATA chunks leave in one packet: a packet each costs a round trip each."""
MAX_PATH: Final = 1024
MAX_SYMLINK: Final = 4096
SHELL_UID: Final = 2000


class _Ended(Exception):
    """QUIT, or bytes that are not the protocol."""


async def serve_sync(device: TwinDevice, stream: Stream) -> None:
    session = _Session(device, stream)
    try:
        while True:
            await session.request()
    except _Ended:
        pass


class _Session:
    def __init__(self, device: TwinDevice, stream: Stream) -> None:
        self.device = device
        self.files = device.files
        self.stream = stream

    async def request(self) -> None:
        head = await self.stream.read_exactly(8)
        name, size = struct.unpack("<4sI", head)
        if name == b"QUIT":
            raise _Ended
        if size > MAX_PATH:
            await self._fail("path too long")
            raise _Ended
        path = (await self.stream.read_exactly(size)).decode("utf-8", errors="surrogateescape")
        await self.device.faults.gate()
        match name:
            case b"STAT":
                await self.stream.write(b"STAT" + self._stat1(path))
            case b"LSTA" | b"LST2":
                await self.stream.write(b"LST2" + self._stat2(path, follow=False))
            case b"STA2":
                await self.stream.write(b"STA2" + self._stat2(path, follow=True))
            case b"LIST":
                await self._list(path, second=False)
            case b"LIS2":
                await self._list(path, second=True)
            case b"SEND":
                await self._send(path)
            case b"RECV":
                await self._receive(path)
            case _:
                self.device.journal.write("unknown_sync", name=name.decode("latin-1"))
                await self._fail(f"unknown command {struct.unpack('<I', name)[0]:08x}")
                raise _Ended

    async def _fail(self, text: str) -> None:
        data = text.encode()
        await self.stream.write(b"FAIL" + struct.pack("<I", len(data)) + data)

    def _stat1(self, path: str) -> bytes:
        """lstat; what is missing is twelve zero bytes."""
        try:
            found = self.files.stat(path, follow_last=False)
        except OSError:
            return bytes(12)
        return struct.pack(
            "<III", found.st_mode, found.st_size & 0xFFFFFFFF, int(found.st_mtime) & 0xFFFFFFFF
        )

    def _stat2(self, path: str, follow: bool) -> bytes:
        try:
            found = self.files.stat(path, follow_last=follow)
        except OSError as error:
            return struct.pack("<IQQIIIIQqqq", error.errno or errno.EIO, *([0] * 10))
        return _pack_stat2(found)

    async def _list(self, path: str, second: bool) -> None:
        batch = bytearray()
        try:
            folder = self.files.check_read(path)
            names = sorted(os.listdir(folder)) if folder.is_dir() else []
        except OSError:
            names, folder = [], Path()
        for name in names:
            raw = name.encode("utf-8", errors="surrogateescape")
            try:
                found = (folder / name).lstat()
            except OSError:
                continue
            if second:
                batch += b"DNT2" + _pack_stat2(found) + struct.pack("<I", len(raw)) + raw
            else:
                facts = (
                    found.st_mode,
                    found.st_size & 0xFFFFFFFF,
                    int(found.st_mtime) & 0xFFFFFFFF,
                    len(raw),
                )
                batch += b"DENT" + struct.pack("<IIII", *facts) + raw
            if len(batch) > BATCH:
                await self.stream.write(bytes(batch))
                batch.clear()
        batch += b"DONE" + bytes(72 if second else 16)
        await self.stream.write(bytes(batch))

    async def _send(self, spec: str) -> None:
        """`PATH,MODE` with DATA chunks and DONE+mtime. All data is read even when it cannot be stored."""
        path, _, mode_text = spec.rpartition(",")
        try:
            mode = int(mode_text)
            problem = None
        except ValueError:
            path, mode, problem = spec, 0, "missing mode"
        if problem is None and stat.S_ISLNK(mode):
            await self._send_link(path)
            return
        target: Path | None = None
        file = None
        if problem is None:
            try:
                target = self.files.check_write(path)
                self.device.faults.check_disk()
                target.parent.mkdir(parents=True, exist_ok=True)
                file = target.open("wb")
            except OSError as error:
                problem = f"couldn't create file: {os.strerror(error.errno or errno.EIO)}"
        mtime = 0
        try:
            while (chunk := await self._chunk()) is not None:
                if isinstance(chunk, int):
                    mtime = chunk
                    break
                if file is not None and problem is None:
                    try:
                        self.device.faults.check_disk()
                        file.write(chunk)
                    except OSError as error:
                        problem = f"write failed: {os.strerror(error.errno or errno.EIO)}"
        finally:
            if file is not None:
                file.close()
        if problem is not None or target is None:
            if target is not None and file is not None:
                target.unlink(missing_ok=True)
            await self._fail(problem or "failed")
            return
        target.chmod((mode & 0o777) | 0o600)
        os.utime(target, (mtime, mtime))
        self.device.journal.write("push", path=path, size=target.stat().st_size)
        await self.stream.write(b"OKAY" + bytes(4))

    async def _send_link(self, path: str) -> None:
        content = bytearray()
        while not isinstance(chunk := await self._chunk(), int):
            content += chunk
            if len(content) > MAX_SYMLINK:
                await self._fail("symlink target too long")
                raise _Ended
        try:
            link = self.files.check_write(path)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(bytes(content).rstrip(b"\0").decode("utf-8", errors="surrogateescape"))
        except OSError as error:
            await self._fail(f"symlink failed: {os.strerror(error.errno or errno.EIO)}")
            return
        await self.stream.write(b"OKAY" + bytes(4))

    async def _chunk(self) -> bytes | int:
        """A DATA chunk, or the time that DONE carries."""
        name, size = struct.unpack("<4sI", await self.stream.read_exactly(8))
        if name == b"DONE":
            return int(size)
        if name != b"DATA" or size > CHUNK:
            await self._fail("oversize data message" if name == b"DATA" else "invalid data message")
            raise _Ended
        return await self.stream.read_exactly(size)

    async def _receive(self, path: str) -> None:
        try:
            made = self.files.content(path)
            if made is not None:
                await self.stream.write(b"DATA" + struct.pack("<I", len(made)) + made + b"DONE" + bytes(4))
                return
            source = self.files.check_read(path)
            if source.is_dir():
                await self._fail("read failed: Is a directory")
                return
            file = source.open("rb")
        except OSError as error:
            await self._fail(f"open failed: {os.strerror(error.errno or errno.EIO)}")
            return
        with file:
            batch = bytearray()
            while chunk := file.read(CHUNK):
                batch += b"DATA" + struct.pack("<I", len(chunk)) + chunk
                if len(batch) > BATCH:
                    await self.stream.write(bytes(batch))
                    batch.clear()
        # DATA and DONE of a small file in one packet: two cost 40 ms a file.
        await self.stream.write(bytes(batch) + b"DONE" + bytes(4))


def _pack_stat2(found: os.stat_result) -> bytes:
    times = (int(found.st_atime), int(found.st_mtime), int(found.st_ctime))
    return struct.pack(
        "<IQQIIIIQqqq",
        0,
        found.st_dev,
        found.st_ino,
        found.st_mode,
        found.st_nlink,
        SHELL_UID,
        SHELL_UID,
        found.st_size,
        *times,
    )
