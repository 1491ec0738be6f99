"""mitmproxy addon: one HAR entry a finished exchange, written at once; the sinkhole's answers.

A request whose response never comes is written when its connection fails or the capture stops. A WebSocket is
the entry of its opening and then one entry a message, because consent may fall between two messages.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from mitmproxy import connection, http, websocket

from harness.capture.bodies import Tee, keep
from harness.capture.certificate import certificate_of
from harness.capture.connections import Wire, from_wall_ms, now_ms
from harness.capture.har import Body, Exchange, entry, text_of
from harness.capture.sinkhole import SELFTEST_HOST, answer

STREAM_OVER: Final = 1 << 20
"""Bodies larger than this, or of unknown length, pass in chunks."""

Network = Literal["sinkhole", "live"]


@dataclass(slots=True)
class _Pending:
    """A request whose exchange is not written yet."""

    flow: http.HTTPFlow
    wire: Wire
    url: str
    headers: tuple[tuple[bytes, bytes], ...]
    """As the app sent them."""
    upload: Tee | None = None
    download: Tee | None = None
    request_end_ms: float | None = None
    answered_here: bool = False
    responded: bool = False


class Flows:
    """`record` gets one line of raw/flows.jsonl each; bodies over 64 KiB go to `bodies`."""

    name = "flows"

    def __init__(
        self,
        record: Callable[[dict[str, Any]], None],
        bodies: Path,
        network: Network,
        wire: Callable[[connection.Client], Wire],
        unfinished_body: Callable[[http.HTTPFlow], bytes],
        on_error: Callable[[OSError], None],
    ) -> None:
        self._record = record
        self._bodies = bodies
        self._network = network
        self._wire = wire
        self._unfinished_body = unfinished_body
        self._on_error = on_error
        self._pending: dict[str, _Pending] = {}
        self._sockets: dict[str, _Pending] = {}

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        wire = self._wire(flow.client_conn)
        wire.requests += 1
        pending = self._pending[flow.id] = _Pending(flow, wire, url_of(flow), flow.request.headers.fields)
        if _must_stream(flow.request.headers):
            pending.upload = flow.request.stream = Tee(self._bodies, self._on_error)
            if self._network == "sinkhole" and flow.request.is_http2:
                # The stand-in speaks HTTP/1, where a body of unknown length needs it; mitmproxy adds none.
                flow.request.headers.setdefault("transfer-encoding", "chunked")

    def request(self, flow: http.HTTPFlow) -> None:
        pending = self._pending.get(flow.id)
        if pending is None:
            return
        pending.request_end_ms = from_wall_ms(flow.request.timestamp_end)
        if pending.responded:
            self.response(flow)
            return
        streamed = pending.upload is not None and pending.upload.used
        if streamed or flow.error or flow.response:
            return
        if flow.request.host == SELFTEST_HOST or (
            self._network == "sinkhole" and not _opens_websocket(flow.request)
        ):
            said = answer(
                flow.request.method,
                flow.request.path,
                flow.request.headers.get("accept", ""),
                flow.request.headers.get("content-type", ""),
            )
            headers = {"content-type": said.content_type} if said.content_type else {}
            body = b"" if flow.request.method == "HEAD" else said.body
            flow.response = http.Response.make(said.status, body, headers)
            pending.answered_here = True

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        pending = self._pending.get(flow.id)
        if pending is None or pending.answered_here or flow.response.status_code == 101:
            return
        if _must_stream(flow.response.headers):
            pending.download = flow.response.stream = Tee(self._bodies, self._on_error)

    def response(self, flow: http.HTTPFlow) -> None:
        pending = self._pending.get(flow.id)
        if pending is None:
            return
        pending.responded = True
        # A server may answer before it has read the whole upload; the record waits for the rest.
        if pending.request_end_ms is not None:
            del self._pending[flow.id]
            self._write(pending, None)
            if flow.websocket is not None:
                self._sockets[flow.id] = pending

    def error(self, flow: http.HTTPFlow) -> None:
        pending = self._pending.pop(flow.id, None)
        if pending is not None:
            self._write(pending, flow.error.msg if flow.error else "failed")

    def websocket_message(self, flow: http.HTTPFlow) -> None:
        pending = self._sockets.get(flow.id)
        if pending is not None and flow.websocket is not None:
            for message in flow.websocket.messages:
                self._write_message(pending, message)
            flow.websocket.messages.clear()

    def websocket_end(self, flow: http.HTTPFlow) -> None:
        self._sockets.pop(flow.id, None)

    def finish(self) -> None:
        """Record what has no response when the capture stops."""
        while self._pending:
            _, pending = self._pending.popitem()
            self._write(pending, "unfinished when the capture stopped")

    def _write(self, pending: _Pending, error: str | None) -> None:
        flow = pending.flow
        request, response = flow.request, flow.response
        try:
            exchange = Exchange(
                method=request.method,
                url=pending.url,
                http_version=request.http_version,
                request_headers=pending.headers,
                request_body=self._request_body(pending),
                wall_start=request.timestamp_start,
                start_ms=from_wall_ms(request.timestamp_start),
                request_end_ms=pending.request_end_ms,
                response_start_ms=None,
                response_end_ms=None,
                error=error,
            )
            if response is not None:
                ended = response.timestamp_end
                exchange.status, exchange.status_text = response.status_code, text_of(response.data.reason)
                exchange.response_headers = response.headers.fields
                exchange.response_body = _body(response, pending.download, self._bodies)
                exchange.response_start_ms = from_wall_ms(response.timestamp_start)
                exchange.response_end_ms = None if ended is None else from_wall_ms(ended)
        except OSError as failure:
            self._on_error(failure)
            return
        peer = flow.server_conn.peername
        if self._network == "live" and peer:
            exchange.server = peer[0]
        extra = self._extra(pending, exchange)
        if self._network == "live" and flow.server_conn.certificate_list:
            extra["server_tls"] = flow.server_conn.tls_version
            extra["certificate"] = certificate_of(flow.server_conn.certificate_list[0])
        self._record(entry(exchange, extra))

    def _request_body(self, pending: _Pending) -> Body:
        flow = pending.flow
        streamed = pending.upload is not None and pending.upload.used
        if pending.request_end_ms is None and not streamed:
            # Broken off: what came left the app all the same.
            return keep(self._unfinished_body(flow) or flow.request.raw_content, self._bodies)
        return _body(flow.request, pending.upload, self._bodies)

    def _write_message(self, pending: _Pending, message: websocket.WebSocketMessage) -> None:
        at = from_wall_ms(message.timestamp)
        try:
            body = keep(message.content, self._bodies)
        except OSError as failure:
            self._on_error(failure)
            return
        exchange = Exchange(
            method="WEBSOCKET",
            url=pending.url,
            http_version="",
            request_headers=(),
            request_body=body if message.from_client else Body(),
            wall_start=time.time() - (now_ms() - at) / 1000,
            start_ms=at,
            request_end_ms=at,
            response_start_ms=at,
            response_end_ms=at,
            status=101,
            response_body=Body() if message.from_client else body,
        )
        extra = self._extra(pending, exchange)
        extra["websocket"] = "send" if message.from_client else "receive"
        self._record(entry(exchange, extra))

    def _extra(self, pending: _Pending, exchange: Exchange) -> dict[str, Any]:
        here = self._network == "sinkhole" or pending.answered_here
        return {
            "host_ms_connected": pending.wire.connected_ms,
            "host_ms_request_start": exchange.start_ms,
            # A request that never ended: the last of its bytes can have come until now.
            "host_ms_request_end": now_ms() if exchange.request_end_ms is None else exchange.request_end_ms,
            "host_ms_response_end": exchange.response_end_ms,
            "request_complete": exchange.request_end_ms is not None,
            "client_port": pending.wire.client_port,
            "tls": pending.flow.client_conn.tls_version,
            "answered_by": "sinkhole" if here else "server",
            "selftest": pending.flow.request.host == SELFTEST_HOST,
        }


def url_of(flow: http.HTTPFlow) -> str:
    """With the name the app meant, also where it resolved that itself and asked the proxy for an address."""
    request = flow.request
    host = request.host
    if _is_address(host):
        named = flow.client_conn.sni or (request.host_header or "").rpartition("]")[2].partition(":")[0]
        host = named or host
    if ":" in host:
        host = f"[{host}]"
    scheme = request.scheme
    if _opens_websocket(request):
        scheme = "wss" if scheme == "https" else "ws"
    port = (
        ""
        if request.port == {"http": 80, "https": 443, "ws": 80, "wss": 443}.get(scheme)
        else f":{request.port}"
    )
    return f"{scheme}://{host}{port}{text_of(request.data.path)}"


def _is_address(host: str) -> bool:
    if not host[-1:].isdigit() and ":" not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _opens_websocket(request: http.Request) -> bool:
    return bool(request.headers.get("upgrade", "").lower() == "websocket")


def _must_stream(headers: http.Headers) -> bool:
    length = headers.get("content-length")
    if length is None:
        return True
    return not length.isdigit() or int(length) > STREAM_OVER


def _body(message: http.Message, tee: Tee | None, bodies: Path) -> Body:
    if tee is not None and tee.used:
        return tee.body()
    return keep(message.raw_content, bodies)
