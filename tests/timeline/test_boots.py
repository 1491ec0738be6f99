"""A restart of the phone in the middle of a run: the axis goes on, and what came before stays before."""

from __future__ import annotations

import pytest

from harness.capture.clock import ClockMap
from harness.timeline.boots import Boots
from harness.timeline.clocked import Clocked


def ping(host, device, boot=None):
    line = {"host_before_ms": host - 5, "host_after_ms": host + 5, "device_ms": device, "resolution_ms": 10.0}
    return line if boot is None else line | {"boot": boot}


PINGS = [ping(1_000, 501_000), ping(31_000, 531_000), ping(61_000, 2_000, 1), ping(91_000, 32_000, 1)]


def clocked():
    boots = Boots(PINGS)
    return Clocked(ClockMap.from_pings(map(boots.moved, PINGS)), boots)


def test_times_of_both_boots_lie_on_one_axis_in_order():
    clock = clocked()
    before = clock.of({"device_lo_ms": 530_000, "device_hi_ms": 530_010})
    after = clock.of({"device_lo_ms": 3_000, "device_hi_ms": 3_010, "boot": 1})
    assert before.hi < after.lo
    # 61 s of ours are 2 s of the phone's second boot, and 561 s of the axis.
    assert after.lo == pytest.approx(562_000, abs=1)
    assert clock.clock.usable and clock.clock.bound_ms < 20
    host = clock.host(62_000, 62_000)
    assert host.lo < after.lo < host.hi


def test_what_is_told_at_a_host_time_belongs_to_the_boot_of_that_time():
    boots = Boots(PINGS)
    assert boots.of_host(40_000) == 0
    assert boots.of_host(61_500) == pytest.approx(559_000, abs=1)


def test_a_boot_that_nobody_pinged_is_a_broken_record():
    with pytest.raises(ValueError, match="boot 2"):
        clocked().of({"device_lo_ms": 1, "device_hi_ms": 2, "boot": 2})


def test_without_a_restart_nothing_is_moved():
    boots = Boots(PINGS[:2])
    assert boots.of_host(1e9) == 0 and boots.moved(PINGS[0]) == PINGS[0]
