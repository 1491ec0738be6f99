"""Connections that native code made past the proxy: the harness knows that they were, and not what they carried."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from harness.model.event import Event, NativeCall, OpaqueConnection

_GAP_MS: Final = 2000.0
"""Datagrams of one process to one address belong together while no pause is longer."""
_ADDRESS: Final = re.compile(
    r"\A(?:\[([0-9a-fA-F:]+)\]|((?:\d{1,3}\.){3}\d{1,3})):(\d{1,5})(?: (\d+) bytes)?"
)
_SENT: Final = re.compile(r"\A(\S+) sent (\d+) bytes\Z")
"""What was sent so far on a connection that was opened past the proxy."""
_FUNCTIONS: Final = frozenset(
    {"libc.so.connect", "libc.so.getaddrinfo"}
    | {f"libc.so.{name}" for name in ("write", "send", "sendto", "writev", "sendmsg")}
)
_NAME: Final = re.compile(r"\A[^\s/]{1,253}\Z")
Reason = Literal["bypassed_proxy", "quic", "udp", "dns_over_tls"]


def bypassing(events: Iterable[Event]) -> Iterator[OpaqueConnection]:
    """One event for each connect to another machine, with what was sent on it, one for each run of datagrams.

    The proxy is on the device's own loopback, so whatever goes elsewhere went past it. Names that the process
    looked up before stand in `detail`: native code gives an address only.
    """
    runs: dict[tuple[int | None, str], list[NativeCall]] = {}
    opened: dict[tuple[int | None, str, int | None], list[NativeCall]] = {}
    connections: list[list[NativeCall]] = []
    looked_up: dict[int | None, str] = {}
    names: dict[tuple[int | None, str], str | None] = {}
    for call in sorted(_network_calls(events), key=lambda one: (one.t_lo, one.id)):
        name = call.function.rpartition(".")[2]
        if name == "getaddrinfo":
            if _NAME.match(call.target):
                looked_up[call.pid] = call.target
            continue
        if (sent := _SENT.match(call.target)) is not None:
            opened.get((call.pid, sent[1], call.local_port), []).append(call)
            continue
        match = _ADDRESS.match(call.target)
        # Port 0 is how a resolver asks which of its own addresses would be used; nothing is sent.
        if match is None or match[3] == "0" or _is_local(match[1] or match[2]):
            continue
        names[call.pid, call.id] = looked_up.get(call.pid)
        if name == "connect":
            connections.append([call])
            opened[call.pid, call.target.split()[0], call.local_port] = connections[-1]
        elif name == "sendto":
            run = runs.setdefault((call.pid, f"{match[1] or match[2]}:{match[3]}"), [])
            if run and call.t_lo - run[-1].t_hi > _GAP_MS:
                connections.append(list(run))
                run.clear()
            run.append(call)
    for number, calls in enumerate([*connections, *(run for run in runs.values() if run)], 1):
        yield _opaque(number, calls, names[calls[0].pid, calls[0].id])


def _network_calls(events: Iterable[Event]) -> Iterator[NativeCall]:
    for event in events:
        if isinstance(event, NativeCall) and event.function in _FUNCTIONS:
            yield event


def _opaque(number: int, calls: list[NativeCall], looked_up: str | None) -> OpaqueConnection:
    first = calls[0]
    match = _ADDRESS.match(first.target)
    assert match is not None, first.target
    is_connect = first.function.endswith(".connect")
    port, is_stream = int(match[3]), is_connect and not first.target.endswith(" udp")
    if is_connect:
        totals = [int(found[2]) for call in calls if (found := _SENT.match(call.target))]
        size = max(totals, default=0)
        how = "native connect" if is_stream else "native connect of a datagram socket"
    else:
        size = sum(int(found[4]) for call in calls if (found := _ADDRESS.match(call.target)) and found[4])
        how = f"{len(calls)} datagrams"
    by = f" by {first.caller}" if first.caller else ""
    after = f"; the name looked up before was {looked_up}" if looked_up else ""
    return OpaqueConnection(
        id=f"bypass-{number:06d}", t_lo=first.t_lo, t_hi=max(call.t_hi for call in calls), source="hook",
        pid=first.pid, process=first.process, evidence=first.evidence, host=match[1] or match[2], port=port,
        reason=_reason(is_stream, port), detail=f"{how}{by}, past the proxy{after}"[:1000],
        bytes_sent=size, actor=first.actor,
    )  # fmt: skip


def _reason(is_stream: bool, port: int) -> Reason:
    if port == 853:
        return "dns_over_tls"
    if is_stream:
        return "bypassed_proxy"
    return "quic" if port == 443 else "udp"


def _is_local(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return True
    return address.is_loopback or address.is_unspecified
