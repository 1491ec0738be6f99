"""The device end of adb: packets, streams, authentication, and which service a stream asks for."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from harness.twin.adb_auth import AdbKey, verify
from harness.twin.stream import ByteStream

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

CNXN: Final = 0x4E584E43
AUTH: Final = 0x48545541
OPEN: Final = 0x4E45504F
OKAY: Final = 0x59414B4F
CLSE: Final = 0x45534C43
WRTE: Final = 0x45545257
STLS: Final = 0x534C5453
COMMANDS: Final = frozenset((CNXN, AUTH, OPEN, OKAY, CLSE, WRTE, STLS))
VERSION: Final = 0x01000001
"""From this version on, packets carry no checksum."""
MAX_PAYLOAD: Final = 1024 * 1024
FIRST_PAYLOAD: Final = 4096
"""What a peer may send before it said how much it takes."""
MOST_UNREAD: Final = 4 * MAX_PAYLOAD
"""Bytes of one stream that wait for a reader."""
MAX_STREAMS: Final = 1024
AUTH_TOKEN: Final = 1
AUTH_SIGNATURE: Final = 2
AUTH_PUBLIC_KEY: Final = 3
REBOOT_S: Final = 0.5
BOOT_S: Final = 1.0
"""From adbd to `sys.boot_completed`."""
FEATURES: Final = "shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,fixed_push_symlink_timestamp"

Service = Callable[["Link", "Stream", str], Awaitable[None]]


class BadPacket(Exception):
    """The peer does not speak the protocol: the link is dropped, as adbd does."""


class Stream:
    """One multiplexed byte stream (a ByteStream). The other side's data is acknowledged when it was read."""

    def __init__(self, link: Link, local: int, remote: int) -> None:
        self.link = link
        self.local = local
        self.remote = remote
        self.closed = asyncio.Event()
        """Set when either side closed it."""
        self.task: asyncio.Task[None] | None = None
        self.opened: asyncio.Future[bool] | None = None
        self._chunks: deque[bytes] = deque()
        self._arrived = asyncio.Event()
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._writing = asyncio.Lock()
        self._unread = 0
        """Bytes."""

    async def read(self, limit: int = 65536) -> bytes:
        while not self._chunks:
            if self.closed.is_set():
                return b""
            self._arrived.clear()
            await self._arrived.wait()
        chunk = self._chunks.popleft()
        if len(chunk) > limit:
            self._chunks.appendleft(chunk[limit:])
            self._unread -= limit
            return chunk[:limit]
        self._unread -= len(chunk)
        if not self.closed.is_set():
            self.link.send(OKAY, self.local, self.remote)
        return chunk

    async def read_exactly(self, size: int) -> bytes:
        """Raises ConnectionError when the stream ends before."""
        data = bytearray()
        while len(data) < size:
            chunk = await self.read(size - len(data))
            if not chunk:
                raise ConnectionResetError("stream ended")
            data += chunk
        return bytes(data)

    @property
    def waiting(self) -> bool:
        """Whether data is there that nobody read yet."""
        return bool(self._chunks)

    async def write(self, data: bytes) -> None:
        view = memoryview(data)
        async with self._writing:
            while view:
                await self._may_write.wait()
                if self.closed.is_set():
                    raise ConnectionResetError("stream closed")
                part, view = view[: self.link.max_payload], view[self.link.max_payload :]
                self._may_write.clear()
                self.link.send(WRTE, self.local, self.remote, bytes(part))
                await self.link.drain()

    def close(self) -> None:
        if self.closed.is_set():
            return
        self.link.send(CLSE, self.local, self.remote)
        self._end()

    def received(self, data: bytes) -> None:
        # Every packet is to be acknowledged before the next, but the adb server itself (seen with 36.0.0) sends two in
        # a row on a stream that the device opened; adbd takes them.
        if self._unread + len(data) > MOST_UNREAD:
            raise BadPacket(f"more than {MOST_UNREAD} bytes of a stream that nobody reads")
        if data:
            self._unread += len(data)
            self._chunks.append(data)
            self._arrived.set()
        else:
            self.link.send(OKAY, self.local, self.remote)

    def acknowledged(self, remote: int) -> None:
        if self.opened is not None and not self.opened.done():
            self.remote = remote
            self.opened.set_result(True)
        self._may_write.set()

    def peer_closed(self) -> None:
        if self.opened is not None and not self.opened.done():
            self.opened.set_result(False)
        if not self.closed.is_set():
            self.link.send(CLSE, self.local, self.remote)
        self._end()

    def abandon(self) -> None:
        """The link is gone: nothing can be sent."""
        if self.opened is not None and not self.opened.done():
            self.opened.set_result(False)
        self._end()

    def _end(self) -> None:
        self.closed.set()
        self._arrived.set()
        self._may_write.set()
        self.link.streams.pop(self.local, None)


@dataclass(slots=True)
class Reverse:
    """One `adb reverse`: a device port, and what the host connects it to."""

    device: str
    """tcp:PORT, as it was bound."""
    host: str
    server: asyncio.Server | None


class Link:
    """One connection from an adb server."""

    def __init__(self, adbd: Adbd, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.adbd = adbd
        self.device = adbd.device
        self.reader = reader
        self.writer = writer
        self.streams: dict[int, Stream] = {}
        self.reverses: dict[str, Reverse] = {}
        """By device address; they end with the link."""
        self.max_payload = FIRST_PAYLOAD
        self.authorized = False
        self.online = False
        self.checksums = True
        self._next = 0
        self._token = b""
        self._waiting: asyncio.Task[None] | None = None

    async def run(self) -> None:
        try:
            while True:
                command, arg0, arg1, data = await self._packet()
                await self._received(command, arg0, arg1, data)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            pass
        except BadPacket as error:
            self.device.journal.write("adb_bad_packet", reason=str(error))
        finally:
            self._over()

    def send(self, command: int, arg0: int, arg1: int, data: bytes = b"") -> None:
        check = sum(data) & 0xFFFFFFFF if self.checksums else 0
        header = struct.pack("<6I", command, arg0, arg1, len(data), check, command ^ 0xFFFFFFFF)
        if not self.writer.is_closing():
            self.writer.write(header + data)

    async def drain(self) -> None:
        await self.writer.drain()

    def drop(self) -> None:
        """Cut the connection at once."""
        self.writer.transport.abort()

    async def open_host(self, host_address: str) -> Stream | None:
        """A stream to what the host side of a reverse names; None when the host refuses."""
        # The adb server aborts (SIGABRT, seen with 36.0.0) on an OPEN it has not configured itself.
        if host_address not in {each.host for each in self.reverses.values()}:
            raise ConnectionRefusedError(f"{host_address} is not reversed on this link")
        stream = self._new_stream(0)
        stream.opened = asyncio.get_running_loop().create_future()
        self.send(OPEN, stream.local, 0, host_address.encode() + b"\0")
        if await stream.opened:
            return stream
        return None

    async def _packet(self) -> tuple[int, int, int, bytes]:
        header = await self.reader.readexactly(24)
        command, arg0, arg1, size, _, magic = struct.unpack("<6I", header)
        if magic != command ^ 0xFFFFFFFF or command not in COMMANDS:
            raise BadPacket(f"command {command:08x}")
        if size > MAX_PAYLOAD:
            raise BadPacket(f"payload of {size} bytes")
        return command, arg0, arg1, await self.reader.readexactly(size) if size else b""

    async def _received(self, command: int, arg0: int, arg1: int, data: bytes) -> None:
        match command:
            case 0x4E584E43:
                self._connect(arg0, arg1)
            case 0x48545541:
                self._authenticate(arg0, data)
            case 0x4E45504F if self.online:
                self._open(arg0, data)
            case 0x59414B4F if self.online:
                if stream := self.streams.get(arg1):
                    stream.acknowledged(arg0)
            case 0x45534C43 if self.online:
                if stream := self.streams.get(arg1):
                    stream.peer_closed()
            case 0x45545257 if self.online:
                if stream := self.streams.get(arg1):
                    stream.received(data)
                else:
                    self.send(CLSE, 0, arg0)
            case _:
                raise BadPacket(f"command {command:08x} is not expected now")
        await self.drain()

    def _connect(self, version: int, max_payload: int) -> None:
        self.checksums = version < VERSION
        self.max_payload = max(1024, min(max_payload, MAX_PAYLOAD))
        if self.adbd.secure and not self.authorized:
            self._challenge()
        else:
            self._welcome()

    def _welcome(self) -> None:
        get = self.device.properties.get
        banner = (
            f"device::ro.product.name={get('ro.product.name')};ro.product.model={get('ro.product.model')};"
            f"ro.product.device={get('ro.product.device')};features={FEATURES}"
        )
        self.online = True
        self.send(CNXN, VERSION, MAX_PAYLOAD, banner.encode())
        self.device.journal.write("adb_connected")

    def _challenge(self) -> None:
        self._token = os.urandom(20)
        self.send(AUTH, AUTH_TOKEN, 0, self._token)

    def _authenticate(self, kind: int, data: bytes) -> None:
        if self.online or not self.adbd.secure:
            return
        if kind == AUTH_SIGNATURE:
            if any(verify(key, self._token, data) for key in self.adbd.keys.values()):
                self.authorized = True
                self._welcome()
            else:
                self._challenge()
        elif kind == AUTH_PUBLIC_KEY:
            key = AdbKey.parse(data)
            if key is None:
                raise BadPacket("not a public key")
            self.device.journal.write("adb_key_offered", name=key.name)
            self.adbd.offered = key
            self._waiting = asyncio.create_task(self._wait_for_user(key))
        else:
            raise BadPacket(f"AUTH {kind}")

    async def _wait_for_user(self, key: AdbKey) -> None:
        await self.adbd.wait_accepted(key)
        self.authorized = True
        self._welcome()
        await self.drain()

    def _open(self, remote: int, data: bytes) -> None:
        name = data.rstrip(b"\0").decode("utf-8", errors="surrogateescape")
        service = self.adbd.service(name)
        if service is None or remote == 0 or len(self.streams) >= MAX_STREAMS:
            self.device.journal.write("unknown_service", name=name)
            self.send(CLSE, 0, remote)
            return
        stream = self._new_stream(remote)
        self.send(OKAY, stream.local, remote)
        stream.task = asyncio.create_task(self._serve(service, stream, name))

    async def _serve(self, service: Service, stream: Stream, name: str) -> None:
        try:
            await service(self, stream, name)
        except (ConnectionError, BrokenPipeError, asyncio.IncompleteReadError):
            pass
        except Exception as error:
            # A mistake of the twin ends this one stream, and is told: the other streams are not to blame.
            self.device.journal.write("internal_error", where=name, error=repr(error))
            traceback.print_exc()
        finally:
            stream.close()

    def _new_stream(self, remote: int) -> Stream:
        self._next += 1
        stream = Stream(self, self._next, remote)
        self.streams[stream.local] = stream
        return stream

    def _over(self) -> None:
        self.online = False
        for stream in list(self.streams.values()):
            stream.abandon()
        for reverse in self.reverses.values():
            if reverse.server:
                reverse.server.close()
        self.reverses.clear()
        if self._waiting:
            self._waiting.cancel()
        self.writer.close()
        self.adbd.links.discard(self)


class Adbd:
    """Listens on 127.0.0.1 for adb servers. Port 0 takes a free one."""

    def __init__(self, device: TwinDevice, secure: bool = False) -> None:
        self.device = device
        self.secure = secure
        """Whether hosts must have a key that the user accepted."""
        self.keys: dict[str, AdbKey] = {}
        self.offered: AdbKey | None = None
        """The key that the "Allow USB debugging?" dialog would show."""
        self.links: set[Link] = set()
        self.port = 0
        self.services: dict[str, Service] = {}
        """By prefix up to and including ":", or "," for shell options."""
        self._server: asyncio.Server | None = None
        self._accepted = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        device.faults.listeners.append(self._fault)
        device.shells.on_reboot = self.request_reboot

    async def start(self, port: int = 0) -> None:
        from harness.twin.adb_services import SERVICES

        self.services = dict(SERVICES)
        self.port = port
        await self._listen()

    async def stop(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for link in list(self.links):
            link.drop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def serial(self) -> str:
        return f"127.0.0.1:{self.port}"

    def accept(self) -> None:
        """The user allows the offered key, for good."""
        if self.offered is not None:
            self.keys[self.offered.fingerprint] = self.offered
            self._accepted.set()
            self._accepted = asyncio.Event()

    async def wait_accepted(self, key: AdbKey) -> None:
        while key.fingerprint not in self.keys:
            await self._accepted.wait()

    def service(self, name: str) -> Service | None:
        for prefix, service in self.services.items():
            if name.startswith(prefix):
                if service.__name__ == "socket_service" and name.rstrip("\0") not in self.device.sockets:
                    return None
                return service
        return None

    async def open_host(self, device_address: str) -> ByteStream | None:
        """What a client of a reversed device port gets; None when there is none or the host refuses."""
        for link in list(self.links):
            if reverse := link.reverses.get(device_address):
                return await link.open_host(reverse.host)
        return None

    def request_reboot(self) -> None:
        self._start(self._reboot())

    async def _reboot(self) -> None:
        """Every process ends, the link drops, and adbd is back a little later."""
        device = self.device
        device.journal.write("reboot")
        device.properties.put("sys.boot_completed", "")
        for package in device.packages.list():
            if package.classes_jar is not None:
                has_run = device.activities.background.runs(package.name)
                await device.activities.force_stop(package.name)
                if has_run:
                    # A reboot stops it without making it a stopped app, which would get no broadcast.
                    device.activities.background.has_run(package.name)
        device.shells.end()
        if self._server:
            self._server.close()
            self._server = None
        for link in list(self.links):
            link.drop()
        device.clock.restart()
        device.windows.set_screen(True)
        await asyncio.sleep(REBOOT_S)
        await self._listen()
        await asyncio.sleep(BOOT_S)
        await device.happenings.booted()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self) -> None:
        if self._server is not None or (self.device.faults.offline and self.port):
            return
        server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        if self.device.faults.offline:
            # A device that is away from the first moment has its address already.
            server.close()
        else:
            self._server = server

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        writer.transport.set_write_buffer_limits(high=4 * MAX_PAYLOAD)
        if self.device.faults.unauthorized:
            self.secure = True
        link = Link(self, reader, writer)
        self.links.add(link)
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await link.run()

    def _fault(self, name: str) -> None:
        match name:
            case "drop":
                for link in list(self.links):
                    link.drop()
            case "offline" if self.device.faults.offline:
                if self._server:
                    self._server.close()
                    self._server = None
                for link in list(self.links):
                    link.drop()
            case "offline":
                self._start(self._listen())
            case "unauthorized":
                self.secure = self.device.faults.unauthorized
                self.keys.clear()
                for link in list(self.links):
                    link.drop()
