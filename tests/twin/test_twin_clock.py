"""The device's clock runs on, skewed or drifting, and apps are told how to tell the same time."""

from __future__ import annotations

import time

import pytest

from harness.twin.clock import UPTIME_MS, DeviceClock
from harness.twin.faults import Faults


@pytest.fixture
def faults() -> Faults:
    return Faults()


def test_a_fresh_device_has_been_up_for_two_minutes(faults: Faults) -> None:
    clock = DeviceClock(faults)
    assert UPTIME_MS <= clock.boot_ms() < UPTIME_MS + 1000
    assert abs(clock.wall_ms() - time.time() * 1000) < 1000


def test_skew_moves_both_clocks(faults: Faults) -> None:
    clock = DeviceClock(faults)
    faults.clock_skew_ms = 180_000.0
    assert clock.boot_ms() > UPTIME_MS + 180_000
    assert clock.wall_ms() - time.time() * 1000 == pytest.approx(180_000, abs=1000)


def test_drift_changes_the_pace_without_a_jump(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [10**15]
    monkeypatch.setattr(time, "monotonic_ns", lambda: now[0])
    clock = DeviceClock(faults)
    now[0] += 5 * 10**9
    before = clock.boot_ms()
    told: list[bool] = []
    clock.listeners.append(lambda: told.append(True))
    faults.clock_drift_ppm = 500.0
    for listener in faults.listeners:
        listener("clock_drift_ppm")
    assert told and clock.boot_ms() == pytest.approx(before, abs=0.001)
    now[0] += 1000 * 10**9
    assert clock.boot_ms() - before == pytest.approx(1_000_500, abs=0.01)
    assert clock.host_seconds(1_000_500) == pytest.approx(1000, abs=0.001)


def test_a_process_can_tell_the_same_time_from_the_bind(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [123_456_789_000_000]
    monkeypatch.setattr(time, "monotonic_ns", lambda: now[0])
    clock = DeviceClock(faults)
    faults.clock_drift_ppm = -80.0
    for listener in faults.listeners:
        listener("clock_drift_ppm")
    bind = clock.bind()
    now[0] += 60 * 10**9
    app = now[0] + int(now[0] * (bind["rate"] - 1)) + bind["offset_ns"]
    assert app / 1e6 == pytest.approx(clock.boot_ms(), abs=0.01)
    assert app / 1e6 + bind["wall_offset_ms"] == pytest.approx(clock.wall_ms(), abs=0.01)
