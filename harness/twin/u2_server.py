"""The uiautomator server of one device: HTTP/1.1 and JSON-RPC 2.0 on a port of the device."""

from __future__ import annotations

import asyncio
import inspect
import json
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from harness.twin.binder import Json
from harness.twin.stream import ByteStream
from harness.twin.u2_methods import Methods
from harness.twin.u2_objects import JavaFailure

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

PORT: Final = 9008
MAX_HEAD: Final = 32 * 1024
MAX_BODY: Final = 16 * 1024 * 1024
LATE_S: Final = 0.004
"""A body that has not come by then is asked for."""
JAVA_ERROR: Final = -32001
NO_METHOD: Final = -32601
BAD_PARAMETERS: Final = -32602
BAD_REQUEST: Final = -32600
NOT_JSON: Final = -32700


class AlreadyRunning(Exception):
    """A second server wants the port, which a phone answers with "already registered!"."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes
    keeps_alive: bool


class BadRequest(Exception):
    """Not HTTP, or larger than this server takes."""


class U2Server:
    """Started when the shell runs the server's main class, stopped when that command ends."""

    def __init__(self, device: TwinDevice, port: int = PORT) -> None:
        self._device = device
        self._address = f"tcp:{port}"
        self._streams: set[ByteStream] = set()
        self.methods = Methods(device)

    def start(self) -> None:
        """Raises AlreadyRunning."""
        if self._address in self._device.sockets:
            raise AlreadyRunning(self._address)
        self._device.sockets[self._address] = self.serve

    def stop(self) -> None:
        """Calls under way are cut, as when the process is killed."""
        if self.is_running:
            del self._device.sockets[self._address]
        for stream in list(self._streams):
            stream.close()

    @property
    def is_running(self) -> bool:
        return self._device.sockets.get(self._address) == self.serve

    async def serve(self, stream: ByteStream) -> None:
        """One connection, which may bring several requests."""
        self._streams.add(stream)
        reader = _Reader(stream)
        try:
            while (request := await reader.request()) is not None:
                await self._answer(stream, request)
                if not request.keeps_alive or not self.is_running:
                    return
        except BadRequest as error:
            await _respond(stream, 400, "text/plain", str(error).encode(), keeps_alive=False)
        except ConnectionError:
            return
        finally:
            self._streams.discard(stream)

    async def _answer(self, stream: ByteStream, request: Request) -> None:
        await self._device.faults.rpc_gate()
        status, kind, body = 200, "text/plain", b""
        stops = False
        match (request.method, request.path.partition("?")[0]):
            case ("GET", "/ping"):
                body = b"pong"
            case ("POST", "/jsonrpc/0"):
                kind, body = "application/json-rpc", await self._rpc(request.body)
            case ("GET", "/screenshot/0"):
                kind, body = "image/jpeg", await self.methods.jpeg(1.0, 80)
            case ("GET", "/stop"):
                body, stops = b"Server stopped!", True
            case _:
                status, body = 404, b"Not Found"
        await _respond(stream, status, kind, body, request.keeps_alive and not stops)
        if stops:
            self.stop()

    # ---- JSON-RPC

    async def _rpc(self, body: bytes) -> bytes:
        try:
            request = json.loads(body)
        except (ValueError, RecursionError):
            return _error(None, NOT_JSON, "JSON parse error", None)
        if not isinstance(request, dict) or not isinstance(request.get("method"), str):
            return _error(None, BAD_REQUEST, "Invalid request", None)
        number, name, params = request.get("id"), request["method"], request.get("params")
        method = None if name.startswith("_") or name == "jpeg" else getattr(self.methods, name, None)
        if method is None:
            self._device.journal.write("rpc_unknown", method=name)
            return _error(number, NO_METHOD, "method not found", None)
        arguments = params if isinstance(params, list) else []
        if isinstance(params, dict) and params:
            return _error(number, BAD_PARAMETERS, "method parameters invalid", None)
        self._device.journal.write(
            "rpc", method=name, params=json.dumps(arguments, ensure_ascii=False)[:1000]
        )
        try:
            result = await self._call(name, method, arguments)
        except JavaFailure as failure:
            self._device.journal.write("rpc_error", method=name, error=str(failure))
            return _error(number, JAVA_ERROR, failure.java_class, failure.message)
        except (TypeError, ValueError) as error:
            self._device.journal.write("rpc_error", method=name, error=str(error))
            return _error(number, BAD_PARAMETERS, "method parameters invalid", str(error))
        return json.dumps({"jsonrpc": "2.0", "id": number, "result": result}).encode()

    async def _call(self, name: str, method: Any, arguments: list[Any]) -> Json:
        errors = self._device.faults.rpc_errors
        fault = errors.get(name) or errors.get("*")
        if fault is not None:
            raise JavaFailure(fault.java_class, fault.message)
        inspect.signature(method).bind(*arguments)
        try:
            result: Json = await method(*arguments)
        except (JavaFailure, TypeError, ValueError):
            raise
        except Exception as error:  # a mistake of the twin must not look like a silent phone
            text = traceback.format_exc()
            self._device.journal.write("rpc_crash", method=name, error=text)
            raise JavaFailure("java.lang.IllegalStateException", text) from error
        return result


def _error(number: Json, code: int, message: str, data: str | None) -> bytes:
    error: dict[str, Json] = {"code": code, "message": message}
    if data is not None:
        error["data"] = data
    return json.dumps({"jsonrpc": "2.0", "id": number, "error": error}).encode()


# ---- HTTP


async def _respond(stream: ByteStream, status: int, kind: str, body: bytes, keeps_alive: bool) -> None:
    reason = {200: "OK", 400: "Bad Request", 404: "Not Found"}[status]
    head = (
        f"HTTP/1.1 {status} {reason} \r\nContent-Type: {kind}\r\n"
        f"Connection: {'keep-alive' if keeps_alive else 'close'}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    await stream.write(head.encode() + body)


class _Reader:
    """Requests of one connection; what came too early waits here."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._buffer = b""

    async def request(self) -> Request | None:
        """None when the client closed instead of asking again."""
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > MAX_HEAD:
                raise BadRequest("request head too large")
            more = await self._stream.read()
            if not more:
                return None
            self._buffer += more
        head, self._buffer = self._buffer[:end].decode("latin-1"), self._buffer[end + 4 :]
        line, *rest = head.split("\r\n")
        words = line.split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            raise BadRequest("not an HTTP request")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)
        }
        body = await self._body(headers.get("content-length", "0"))
        keeps_alive = headers.get("connection", "").lower() != "close" and words[2] == "HTTP/1.1"
        return None if body is None else Request(words[0], words[1], body, keeps_alive)

    async def _body(self, length: str) -> bytes | None:
        if not length.isdecimal() or int(length) > MAX_BODY:
            raise BadRequest("Content-Length is no number, or too large")
        size = int(length)
        parts, have = [self._buffer], len(self._buffer)
        if have < size:
            parts.append(await self._late())
            have += len(parts[-1])
        while have < size:
            more = await self._stream.read()
            if not more:
                return None
            parts.append(more)
            have += len(more)
        data = b"".join(parts)
        self._buffer = data[size:]
        return data[:size]

    async def _late(self) -> bytes:
        """The next piece of a body; b"" at the end of the stream."""
        # http.client sends head and body in two writes. Without an answer in between, Nagle's algorithm holds
        # the second one back until a delayed acknowledgement, 40 ms a call. With a client that has switched
        # Nagle off an answer costs as much on its way back, so the body gets a moment to come by itself.
        reading = asyncio.ensure_future(self._stream.read())
        try:
            await asyncio.wait({reading}, timeout=LATE_S)
            if not reading.done():
                await self._stream.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return await reading
        finally:
            reading.cancel()
