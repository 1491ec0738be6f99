"""Ties a value in a request to the reads that returned it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from harness.model.event import ApiCall, Event, Flow, FoundValue, ValueRead

_MOST: Final = 5


class Reads:
    """Reads by the digest of what they returned."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._by_digest: dict[str, list[ApiCall]] = {}
        for event in events:
            if isinstance(event, ApiCall) and event.result == "obtained":
                for digest in event.value_digests:
                    self._by_digest.setdefault(digest, []).append(event)

    def tied(self, flow: Flow) -> Flow:
        """The flow, with each found value's reads up to it: the last one of each actor, latest first."""
        if not flow.found:
            return flow
        return flow.model_copy(update={"found": [self._with_reads(flow, one) for one in flow.found]})

    def _with_reads(self, flow: Flow, found: FoundValue) -> FoundValue:
        last: dict[tuple[str, str], ApiCall] = {}
        for read in self._by_digest.get(found.value_digest, ()):
            if read.t_lo <= flow.t_hi:
                who = (read.actor.kind, read.actor.name)
                if who not in last or read.t_lo > last[who].t_lo:
                    last[who] = read
        latest = sorted(last.values(), key=lambda read: (-read.t_lo, read.id))[:_MOST]
        return found.model_copy(update={"reads": [_read(flow, read) for read in latest]})


def _read(flow: Flow, read: ApiCall) -> ValueRead:
    return ValueRead(
        event=read.id,
        actor=read.actor,
        api=read.api,
        at_least_ms=round(max(0.0, flow.t_lo - read.t_hi), 1),
        at_most_ms=round(max(0.0, flow.t_hi - read.t_lo), 1),
    )
