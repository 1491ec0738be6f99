"""A phone that was restarted during a run begins its boot clock anew; the timeline's axis goes on.

Pings carry the number of the boot they were made in (absent: the first). Device times of a later boot are moved by
as much as makes the offset to our own clock what it was before: the axis runs on through the restart at the pace of
the harness machine. Order within a boot, and between boots, stays exact; a distance across a restart is as good as
the two clocks agree (some 0.05 %).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from typing import Any


class Boots:
    """Without any later boot nothing is moved."""

    def __init__(self, pings: Iterable[Mapping[str, Any]]) -> None:
        self._begins: list[float] = []
        """Host times of the first ping of each later boot."""
        self._moved: list[float] = [0.0]
        """Milliseconds, by number of the boot."""
        offset: float | None = None
        for ping in pings:
            numbers = [ping.get(name) for name in ("host_before_ms", "host_after_ms", "device_ms")]
            if not all(isinstance(number, int | float) for number in numbers):
                continue
            before, after, device = (float(number) for number in numbers if number is not None)
            host = (before + after) / 2
            boot = ping.get("boot", 0)
            if isinstance(boot, int) and boot == len(self._moved):
                self._begins.append(before)
                self._moved.append(host + (offset if offset is not None else 0.0) - device)
            offset = device + self._moved[-1] - host

    def of_host(self, host_ms: float) -> float:
        """What to add to a device time that was told at this host time."""
        return self._moved[bisect.bisect_right(self._begins, host_ms)]

    def of_boot(self, boot: object) -> float:
        """What to add to a device time of the boot of this number. Raises ValueError for one without a ping."""
        number = boot if isinstance(boot, int) else -1
        if not 0 <= number < len(self._moved):
            raise ValueError(f"no ping was made in boot {boot!r}")
        return self._moved[number]

    def moved(self, ping: Mapping[str, Any]) -> dict[str, Any]:
        """A ping on the axis."""
        device = ping.get("device_ms")
        if len(self._moved) == 1 or not isinstance(device, int | float):
            return dict(ping)
        return {**ping, "device_ms": device + self.of_boot(ping.get("boot", 0))}
