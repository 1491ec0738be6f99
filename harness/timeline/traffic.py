"""Recorded exchanges and unreadable connections to events."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from harness.model.data_type import DataType
from harness.model.event import Destination, Evidence, Flow, FoundValue, Insecurity, OpaqueConnection
from harness.model.run_folder import FLOWS, TLS
from harness.sdks.match import actor_of_host, actor_of_request
from harness.timeline.clocked import Clocked
from harness.timeline.countries import place_of
from harness.timeline.known_senders import Reading, read_request
from harness.timeline.leaks import Watcher
from harness.timeline.lines import Line
from harness.timeline.parties import Operator, party_of, registrable_domain

LISTS: Final[frozenset[DataType]] = frozenset({"installed_apps", "running_apps"})
FEW: Final = 3
"""So many different package names in one request make a list of apps; fewer are names that anyone may use."""
OBSOLETE_TLS: Final = frozenset({"SSLv3", "TLSv1", "TLSv1.1"})
"""Deprecated by RFC 8996."""
_BODY: Final = re.compile(r"^bodies/[0-9a-f]{64}$")


def flow_of(
    line: Line, clocked: Clocked, watcher: Watcher, load: Callable[[str], bytes], operator: Operator
) -> Flow:
    """Raises KeyError, TypeError or ValueError for an entry that is no exchange of ours."""
    entry: dict[str, Any] = line.record or {}
    own, request, response = entry["_harness"], entry["request"], entry.get("response") or {}
    url = urlsplit(request["url"])
    ended = clocked.host(float(own["host_ms_request_end"]), float(own["host_ms_request_end"]))
    connected = clocked.host(float(own["host_ms_connected"]), float(own["host_ms_connected"]))
    is_selftest = bool(own.get("selftest"))
    found: list[FoundValue] = []
    errors: list[str] = []
    reading = Reading([], [], [])
    if not is_selftest:
        result = watcher.search(entry, load)
        found, errors = _without_short_lists(result.found), list(result.errors)
        reading = read_request(entry, load)
    host = (url.hostname or "").lower()
    certificate = own.get("certificate") or {}
    organisation = str(certificate.get("organisation") or "")
    path = url.path + (f"?{url.query}" if url.query else "")
    return Flow(
        id=f"flow-{line.number:06d}", t_lo=ended.lo, t_hi=ended.hi, source="proxy",
        evidence=Evidence(file=FLOWS, line=line.number), method=str(request["method"]), scheme=url.scheme,
        host=host, port=url.port or {"http": 80, "ws": 80}.get(url.scheme, 443), path=path[:8192],
        status=response.get("status") or None, request_bytes=max(0, int(request.get("bodySize", 0))),
        response_bytes=max(0, int(response.get("bodySize", 0))), connected_lo=connected.lo, found=found,
        decode_errors=errors, selftest=is_selftest,
        answered_by="sinkhole" if own.get("answered_by") == "sinkhole" else "server",
        actor=actor_of_request(host, reading.names, organisation), stated=reading.stated,
        destination=_destination(entry, url.scheme, host, operator, organisation),
    )  # fmt: skip


def opaque_of(line: Line, clocked: Clocked) -> OpaqueConnection:
    """Raises KeyError, TypeError or ValueError for a record that is no connection of ours."""
    record = line.record or {}
    span = clocked.host(float(record["host_ms_start"]), float(record["host_ms_end"]))
    host = str(record["host"]).lower()
    return OpaqueConnection(
        id=f"tls-{line.number:06d}", t_lo=span.lo, t_hi=span.hi, source="proxy",
        evidence=Evidence(file=TLS, line=line.number), host=host, port=int(record["port"]),
        reason=record["reason"], detail=str(record.get("detail", ""))[:1000],
        bytes_sent=max(0, int(record.get("bytes_sent", 0))),
        bytes_received=max(0, int(record.get("bytes_received", 0))), actor=actor_of_host(host),
    )  # fmt: skip


def _destination(
    entry: dict[str, Any], scheme: str, host: str, operator: Operator, organisation: str
) -> Destination:
    own = entry["_harness"]
    address = entry.get("serverIPAddress") or None
    names = [str(name) for name in (own.get("certificate") or {}).get("names") or ()]
    judged = party_of(host, operator, organisation, names)
    place = place_of(host, address)
    insecure: list[Insecurity] = []
    if scheme in ("http", "ws"):
        insecure.append("plaintext")
    if own.get("tls") in OBSOLETE_TLS or own.get("server_tls") in OBSOLETE_TLS:
        insecure.append("obsolete_tls")
    if "certificate verify failed" in str(own.get("error") or "").lower():
        insecure.append("bad_certificate")
    return Destination(
        party=judged.party, party_because=judged.because, registrable_domain=registrable_domain(host),
        address=address, insecure=insecure, country=place.country if place else None,
        country_basis=place.basis if place else None, country_source=place.source if place else "",
    )  # fmt: skip


def body_loader(folder: Path) -> Callable[[str], bytes]:
    """Reads bodies of the run and nothing else."""

    def load(name: str) -> bytes:
        if not _BODY.match(name):
            raise ValueError(f"{name!r} is not the path of a body")
        return (folder / name).read_bytes()

    return load


def _without_short_lists(found: list[FoundValue]) -> list[FoundValue]:
    few = {kind for kind in LISTS if len({one.value_digest for one in found if one.data_type == kind}) < FEW}
    return [one for one in found if one.data_type not in few]
