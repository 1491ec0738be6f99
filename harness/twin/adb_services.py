"""The services a host can open: shells, sync, sockets, reverse forwards, reboot, framebuffer."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from typing import TYPE_CHECKING, Final

from harness.twin.adbd import Link, Reverse, Service, Stream
from harness.twin.pty import Terminal
from harness.twin.sh import Shell, Streams
from harness.twin.sync import serve_sync

if TYPE_CHECKING:
    from harness.twin.command import Sink

STDIN: Final = 0
STDOUT: Final = 1
STDERR: Final = 2
EXIT: Final = 3
CLOSE_STDIN: Final = 4
WINDOW_SIZE: Final = 5
MAX_LINE: Final = 1024 * 1024
KILLED: Final = 129


class _Packets:
    """Shell protocol v2 over a stream: packets of id, little-endian length, data."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.ended = False
        self._rest = b""
        self._left = 0

    async def read(self, limit: int = 65536) -> bytes:
        """The client's stdin."""
        while not self.ended:
            if self._left:
                chunk = await self.stream.read(min(self._left, limit))
                self._left -= len(chunk)
                if not chunk:
                    self.ended = True
                return chunk
            try:
                kind, size = struct.unpack("<BI", await self.stream.read_exactly(5))
            except ConnectionError:
                break
            if kind == STDIN:
                self._left = size
            elif kind == CLOSE_STDIN:
                break
            else:
                await self.stream.read_exactly(min(size, MAX_LINE))
        self.ended = True
        return b""

    async def packet(self, kind: int, data: bytes) -> None:
        await self.stream.write(struct.pack("<BI", kind, len(data)) + data)


class _PacketSink:
    def __init__(self, packets: _Packets, kind: int) -> None:
        self._packets = packets
        self._kind = kind

    async def write(self, data: bytes) -> None:
        await self._packets.packet(self._kind, data)


async def shell_service(link: Link, stream: Stream, name: str) -> None:
    """`shell:COMMAND` and `shell,v2,TERM=…,pty|raw:COMMAND`. Without a command: interactive."""
    head, _, command = name.partition(":")
    options = head.split(",")[1:]
    pty = "pty" in options or (not command and "raw" not in options)
    packets = _Packets(stream) if "v2" in options else None
    device = link.device
    device.journal.write("shell", line=command)
    await device.faults.gate()
    stdout: Sink = _PacketSink(packets, STDOUT) if packets else stream
    stderr: Sink = _PacketSink(packets, STDERR) if packets and not pty else stdout
    streams = Streams(packets or stream, stdout, stderr)
    process = device.shells.add("sh", lambda: _cancel(task))
    task = asyncio.create_task(_run_shell(link, process.pid, command, pty, streams))
    closed = asyncio.create_task(stream.closed.wait())
    try:
        await asyncio.wait((task, closed), return_when=asyncio.FIRST_COMPLETED)
        code = task.result() if task.done() and not task.cancelled() else KILLED
        if packets and not stream.closed.is_set():
            await packets.packet(EXIT, bytes((code & 0xFF,)))
    finally:
        closed.cancel()
        task.cancel()
        device.shells.remove(process)
        with contextlib.suppress(asyncio.CancelledError, ConnectionError, BrokenPipeError):
            await task


def _cancel(task: asyncio.Task[int]) -> None:
    task.cancel()


async def _run_shell(link: Link, pid: int, command: str, pty: bool, streams: Streams) -> int:
    shell = Shell(link.device, pid)
    try:
        if not pty:
            return await (shell.run(command, streams) if command else _script(shell, streams))
        terminal = Terminal(streams.stdin, streams.stdout)
        return await terminal.session(shell, command)
    except BrokenPipeError:
        return 141


async def _script(shell: Shell, streams: Streams) -> int:
    """`adb shell < script`: the whole of stdin is the text. A shell on a pipe shows no prompt."""
    text = bytearray()
    status = 0
    while chunk := await streams.stdin.read():
        text += chunk
        if len(text) > MAX_LINE:
            return 1
        # Lines run as they come, as a shell reads them, so that a client may talk back and forth.
        while b"\n" in text:
            line, _, rest = bytes(text).partition(b"\n")
            text = bytearray(rest)
            status = await shell.run(line.decode("utf-8", errors="surrogateescape"), streams)
    if text:
        status = await shell.run(text.decode("utf-8", errors="surrogateescape"), streams)
    return status


async def exec_service(link: Link, stream: Stream, name: str) -> None:
    """`exec:COMMAND`: raw bytes both ways, no protocol, stderr dropped into the same stream."""
    await shell_service(link, stream, "shell,raw:" + name.partition(":")[2])


async def sync_service(link: Link, stream: Stream, name: str) -> None:
    await serve_sync(link.device, stream)


async def socket_service(link: Link, stream: Stream, name: str) -> None:
    """A port or socket that something on the device listens on."""
    await link.device.sockets[name](stream)


async def reverse_service(link: Link, stream: Stream, name: str) -> None:
    """reverse:forward:[norebind:]DEVICE;HOST, reverse:list-forward, reverse:killforward:DEVICE, …-all"""
    request = name.removeprefix("reverse:")
    if request == "list-forward":
        lines = "".join(
            f"host-{index + 1} {each.device} {each.host}\n"
            for index, each in enumerate(link.reverses.values())
        )
        await stream.write(f"{len(lines):04x}{lines}".encode())
    elif request == "killforward-all":
        for each in link.reverses.values():
            if each.server:
                each.server.close()
        link.reverses.clear()
        await stream.write(b"OKAY")
    elif request.startswith("killforward:"):
        address = request.removeprefix("killforward:")
        gone = link.reverses.pop(address, None)
        if gone is None:
            await _reverse_fail(stream, f"listener '{address}' not found")
            return
        if gone.server:
            gone.server.close()
        await stream.write(b"OKAY")
    elif request.startswith("forward:"):
        await _reverse(link, stream, request.removeprefix("forward:"))
    else:
        await _reverse_fail(stream, f"unknown reverse request '{request}'")


async def _reverse_fail(stream: Stream, text: str) -> None:
    await stream.write(f"FAIL{len(text):04x}{text}".encode())


async def _reverse(link: Link, stream: Stream, request: str) -> None:
    rebind = not request.startswith("norebind:")
    device_address, _, host_address = request.removeprefix("norebind:").partition(";")
    if not host_address:
        return await _reverse_fail(stream, f"bad forward: {request}")
    kind, _, port = device_address.partition(":")
    if device_address in link.reverses:
        if not rebind:
            return await _reverse_fail(stream, "cannot rebind existing socket")
        link.reverses[device_address].host = host_address
        return await stream.write(_bound(port) if kind == "tcp" else b"OKAY")
    if kind.startswith("local"):
        link.reverses[device_address] = Reverse(device_address, host_address, None)
        return await stream.write(b"OKAY")
    if kind != "tcp" or not port.isdecimal() or int(port) > 65535:
        return await _reverse_fail(stream, f"unknown socket specification: {device_address}")
    try:
        server = await _listen(link, int(port))
    except OSError as error:
        reason = "Address already in use" if error.errno == 98 else str(error)
        return await _reverse_fail(stream, f"cannot bind listener: {reason}")
    bound = str(server.sockets[0].getsockname()[1])
    link.reverses[f"tcp:{bound}"] = Reverse(f"tcp:{bound}", host_address, server)
    return await stream.write(_bound(bound))


def _bound(port: str) -> bytes:
    return f"OKAY{len(port):04x}{port}".encode()


async def _listen(link: Link, port: int) -> asyncio.Server:
    """Apps of the twin are processes of this machine: a device port is a port of its loopback."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        name = f"tcp:{server.sockets[0].getsockname()[1]}" if server.sockets else ""
        try:
            reverse = link.reverses.get(name)
            stream = await link.open_host(reverse.host) if reverse else None
            link.device.journal.write(
                "reverse_open", device=name, peer_port=peer[1] if peer else 0, refused=stream is None
            )
            if stream is not None:
                await _join(stream, reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", port)
    return server


async def _join(stream: Stream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes both ways until either side ends. adb streams know no half-closing."""

    async def outward() -> None:
        while data := await reader.read(65536):
            await stream.write(data)

    async def inward() -> None:
        while data := await stream.read(1 << 20):
            writer.write(data)
            await writer.drain()

    tasks = [asyncio.create_task(outward()), asyncio.create_task(inward())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stream.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def reboot_service(link: Link, stream: Stream, name: str) -> None:
    stream.close()
    link.adbd.request_reboot()


async def root_service(link: Link, stream: Stream, name: str) -> None:
    await stream.write(b"adbd cannot run as root in production builds\n")


async def remount_service(link: Link, stream: Stream, name: str) -> None:
    await stream.write(b'Not running as root. Try "adb root" first.\n')


async def framebuffer_service(link: Link, stream: Stream, name: str) -> None:
    """Header version 2, RGBA, colour space 1 (sRGB): adbutils misreads space 0 and allocates gigabytes."""
    image = link.device.windows.screenshot().convert("RGBA")
    pixels = image.tobytes()
    header = (2, 32, 1, len(pixels), image.width, image.height, 0, 8, 16, 8, 8, 8, 24, 8)
    await stream.write(struct.pack("<14I", *header))
    await stream.write(pixels)


async def track_jdwp_service(link: Link, stream: Stream, name: str) -> None:
    """No process of the twin can be debugged this way: the list is empty and stays so."""
    await stream.write(b"0000")
    await stream.closed.wait()


SERVICES: Final[dict[str, Service]] = {
    "shell:": shell_service,
    "shell,": shell_service,
    "exec:": exec_service,
    "sync:": sync_service,
    "tcp:": socket_service,
    "local:": socket_service,
    "localabstract:": socket_service,
    "localfilesystem:": socket_service,
    "localreserved:": socket_service,
    "reverse:": reverse_service,
    "reboot:": reboot_service,
    "root:": root_service,
    "unroot:": root_service,
    "remount:": remount_service,
    "framebuffer:": framebuffer_service,
    "track-jdwp": track_jdwp_service,
}
