"""AppOps against the hooks: an operation that the system noted and no hook saw means that a hook is blind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.capture.agent_data import hook_facts
from harness.capture.appops import APPOPS, Noted, parse
from harness.model.data_type import DataType, is_personal
from harness.model.event import Health
from harness.timeline.clocked import Clocked
from harness.timeline.consent import Moment
from harness.timeline.gates import Gates
from harness.timeline.lines import read_lines

_PLACE: Final = (
    "location", "location-details", "cell-info", "cell-location", "call-state", "wifi-scan", "wifi-state", "ssid",
    "bssid", "wifi-mac", "bluetooth-devices", "bluetooth-control", "network-state", "carrier",
)  # fmt: skip
_PHONE: Final = (
    "imei", "meid", "imsi", "iccid", "serial", "phone-number", "carrier", "subscription-info", "call-state",
    "cell-info", "cell-location", "system-properties",
)  # fmt: skip
_SHARED: Final = (
    "media",
    "external-storage",
    "file-probe",
    "native-file",
    "native-storage",
    "location-details",
)
_NEAR: Final = ("bluetooth-devices", "bluetooth-address", "bluetooth-control")
_CHANGES: Final = ("provider-changes",)

HOOKS_OF: Final[dict[str, tuple[str, ...]]] = {
    "FINE_LOCATION": _PLACE, "COARSE_LOCATION": _PLACE, "MONITOR_LOCATION": _PLACE,
    "MONITOR_HIGH_POWER_LOCATION": _PLACE, "WIFI_SCAN": _PLACE, "NEIGHBORING_CELLS": _PLACE, "GPS": _PLACE,
    "READ_CONTACTS": ("contacts",), "WRITE_CONTACTS": ("contacts", *_CHANGES),
    "READ_CALL_LOG": ("call-log",), "WRITE_CALL_LOG": ("call-log", *_CHANGES),
    "READ_CALENDAR": ("calendar",), "WRITE_CALENDAR": ("calendar", *_CHANGES),
    "READ_SMS": ("sms", "sms-messages"), "RECEIVE_SMS": ("sms-messages", "self-start"),
    "SEND_SMS": ("sms-send",), "WRITE_SMS": ("sms", *_CHANGES),
    "CAMERA": ("camera-open", "camera-control"), "PHONE_CALL_CAMERA": ("camera-open", "camera-control"),
    "RECORD_AUDIO": ("microphone-open", "microphone-control"),
    "PHONE_CALL_MICROPHONE": ("microphone-open", "microphone-control"),
    "PROJECT_MEDIA": ("screen-capture",),
    "READ_PHONE_STATE": _PHONE, "READ_PHONE_NUMBERS": _PHONE, "READ_DEVICE_IDENTIFIERS": _PHONE,
    "GET_ACCOUNTS": ("accounts",), "GET_USAGE_STATS": ("usage-stats", "running-apps"),
    "QUERY_ALL_PACKAGES": ("installed-apps",),
    "READ_EXTERNAL_STORAGE": _SHARED, "READ_MEDIA_IMAGES": _SHARED, "READ_MEDIA_VIDEO": _SHARED,
    "READ_MEDIA_AUDIO": _SHARED, "READ_MEDIA_VISUAL_USER_SELECTED": _SHARED, "ACCESS_MEDIA_LOCATION": _SHARED,
    "READ_CLIPBOARD": ("clipboard", "clipboard-use"),
    "BODY_SENSORS": ("sensors", "native-sensor"), "ACTIVITY_RECOGNITION": ("sensors", "native-sensor"),
    "BLUETOOTH_SCAN": _NEAR, "BLUETOOTH_CONNECT": _NEAR,
}  # fmt: skip
"""Op → hooks of which one must have seen it. Ops that are about no personal data are not here: nobody hooks them."""

NOT_ASKED: Final = "it was not asked before and after"


@dataclass(slots=True)
class _Scenario:
    name: str
    lo: float
    before: frozenset[Noted]
    problem: str
    """Why it could not be asked; empty as long as it could."""


def unseen(noted: Iterable[Noted], hooks: Iterable[str]) -> dict[str, bool]:
    """Ops that no hook of theirs saw → whether one of the times was allowed."""
    seen = set(hooks)
    missed: dict[str, bool] = {}
    for one in sorted(noted, key=lambda each: (each.op, each.stamp)):
        wanted = HOOKS_OF.get(one.op)
        if wanted is not None and not seen.intersection(wanted):
            missed[one.op] = missed.get(one.op, False) or one.allowed
    return missed


def second_witness(
    gates: Gates, clocked: Clocked, path: Path, package: str, sightings: Sequence[tuple[str, Moment]]
) -> Iterator[Health]:
    """`sightings`: hook and when, of every event of an agent.

    One statement a scenario, about its whole length: what AppOps saw, or that it could not be asked."""
    open_: _Scenario | None = None
    last = gates.first
    for line in read_lines(path / APPOPS):
        record = line.record
        if record is None:
            # Nobody knows which look it was: whichever scenario is open, or comes to its end, goes without.
            if open_ is not None:
                open_.problem = open_.problem or f"line {line.number}: {line.problem}"
            continue
        if "moment" not in record:
            # Of a harness that looked once, at the end: nothing can be concluded from that.
            continue
        moment = clocked.host(float(record["host_lo_ms"]), float(record["host_hi_ms"]))
        name, problem = str(record.get("scenario", "")), str(record.get("problem") or "")
        noted = parse(str(record["text"]), package)
        if record.get("moment") == "before":
            if open_ is not None:
                yield _blind(gates, open_, moment.lo)
            open_ = _Scenario(name, moment.lo, noted, problem)
        else:
            if open_ is None or open_.name != name:
                open_ = _Scenario(name, last, frozenset(), NOT_ASKED)
            open_.problem = open_.problem or problem
            if open_.problem:
                yield _blind(gates, open_, moment.hi)
            else:
                yield from _compare(gates, open_, noted - open_.before, moment.hi, sightings)
            open_ = None
        last = moment.hi
    if open_ is not None:
        yield _blind(gates, open_, gates.last)


def _blind(gates: Gates, scenario: _Scenario, hi: float) -> Health:
    """What only hooks saw is not confirmed: for the kinds of data that AppOps would have told of."""
    problem = (scenario.problem or NOT_ASKED).replace(";", ",")
    reason = f"AppOps, the second witness, could not be read in {scenario.name}: {problem}"
    return gates.say(
        "hooks", False, reason, scenario.lo, hi, APPOPS, witness="appops", only=", ".join(covered_kinds())
    )


def covered_kinds() -> list[DataType]:
    """Kinds of data that a guarded operation stands before."""
    hooks = {hook for ids in HOOKS_OF.values() for hook in ids}
    kinds = {fact.data_type for fact in hook_facts() if fact.id in hooks}
    return sorted(kind for kind in kinds if is_personal(kind))


def _compare(
    gates: Gates,
    scenario: _Scenario,
    new: frozenset[Noted],
    hi: float,
    sightings: Sequence[tuple[str, Moment]],
) -> Iterator[Health]:
    hooks = [hook for hook, at in sightings if at.hi >= scenario.lo and at.lo <= hi]
    missed = unseen(new, hooks)
    for op, allowed in missed.items():
        what = "noted" if allowed else "noted the refused"
        reason = f"AppOps {what} {op} in {scenario.name} and no hook saw it"
        yield gates.say("hooks", False, reason, scenario.lo, hi, APPOPS, op=op)
    ops = sorted({one.op for one in new if one.op in HOOKS_OF})
    if not missed:
        reason = f"AppOps noted {', '.join(ops) or 'nothing'} in {scenario.name}, and hooks saw as much"
        yield gates.say("hooks", True, reason, scenario.lo, hi, APPOPS, ops=len(ops))
