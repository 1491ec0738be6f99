"""Ties a flow to the call that opened its connection: which process, and whose code stood on the stack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, TypeVar

from harness.model.event import UNATTRIBUTED, Actor, Event, Flow, NativeCall, OpaqueConnection, Opened
from harness.timeline.clocked import Clocked
from harness.timeline.consent import Moment

_CONNECT: Final = "libc.so.connect"
_EARLY_MS: Final = 100.0
"""The two clocks may differ by as much where order is judged at all."""
_LATE_MS: Final = 2000.0
"""From connect() on the device to the proxy's own accept, through adb and a busy machine."""
_TO: Final = re.compile(r" to:(\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5})\Z")
_DIRECT: Final = re.compile(r"\A(?:\[[0-9a-fA-F:]+\]|(?:\d{1,3}\.){3}\d{1,3}):(\d{1,5})\Z")
Connection = TypeVar("Connection", Flow, OpaqueConnection)
By = Literal["port", "name"]


class Connects:
    """The connect() calls of hooked processes.

    An app that uses the proxy asks it for a host with its first bytes, and the agent tells which. A port is a
    proof only where the proxy sees the app's own (WireGuard): through adb it sees the port of the adb server.
    """

    def __init__(self, events: Iterable[Event], clocked: Clocked) -> None:
        self._clocked = clocked
        self._by_name: dict[tuple[str, int], list[NativeCall]] = {}
        self._by_port: dict[tuple[int, int], list[NativeCall]] = {}
        for event in events:
            if not isinstance(event, NativeCall) or event.function != _CONNECT:
                continue
            if (to := _TO.search(event.target)) is not None:
                name = to[1].strip("[]").lower()
                self._by_name.setdefault((name, int(to[2])), []).append(event)
            elif event.local_port is not None and (direct := _DIRECT.match(event.target)) is not None:
                self._by_port.setdefault((event.local_port, int(direct[1])), []).append(event)

    def tied(self, connection: Connection, own: Mapping[str, Any], connected_ms: float) -> Connection:
        """The connection with its process and opener, as far as the calls that can be its own agree.

        Args:
            own: the raw record's words about the connection, of which `client_port` is read.
            connected_ms: when the proxy accepted it, host time.
        """
        if isinstance(connection, Flow) and connection.selftest:
            return connection
        at = self._clocked.host(connected_ms, connected_ms)
        by: By = "port"
        port = own.get("client_port")
        calls = _about(at, self._by_port.get((port, connection.port), ())) if isinstance(port, int) else []
        if not calls:
            by = "name"
            calls = _about(at, self._by_name.get((connection.host, connection.port), ()))
        if not calls and isinstance(connection, Flow) and connection.destination.address:
            calls = _about(at, self._by_name.get((connection.destination.address, connection.port), ()))
        return _agreed(connection, calls, by)


def _about(at: Moment, calls: Iterable[NativeCall]) -> list[NativeCall]:
    """Those that can have led to a connection accepted then."""
    return [one for one in calls if one.t_lo - _EARLY_MS <= at.hi and at.lo <= one.t_hi + _LATE_MS]


def _agreed(connection: Connection, calls: list[NativeCall], by: By) -> Connection:
    update: dict[str, object] = {}
    if len({(one.pid, one.process) for one in calls}) == 1:
        update |= {"pid": calls[0].pid, "process": calls[0].process}
    if len({(one.actor.kind, one.actor.name) for one in calls}) == 1:
        last = calls[-1]
        update["opened"] = Opened(event=last.id, actor=last.actor, by=by)
        if connection.actor == UNATTRIBUTED and _speaks(last.actor, connection):
            update["actor"] = last.actor
    return connection.model_copy(update=update)


def _speaks(opener: Actor, connection: Flow | OpaqueConnection) -> bool:
    """Whether who opened the connection is who sends: for the app's own code only when no SDK's read is inside,
    since apps carry for their SDKs. A thread of the platform or of a library was set to work by someone unseen."""
    if opener.kind == "app":
        found = connection.found if isinstance(connection, Flow) else []
        return all(read.actor.kind == "app" for one in found for read in one.reads)
    return opener.kind == "sdk" or (opener.kind == "unknown" and opener.name != UNATTRIBUTED.name)
