"""mitmproxy addon: what is under the flows.

Every connection that carried bytes and gave no readable request is a record.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from mitmproxy import connection, dns, http, tcp, tls, udp
from mitmproxy.proxy import mode_specs, server_hooks

from harness.capture.names import Names
from harness.capture.sinkhole import SELFTEST_HOST, StandIn

_DNS_OVER_TLS: Final = 853
_QUIC: Final = 443
_LONGEST_HEAD: Final = 4 << 20
"""Bytes of a connection's first request head; one that sends more is taken to have ended, and recorded."""
_LAST_REQUEST_S: Final = 0.5
"""How long mitmproxy may take to tell of a request that came right before the end."""
_MOST_LAYERS: Final = 2000
"""Of mitmproxy's layers of one connection that are looked through."""

Record = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class Wire:
    """One connection from the device, as the proxy sees it."""

    client_port: int
    connected_ms: float
    received: int = 0
    sent: int = 0
    host: str = ""
    port: int = 0
    received_before: int = 0
    """Bytes that were for the proxy itself (the CONNECT request)."""
    sent_before: int = 0
    tls_ms: float | None = None
    tls_done: bool = False
    requests: int = 0
    recorded: bool = False


class Connections:
    """Follows the device's connections; `record` gets one line of raw/tls.jsonl each."""

    name = "connections"

    def __init__(
        self,
        record: Record,
        handlers: Callable[[], dict[Any, Any]],
        stand_in: StandIn | None,
        names: Names,
    ) -> None:
        self._record = record
        self._names = names
        self._handlers = handlers
        self._stand_in = stand_in
        self._wires: dict[str, Wire] = {}
        self._streams: dict[str, tuple[tcp.TCPFlow | udp.UDPFlow, _Stream]] = {}

    def wire(self, client: connection.Client) -> Wire:
        wire = self._wires.get(client.id)
        if wire is None:
            port = client.peername[1] if client.peername else 0
            wire = self._wires[client.id] = Wire(port, from_wall_ms(client.timestamp_start))
        return wire

    def unfinished_body(self, flow: http.HTTPFlow) -> bytes:
        """What has come of a request body that is not complete: mitmproxy gives it to the flow only at its end."""
        handler = self._handlers().get(flow.client_conn.id)
        todo = list(handler.layer.context.layers) if handler is not None else []
        seen: set[int] = set()
        while todo and len(seen) < _MOST_LAYERS:
            layer = todo.pop()
            if id(layer) in seen:
                continue
            seen.add(id(layer))
            for stream in list(getattr(layer, "streams", {}).values()):
                if stream.flow is flow:
                    return bytes(stream.request_body_buf)
                # A CONNECT is a stream, and what is inside the tunnel has a context of its own.
                todo += stream.context.layers
        return b""

    def client_connected(self, client: connection.Client) -> None:
        wire = self.wire(client)
        handler = self._handlers().get(client.id)
        if handler is None:
            return
        _count(handler.transports[client], wire, self._client_ended)
        if isinstance(client.proxy_mode, mode_specs.WireGuardMode):
            # Nobody asks for a host by name here: the connection itself says where it goes.
            host, wire.port = handler.layer.context.server.address[:2]
            wire.host = self._names.of(host)

    def dns_request(self, flow: dns.DNSFlow) -> None:
        self.wire(flow.client_conn).recorded = True

    def _client_ended(self, wire: Wire) -> None:
        """The device has closed its side. mitmproxy keeps its own open for an HTTP/2 client that asked nothing."""
        asyncio.get_running_loop().call_later(_LAST_REQUEST_S, self._without_request, wire)

    def _without_request(self, wire: Wire) -> None:
        if wire.tls_done and not wire.requests and not wire.recorded and wire.host != SELFTEST_HOST:
            # A pinned client may let the handshake end and compare the certificate afterwards.
            self._opaque(wire, "tls_refused", "closed after the TLS handshake without sending a request")

    def client_disconnected(self, client: connection.Client) -> None:
        wire = self._wires.pop(client.id, None)
        if wire is None or wire.requests or wire.recorded or wire.host == SELFTEST_HOST:
            return
        if wire.tls_done:
            self._without_request(wire)
        elif wire.received > wire.received_before:
            self._opaque(wire, "error", "bytes that are neither an HTTP request nor a TLS handshake")

    def http_connect(self, flow: http.HTTPFlow) -> None:
        wire = self.wire(flow.client_conn)
        wire.host, wire.port = flow.request.host, flow.request.port
        wire.received_before = wire.received
        if wire.host == SELFTEST_HOST:
            # Answering here keeps mitmproxy from looking the name up.
            flow.response = http.Response.make(200)

    def tls_clienthello(self, data: tls.ClientHelloData) -> None:
        wire = self.wire(data.context.client)
        wire.tls_ms = now_ms()
        wire.sent_before = wire.sent
        if not wire.host and data.context.server.address:
            wire.host, wire.port = data.context.server.address[:2]
        wire.host = data.client_hello.sni or wire.host
        if self._stand_in is not None or wire.host == SELFTEST_HOST:
            data.establish_server_tls_first = False

    def tls_established_client(self, data: tls.TlsData) -> None:
        self.wire(data.context.client).tls_done = True

    def tls_failed_client(self, data: tls.TlsData) -> None:
        wire = self.wire(data.context.client)
        if data.context.client.transport_protocol == "udp":
            self._opaque(wire, "quic", data.conn.error or "handshake failed")
            return
        self._opaque(wire, "tls_refused", data.conn.error or "handshake failed")

    def server_connect(self, data: server_hooks.ServerConnectionHookData) -> None:
        # The one door to the network: every connection that mitmproxy opens comes through here first.
        if self._stand_in is not None:
            stand_in = self._stand_in
            port = stand_in.tls_port if data.server.tls else stand_in.plain_port
            if data.server.transport_protocol == "udp":
                port = stand_in.udp_port
            data.server.address = ("127.0.0.1", port)

    def udp_start(self, flow: udp.UDPFlow) -> None:
        self.tcp_start(flow)

    def udp_message(self, flow: udp.UDPFlow) -> None:
        self.tcp_message(flow)

    def udp_end(self, flow: udp.UDPFlow) -> None:
        self._end_stream(flow, "")

    def udp_error(self, flow: udp.UDPFlow) -> None:
        self._end_stream(flow, flow.error.msg if flow.error else "failed")

    def tcp_start(self, flow: tcp.TCPFlow | udp.UDPFlow) -> None:
        wire = self.wire(flow.client_conn)
        wire.recorded = True
        address = flow.server_conn.address or ("", 0)
        host = wire.host or address[0]
        self._streams[flow.id] = (flow, _Stream(wire, host, wire.port or address[1], now_ms()))

    def tcp_message(self, flow: tcp.TCPFlow | udp.UDPFlow) -> None:
        stream = self._streams[flow.id][1]
        for message in flow.messages:
            if message.from_client:
                stream.sent += len(message.content)
            else:
                stream.received += len(message.content)
        flow.messages.clear()

    def tcp_end(self, flow: tcp.TCPFlow) -> None:
        self._end_stream(flow, "")

    def tcp_error(self, flow: tcp.TCPFlow) -> None:
        self._end_stream(flow, flow.error.msg if flow.error else "failed")

    def finish(self) -> None:
        """Record what is still open when the capture stops."""
        for flow, _ in list(self._streams.values()):
            self._end_stream(flow, "open when the capture stopped")

    def _end_stream(self, flow: tcp.TCPFlow | udp.UDPFlow, detail: str) -> None:
        _, stream = self._streams.pop(flow.id, (None, None))
        if stream is None:
            return
        inside = "not HTTP, inside TLS" if stream.wire.tls_done else "not HTTP, not TLS"
        reason = "raw_tcp"
        if isinstance(flow, udp.UDPFlow):
            reason, inside = ("quic", "QUIC") if stream.port == _QUIC else ("udp", "datagrams")
        self._record(
            {
                "host_ms_start": stream.start_ms,
                "host_ms_end": now_ms(),
                "host": stream.host,
                "port": stream.port,
                "reason": "dns_over_tls" if stream.port == _DNS_OVER_TLS else reason,
                "detail": f"{inside}; {detail}" if detail else inside,
                "bytes_sent": stream.sent,
                "bytes_received": stream.received,
                "client_port": stream.wire.client_port,
            }
        )

    def _opaque(self, wire: Wire, reason: str, detail: str) -> None:
        wire.recorded = True
        if wire.port == _DNS_OVER_TLS:
            reason, detail = "dns_over_tls", f"{reason}: {detail}"
        self._record(
            {
                "host_ms_start": wire.tls_ms or wire.connected_ms,
                "host_ms_end": now_ms(),
                "host": wire.host,
                "port": wire.port,
                "reason": reason,
                "detail": detail[:500],
                "bytes_sent": wire.received - wire.received_before,
                "bytes_received": wire.sent - wire.sent_before,
                "client_port": wire.client_port,
            }
        )


@dataclass(slots=True)
class _Stream:
    wire: Wire
    host: str
    port: int
    start_ms: float
    sent: int = 0
    received: int = 0


def now_ms() -> float:
    return time.monotonic() * 1000


def from_wall_ms(stamp: float | None) -> float:
    """mitmproxy stamps with the wall clock; both clocks are read here, so that setting one does no harm."""
    now = now_ms()
    return now if stamp is None else now - max(0.0, time.time() - stamp) * 1000


def _count(transport: Any, wire: Wire, ended: Callable[[Wire], None]) -> None:
    if not isinstance(transport.reader, asyncio.StreamReader):
        # A stream of the tunnel: its methods cannot be replaced.
        transport.reader = transport.writer = _Counted(transport.reader, wire, ended)
        return
    read, write = transport.reader.read, transport.writer.write

    async def counted_read(size: int) -> bytes:
        data: bytes = await read(size)
        if not data:
            ended(wire)
        return _received(wire, data)

    def counted_write(data: bytes) -> None:
        wire.sent += len(data)
        write(data)

    vars(transport.reader)["read"] = counted_read
    transport.writer.write = counted_write


def _received(wire: Wire, data: bytes) -> bytes:
    wire.received += len(data)
    # mitmproxy would hold a head of any size in memory.
    is_head = not wire.requests and not wire.recorded
    return b"" if is_head and wire.received > _LONGEST_HEAD else data


class _Counted:
    """A stream of the tunnel that counts; everything else is the stream's own."""

    def __init__(self, stream: Any, wire: Wire, ended: Callable[[Wire], None]) -> None:
        self._stream = stream
        self._wire = wire
        self._ended = ended

    async def read(self, size: int) -> bytes:
        data: bytes = await self._stream.read(size)
        if not data:
            self._ended(self._wire)
        return _received(self._wire, data)

    def write(self, data: bytes) -> None:
        self._wire.sent += len(data)
        self._stream.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
