"""Host instants land on the device instants they were, whatever the device's clock does."""

from __future__ import annotations

import random

import pytest

from harness.capture.clock import ClockMap


class Device:
    """A boot clock with an offset and a rate, read over a line that takes its time."""

    def __init__(self, offset_ms, ppm, seed=1, rtt=(2, 15), cut=True):
        self.offset, self.ppm, self.random, self.rtt, self.cut = offset_ms, ppm, random.Random(seed), rtt, cut

    def boot(self, host):
        return self.offset + host * (1 + self.ppm * 1e-6)

    def ping(self, host):
        there, back = (self.random.uniform(*self.rtt) / 2 for _ in range(2))
        device = self.boot(host + there)
        shown = device // 10 * 10 if self.cut else round(device, -1)
        return {
            "host_before_ms": host,
            "host_after_ms": host + there + back,
            "device_ms": shown,
            "resolution_ms": 10.0,
        }

    def pings(self, starts, count=6):
        return [self.ping(start + i * 20) for start in starts for i in range(count)]


@pytest.mark.parametrize("cut", [True, False], ids=["cut", "rounded"])
@pytest.mark.parametrize("ppm", [0, 40, -40, 400, -400])
@pytest.mark.parametrize("offset", [0, 7 * 60_000, -3 * 60_000, 5e9])
def test_every_instant_lies_in_its_interval_however_wrong_the_clock_is(offset, ppm, cut):
    device = Device(offset, ppm, cut=cut)
    clock = ClockMap.from_pings(device.pings([1_000_000 + i * 30_000 for i in range(5)]))
    assert clock.usable and clock.bound_ms < 20
    for step in range(-40, 200):
        host = 1_000_000 + step * 700
        lo, hi = clock.to_device(host)
        assert lo <= device.boot(host) <= hi
        if 0 <= step * 700 <= 120_000:
            assert hi - lo <= 2 * clock.bound_ms + 1


def test_pings_at_both_ends_only_still_map_the_middle():
    device = Device(-420_000, 400)
    clock = ClockMap.from_pings(device.pings([0, 90_000]))
    for host in range(0, 90_000, 1000):
        lo, hi = clock.to_device(host)
        assert lo <= device.boot(host) <= hi and hi - lo < 40


def test_a_slow_line_widens_the_interval_and_then_decides_nothing():
    slow = ClockMap.from_pings(Device(0, 0, rtt=(400, 500)).pings([0, 30_000]))
    assert slow.bound_ms > 100 and not slow.usable


def test_one_fast_ping_among_slow_ones_is_enough():
    device = Device(1234, 0, rtt=(300, 400))
    pings = device.pings([0, 30_000])
    device.rtt = (1, 2)
    pings += [device.ping(200), device.ping(30_200)]
    assert ClockMap.from_pings(pings).bound_ms < 12


def test_a_clock_that_jumps_between_pings_made_together_is_unusable():
    device = Device(0, 0)
    pings = device.pings([0])
    device.offset = 60_000
    clock = ClockMap.from_pings(pings + device.pings([500]))
    assert not clock.usable and "jumped" in clock.reason


def test_without_pings_nothing_is_known():
    clock = ClockMap.from_pings([])
    assert not clock.usable
    lo, hi = clock.to_device(5)
    assert lo == float("-inf") and hi == float("inf")


def test_broken_lines_are_left_out():
    device = Device(0, 0)
    good = device.pings([0, 30_000])
    broken = [{}, {"host_before_ms": "x"}, {**good[0], "host_after_ms": good[0]["host_before_ms"] - 1}]
    assert ClockMap.from_pings([*broken, *good]).bound_ms == ClockMap.from_pings(good).bound_ms


def test_one_group_of_pings_knows_less_the_further_away():
    device = Device(99, 300)
    clock = ClockMap.from_pings(device.pings([0]))
    near, far = clock.to_device(100), clock.to_device(60_000)
    assert far.lo <= device.boot(60_000) <= far.hi
    assert far.hi - far.lo > near.hi - near.lo
