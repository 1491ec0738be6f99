"""Lines of the event log as Android writes them, and its wall clock on the boot clock."""

from __future__ import annotations

import pytest

from harness.capture.event_log import WallClock, parse_line

PREFIX = "         1700000000.123  1234  1250 I "


@pytest.mark.parametrize(
    ("text", "pid", "process", "says"),
    [
        (
            "am_proc_start: [0,4321,10123,com.x:push,activity,{com.x/com.x.Main}]",
            4321,
            "com.x:push",
            "activity",
        ),
        ("am_proc_died: [0,4321,com.x,0,2]", 4321, "com.x", ""),
        ("am_kill : [0,4321,com.x,900,stop com.x due to from pid 99]", 4321, "com.x", "from pid 99"),
        (
            "am_crash: [4321,0,com.x,550,java.lang.IllegalStateException,broken, A.java,3]",
            4321,
            "com.x",
            "broken",
        ),
        (
            "am_crash: [0,4321,com.x,550,java.lang.IllegalStateException,broken,A.java,3]",
            4321,
            "com.x",
            "Illegal",
        ),
        ("am_anr  : [0,4321,com.x,550,Input dispatching timed out]", 4321, "com.x", "timed out"),
    ],
)
def test_a_line_about_a_process_is_read(text, pid, process, says):
    line = parse_line(PREFIX + text)
    assert (line.pid, line.process) == (pid, process)
    assert says in line.cause
    assert line.wall_ms == pytest.approx(1700000000123)


def test_the_resumed_activity_is_read():
    for tag in ("wm_set_resumed_activity", "am_set_resumed_activity"):
        assert (
            parse_line(f"{PREFIX}{tag}: [0,com.x/.Main,minimalResumeActivityLocked]").component
            == "com.x/.Main"
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "--------- beginning of events",
        PREFIX + "sysui_count: [a,1]",
        PREFIX + "am_proc_start: [0]",
        PREFIX + "am_proc_died: [0,x,y]",
    ],
)
def test_other_and_broken_lines_are_none(text):
    assert parse_line(text) is None


def test_a_wall_time_lies_on_the_boot_clock():
    clock = WallClock(1_000_000, 1_000_010)
    lo, hi = clock.to_boot(1_005_000)
    assert lo <= 4990 <= 5000 <= hi
    assert clock.agrees(WallClock(1_000_100, 1_000_110)) and not clock.agrees(WallClock(1_060_000, 1_060_010))
