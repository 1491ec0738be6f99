"""One axis: which device instants can a host instant have been?

A ping reads the phone's uptime between two readings of our own clock. What the phone answered must have been
true at some instant in between, so each ping bounds the offset from both sides; pings made together are cut
with each other, and between groups the bounds are joined by straight lines (a crystal's rate is steady over
seconds). All times are milliseconds.
"""

from __future__ import annotations

import bisect
import itertools
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from harness.device.phone import Phone, host_ms
from harness.model.errors import RunFailure
from harness.model.run_folder import CLOCK, RunFolder

EVERY_SECONDS: Final = 30.0
PINGS: Final = 6
RESOLUTION_MS: Final = 10.0
"""/proc/uptime has two decimals."""
GROUP_MS: Final = 3000.0
"""Pings closer than this bound the same offset."""
STEADY_PPM: Final = 20.0
"""How much the rate may change between two groups of pings."""
WILD_PPM: Final = 500.0
"""How far two clocks may run apart where only one side has a ping."""
USABLE_MS: Final = 100.0
"""Above this bound nothing that rests on order is decided."""


class DeviceInterval(NamedTuple):
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class _Offset:
    """device - host, at one host instant."""

    host: float
    lo: float
    hi: float


class ClockMap:
    """Maps host time to device time. Without any ping everything is possible and `bound_ms` is infinite."""

    def __init__(self, offsets: list[_Offset], reason: str = "") -> None:
        self._offsets = offsets
        self._hosts = [offset.host for offset in offsets]
        self.reason = reason
        """Why the map cannot be used; empty when it can."""

    @classmethod
    def from_pings(cls, pings: Iterable[Mapping[str, Any]]) -> ClockMap:
        """From the lines of raw/clock.jsonl. Pings that contradict each other make the map unusable."""
        good = sorted((ping for ping in map(_bounded, pings) if ping is not None), key=lambda ping: ping.host)
        if not good:
            return cls([], "no ping")
        groups: list[list[_Offset]] = []
        for ping in good:
            if groups and ping.host - groups[-1][0].host <= GROUP_MS:
                groups[-1].append(ping)
            else:
                groups.append([ping])
        offsets = []
        for group in groups:
            # Inside a group the clocks run apart a little too.
            slack = (group[-1].host - group[0].host) * WILD_PPM * 1e-6
            lo, hi = max(ping.lo for ping in group) - slack, min(ping.hi for ping in group) + slack
            if lo > hi:
                return cls(
                    [],
                    f"pings around host time {group[0].host:.0f} ms contradict each other: the clock jumped",
                )
            offsets.append(_Offset(sum(ping.host for ping in group) / len(group), lo, hi))
        return cls(offsets)

    @property
    def bound_ms(self) -> float:
        """Half the widest interval that a host instant between the first and the last ping maps to."""
        if not self._offsets:
            return float("inf")
        marks = [offset.host for offset in self._offsets]
        marks += [(before + after) / 2 for before, after in itertools.pairwise(marks)]
        return max((hi - lo) / 2 for lo, hi in map(self._bounds, marks))

    @property
    def usable(self) -> bool:
        return self.bound_ms <= USABLE_MS

    def to_device(self, host: float) -> DeviceInterval:
        """The device instants that this host instant can be."""
        lo, hi = self._bounds(host)
        return DeviceInterval(host + lo, host + hi)

    def _bounds(self, host: float) -> DeviceInterval:
        if not self._offsets:
            return DeviceInterval(float("-inf"), float("inf"))
        index = bisect.bisect_left(self._hosts, host)
        if index == 0 or index == len(self._offsets):
            return self._outside(host, index)
        before, after = self._offsets[index - 1], self._offsets[index]
        share = (host - before.host) / (after.host - before.host)
        slack = min(host - before.host, after.host - host) * STEADY_PPM * 1e-6
        return DeviceInterval(
            before.lo + (after.lo - before.lo) * share - slack,
            before.hi + (after.hi - before.hi) * share + slack,
        )

    def _outside(self, host: float, index: int) -> DeviceInterval:
        nearest = self._offsets[0] if index == 0 else self._offsets[-1]
        away = abs(host - nearest.host)
        if len(self._offsets) == 1:
            slack = away * WILD_PPM * 1e-6
            return DeviceInterval(nearest.lo - slack, nearest.hi + slack)
        other = self._offsets[1] if index == 0 else self._offsets[-2]
        span = nearest.host - other.host
        steps = (host - nearest.host) / span
        # The true rate lies between the flattest and the steepest line through both bounds.
        middle = ((nearest.lo + nearest.hi) - (other.lo + other.hi)) / 2 * steps
        spread = ((nearest.hi - nearest.lo) + (other.hi - other.lo)) / 2 * abs(steps)
        slack = min(spread, away * WILD_PPM * 1e-6) + away * STEADY_PPM * 1e-6
        return DeviceInterval(nearest.lo + middle - slack, nearest.hi + middle + slack)


def _bounded(ping: Mapping[str, Any]) -> _Offset | None:
    try:
        before, after = float(ping["host_before_ms"]), float(ping["host_after_ms"])
        device, resolution = float(ping["device_ms"]), float(ping["resolution_ms"])
    except (KeyError, TypeError, ValueError):
        return None
    if after < before:
        return None
    # Linux cuts the uptime, other systems round it: half a step down, a whole step up covers both.
    return _Offset((before + after) / 2, device - resolution / 2 - after, device + resolution - before)


class ClockCapture:
    """Pings at start, every 30 s and at the end; each line is written as it is made."""

    def __init__(
        self, phone: Phone, folder: RunFolder, every_seconds: float = EVERY_SECONDS, boot: int = 0
    ) -> None:
        """`boot` counts restarts of the phone during the run: each begins the boot clock anew."""
        self._boot = boot
        self._phone = phone
        self._folder = folder
        self._every = every_seconds
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._pings: list[dict[str, Any]] = []
        self.failure: RunFailure | None = None
        """Why pinging ended early."""

    def start(self) -> None:
        self._ping()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The last pings. Raises nothing: a phone that is gone is in `failure`."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(timeout=35)
        if self.failure is None:
            self._try_ping()

    def _run(self) -> None:
        while not self._ending.wait(self._every):
            self._try_ping()
            if self.failure is not None:
                return

    def _try_ping(self) -> None:
        try:
            self._ping()
        except RunFailure as failure:
            self.failure = failure
        except OSError as error:
            self.failure = RunFailure("disk_full", f"{CLOCK}: {error}")

    def _ping(self) -> None:
        for _ in range(PINGS):
            ping = ping_once(self._phone)
            if self._boot:
                ping["boot"] = self._boot
            self._folder.append(CLOCK, ping)
            self._pings.append(ping)


def ping_once(phone: Phone) -> dict[str, Any]:
    """One line of raw/clock.jsonl."""
    before = host_ms()
    result = phone.shell("cat /proc/uptime", timeout=10)
    after = host_ms()
    try:
        device = float(result.stdout.split()[0]) * 1000
    except (IndexError, ValueError) as error:
        said = (result.stdout + result.stderr)[:200]
        raise RunFailure("device_lost", f"{phone.serial}: /proc/uptime is not readable: {said!r}") from error
    return {
        "host_before_ms": before,
        "host_after_ms": after,
        "device_ms": device,
        "resolution_ms": RESOLUTION_MS,
    }
