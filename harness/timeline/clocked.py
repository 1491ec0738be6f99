"""Raw times to device intervals, and the time span that the record covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from harness.capture.clock import ClockMap
from harness.timeline.boots import Boots
from harness.timeline.consent import Moment

FAR: Final = 1e15
"""Milliseconds; stands for an unknown bound where JSON has no infinity."""


@dataclass(slots=True)
class Clocked:
    """Maps host times and remembers the first and last instant that anything was recorded at."""

    clock: ClockMap
    boots: Boots = field(default_factory=lambda: Boots([]))
    first: float = field(default=FAR)
    last: float = field(default=-FAR)

    def host(self, lo_ms: float, hi_ms: float) -> Moment:
        lo, hi = self.clock.to_device(lo_ms).lo, self.clock.to_device(hi_ms).hi
        return self._seen(Moment(max(-FAR, lo), min(FAR, hi)))

    def device(self, lo_ms: float, hi_ms: float) -> Moment:
        return self._seen(Moment(lo_ms, hi_ms))

    def of(self, record: Mapping[str, Any]) -> Moment:
        """From `device_lo_ms`/`device_hi_ms` where the device gave the time, else `host_lo_ms`/`host_hi_ms`.

        Raises KeyError, TypeError or ValueError when neither pair is there.
        """
        if "device_lo_ms" in record:
            moved = self.boots.of_boot(record.get("boot", 0))
            return self.device(
                _number(record["device_lo_ms"]) + moved, _number(record["device_hi_ms"]) + moved
            )
        return self.host(_number(record["host_lo_ms"]), _number(record["host_hi_ms"]))

    def _seen(self, moment: Moment) -> Moment:
        if moment.lo > -FAR:
            self.first = min(self.first, moment.lo)
        if moment.hi < FAR:
            self.last = max(self.last, moment.hi)
        return moment


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number of milliseconds")
    return float(value)
