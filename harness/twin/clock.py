"""The device's clocks, since boot and of the wall: the host's monotonic one with skew and drift."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from harness.twin.faults import Faults

UPTIME_MS: Final = 11_220_000
"""How long the device has been up when the twin starts."""
Facts = dict[str, float | int]


class DeviceClock:
    """Skew moves both clocks; drift changes their pace from the moment it is set."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._host_ns = time.monotonic_ns()
        """Where the current pace began, on the host's clock."""
        self._boot_ns = UPTIME_MS * 1_000_000
        """The boot clock at that moment, without skew."""
        self._rate = 1.0
        self._wall_offset_ms = time.time() * 1000 - UPTIME_MS
        self.listeners: list[Callable[[], None]] = []
        """Told when pace or skew changed."""
        faults.listeners.append(self._fault)

    def restart(self) -> None:
        """The boot clock begins anew, as when a phone boots; the wall clock goes on."""
        now, wall = time.monotonic_ns(), self.wall_ms()
        self._boot_ns, self._host_ns = -int(self._faults.clock_skew_ms * 1e6), now
        self._wall_offset_ms = wall - self.boot_ms()
        for listener in list(self.listeners):
            listener()

    def boot_ms(self) -> float:
        """Milliseconds since the device booted."""
        return self._at(time.monotonic_ns()) / 1e6

    def wall_ms(self) -> float:
        """Milliseconds since 1970, as the device believes."""
        return self.boot_ms() + self._wall_offset_ms

    def host_seconds(self, device_ms: float) -> float:
        """How long to wait on the host for so much device time to pass."""
        return max(0.0, device_ms / 1000 / self._rate)

    def bind(self) -> Facts:
        """What a process needs to tell the same time.

        `boot_ns = host_ns * rate + offset_ns`, host_ns being CLOCK_MONOTONIC;
        `wall_ms = boot_ms + wall_offset_ms`.
        """
        offset = self._at(0)
        return {"rate": self._rate, "offset_ns": offset, "wall_offset_ms": self._wall_offset_ms}

    def _at(self, host_ns: int) -> int:
        passed = host_ns - self._host_ns
        drift = int(passed * (self._rate - 1.0))
        return self._boot_ns + passed + drift + int(self._faults.clock_skew_ms * 1e6)

    def _fault(self, name: str) -> None:
        if name == "clock_drift_ppm":
            now = time.monotonic_ns()
            skew_ns = int(self._faults.clock_skew_ms * 1e6)
            self._boot_ns, self._host_ns = self._at(now) - skew_ns, now
            self._rate = 1.0 + self._faults.clock_drift_ppm / 1e6
        if name in ("clock_drift_ppm", "clock_skew_ms"):
            for listener in list(self.listeners):
                listener()
