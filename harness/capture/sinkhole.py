"""The network that is not there: answers that let an app get on, while nothing leaves the machine.

Ordinary requests are answered in the proxy itself (`answer`). What needs a peer (uploads too large to hold,
WebSockets, protocols that are not HTTP) is led to a `StandIn` on loopback.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.model.errors import RunFailure

_PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SELFTEST_HOST: Final = "selftest.harness.invalid"
"""The harness asks this host, and the proxy answers, also on a live network."""
_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_HEAD: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content_type: str
    body: bytes


def answer(method: str, path: str, accept: str, content_type: str = "") -> Answer:
    """What the sinkhole says: an empty JSON object unless the request clearly wants something else."""
    if path.partition("?")[0].endswith("generate_204"):
        return Answer(204, "", b"")
    accept = accept.lower()
    first = accept.split(",")[0].split(";")[0].strip()
    sends_json = "json" in content_type.lower()
    if "json" not in accept and not sends_json and method in ("GET", "HEAD"):
        # A JVM's HttpURLConnection asks for "text/html, image/gif, …": only a browser names xhtml too.
        if "application/xhtml+xml" in accept or accept == "text/html":
            return Answer(200, "text/html; charset=utf-8", b"<!doctype html><title></title>")
        if first.startswith("image/"):
            return Answer(200, "image/png", _PIXEL)
        if first in ("text/css", "text/javascript", "application/javascript", "text/plain"):
            return Answer(200, first, b"")
    return Answer(200, "application/json", b"{}")


class StandIn:
    """A server on loopback for every host: swallows what it gets, answers HTTP/1.1 and WebSocket openings. What
    comes as datagrams is swallowed too."""

    def __init__(self, key_and_certificate: Path) -> None:
        self._pem = key_and_certificate
        self._servers: list[asyncio.Server] = []
        self._datagrams: asyncio.DatagramTransport | None = None
        self.plain_port = 0
        self.tls_port = 0
        self.udp_port = 0

    async def start(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._pem)
        for wrap in (None, context):
            self._servers.append(await asyncio.start_server(_serve, "127.0.0.1", 0, ssl=wrap, limit=_HEAD))
        self.plain_port, self.tls_port = (one.sockets[0].getsockname()[1] for one in self._servers)
        self._datagrams, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            asyncio.DatagramProtocol, ("127.0.0.1", 0)
        )
        self.udp_port = self._datagrams.get_extra_info("sockname")[1]
        if not self.plain_port or not self.tls_port:
            raise RunFailure("internal", "the sinkhole's stand-in server has no port")

    def stop(self) -> None:
        for server in self._servers:
            server.close()
        if self._datagrams is not None:
            self._datagrams.close()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    # The app may go away at any moment; there is nothing to tell anyone then.
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
        try:
            with contextlib.suppress(asyncio.LimitOverrunError):
                while await _exchange(reader, writer):
                    pass
            await _swallow(reader)
        finally:
            writer.close()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """One HTTP exchange; False when what came is not HTTP or the connection has become something else."""
    start = await reader.readuntil(b"\n")
    words = start.split()
    if len(words) != 3 or not words[2].startswith(b"HTTP/"):
        return False
    headers: dict[str, str] = {}
    while line := (await reader.readuntil(b"\n")).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
        if len(headers) > 1000:
            return False
    if headers.get("upgrade", "").lower() == "websocket":
        await _websocket(headers, reader, writer)
        return False
    await _body(headers, reader)
    said = answer(words[0].decode("latin-1"), words[1].decode("latin-1"), headers.get("accept", ""), "json")
    writer.write(
        f"HTTP/1.1 {said.status} OK\r\nContent-Type: {said.content_type}\r\n"
        f"Content-Length: {len(said.body)}\r\n\r\n".encode()
        + said.body
    )
    await writer.drain()
    return True


async def _body(headers: dict[str, str], reader: asyncio.StreamReader) -> None:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        while size := int((await reader.readuntil(b"\n")).split(b";")[0], 16):
            await _discard(reader, size)
            await reader.readuntil(b"\n")
        while (await reader.readuntil(b"\n")).strip():
            pass
    else:
        await _discard(reader, int(headers.get("content-length", "0")))


async def _discard(reader: asyncio.StreamReader, size: int) -> None:
    while size > 0:
        chunk = await reader.read(min(size, 1 << 16))
        if not chunk:
            raise asyncio.IncompleteReadError(b"", size)
        size -= len(chunk)


async def _swallow(reader: asyncio.StreamReader) -> None:
    while await reader.read(1 << 16):
        pass


async def _websocket(
    headers: dict[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    key = headers.get("sec-websocket-key", "").encode()
    accept = base64.b64encode(hashlib.sha1(key + _GUID).digest()).decode()
    protocol = headers.get("sec-websocket-protocol", "").split(",")[0].strip()
    writer.write(
        (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n"
            + (f"Sec-WebSocket-Protocol: {protocol}\r\n" if protocol else "")
            + "\r\n"
        ).encode()
    )
    await writer.drain()
    while True:
        first, second = await reader.readexactly(2)
        size = second & 0x7F
        if size == 126:
            size = int.from_bytes(await reader.readexactly(2))
        elif size == 127:
            size = int.from_bytes(await reader.readexactly(8))
        mask = await reader.readexactly(4) if second & 0x80 else b""
        opcode = first & 0x0F
        if opcode not in (8, 9):
            await _discard(reader, size)
            continue
        if size > 125:
            return
        payload = await reader.readexactly(size)
        if mask:
            payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        # Close is answered by close, ping by pong.
        writer.write(bytes([0x80 | (8 if opcode == 8 else 10), size]) + payload)
        await writer.drain()
        if opcode == 8:
            return
