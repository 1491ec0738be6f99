"""AppOps against the hooks: an operation that the system noted and no hook saw means that a hook is blind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.capture.appops import APPOPS, Noted, parse
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


@dataclass(slots=True)
class _Scenario:
    name: str
    lo: float
    before: frozenset[Noted]
    line: int


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

    One statement a scenario, about its whole length. A scenario whose dumps could not be read has none."""
    open_: _Scenario | None = None
    for line in read_lines(path / APPOPS):
        record = line.record
        if record is None or record.get("problem"):
            open_ = None
            continue
        moment = clocked.host(float(record["host_lo_ms"]), float(record["host_hi_ms"]))
        noted = parse(str(record["text"]), package)
        if record.get("moment") == "before":
            open_ = _Scenario(str(record.get("scenario", "")), moment.lo, noted, line.number)
        elif open_ is not None and record.get("scenario") == open_.name:
            yield from _compare(gates, open_, noted - open_.before, moment.hi, sightings)
            open_ = None


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
