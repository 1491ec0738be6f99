"""The second witness: what the system itself noted of guarded operations, read before and after each scenario.

`dumpsys appops` needs no hook. The lines are Android's own; their format changed with 9, 10 and 11, all are read.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import Final, Literal

from harness.device.phone import Phone, host_ms
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder

APPOPS: Final = "raw/appops.jsonl"
MAX_TEXT: Final = 1 << 18
"""Characters kept of one dump: one package's is a few thousand."""

Moment = Literal["before", "after"]


class AppOpsCapture:
    """`read` right after the install and again when the app was stopped."""

    def __init__(self, phone: Phone, folder: RunFolder, package: str) -> None:
        self._phone = phone
        self._folder = folder
        self._package = package

    def read(self, scenario: str, moment: Moment) -> None:
        """Never raises for the phone's sake: a witness that cannot be heard is told as one."""
        lo = host_ms()
        text, problem = "", ""
        try:
            result = self._phone.shell(f"dumpsys appops --package {shlex.quote(self._package)}", timeout=15)
        except RunFailure as failure:
            problem = f"AppOps could not be read: {failure}"
        else:
            text = result.stdout[:MAX_TEXT]
            if result.code != 0 or "AppOps" not in text:
                problem = f"dumpsys appops said {result.stdout[:80] or result.stderr[:80]!r}"
        record = {"scenario": scenario, "moment": moment, "text": text, "problem": problem[:300]}
        self._folder.append(APPOPS, {"host_lo_ms": lo, "host_hi_ms": host_ms(), **record})


@dataclass(frozen=True, slots=True)
class Noted:
    """One time that the system counted an operation of the package."""

    op: str
    """Android's short name, e.g. FINE_LOCATION."""
    allowed: bool
    """False: the app tried and was turned away."""
    stamp: str
    """The phone's words for when, unique enough to tell one time from another."""


_PACKAGE: Final = re.compile(r"\s+Package (\S+):\s*")
_OTHER: Final = re.compile(r"\s+Uid \S+:\s*|\S.*")
_OP: Final = re.compile(r"\s+([A-Z][A-Z0-9_]{2,60})\s*(?:\((.*)\))?\s*:\s*(.*)")
_TIME: Final = re.compile(
    r"\b(Access|Reject): (?:\[([\w-]*)\]\s*)?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?)"
)
_RUNNING: Final = re.compile(r"\bRunning start at: (\S+)|\bduration=Running\b|\brunning\b", re.IGNORECASE)
_OLD: Final = re.compile(r"(?<![A-Za-z])(time|rejectTime)=\+?(\S+?)(?: ago)?(?:;|$)")


def parse(text: str, package: str) -> frozenset[Noted]:
    """The times in a dump, of this package only. Lines that are not understood say nothing."""
    found: set[Noted] = set()
    current, op = "", ""
    for line in text.splitlines():
        if (section := _PACKAGE.fullmatch(line)) is not None:
            current, op = section[1], ""
        elif _OTHER.fullmatch(line):
            current, op = "", ""
        elif current == package:
            begun = _OP.fullmatch(line)
            rest = line
            if begun is not None:
                op, rest = begun[1], begun[3]
            if op:
                found.update(_times(op, rest))
    return frozenset(found)


def _times(op: str, rest: str) -> set[Noted]:
    times = {Noted(op, kind == "Access", f"{stamp} {state}") for kind, state, stamp in _TIME.findall(rest)}
    if not times:
        # Android 9 gives only how long ago, which is another text at each look.
        times = {Noted(op, kind == "time", "ago") for kind, _ago in _OLD.findall(rest)}
    if _RUNNING.search(rest):
        times.add(Noted(op, True, "running"))
    return times
