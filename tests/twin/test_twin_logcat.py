"""Log buffers and logcat's formats, filters and start points."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(autouse=True)
def logged(local):
    async def write():
        log = local.device.logcat
        log.clear(("main", "system", "crash", "events"))
        log.write("main", "I", "one", "first\nsecond line", 100, 101)
        log.write("main", "D", "two", "debug", 100)
        log.write("events", "I", "am_kill", "[0,1,x]", 1)
        log.write("crash", "E", "AndroidRuntime", "FATAL", 100)

    local.host.run(write())


@pytest.mark.parametrize(
    ("style", "pattern"),
    [
        ("brief", r"I/one     \(  100\): first\nI/one     \(  100\): second line\n"),
        ("time", r"\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} I/one     \(  100\): first\n"),
        ("threadtime", r"\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}   100   101 I one     : first\n"),
        ("epoch", r" {9}\d{10}\.\d{3}   100   101 I one     : first\n"),
        ("monotonic", r" *\d+\.\d{3}   100   101 I one     : first\n"),
        ("raw", r"first\nsecond line\n"),
        ("tag", r"I/one     : first\n"),
        ("long", r"\[ .* 100:  101 I/one      \]\nfirst\nsecond line\n\n"),
        ("monotonic,usec", r" *\d+\.\d{6}   100"),
        ("epoch -v nsec", r" *\d+\.\d{9}   100"),
        ("threadtime -v year -v zone", r"\d{4}-\d\d-\d\d .* \+0800   100"),
    ],
)
def test_formats_are_those_of_logcat(local, style, pattern) -> None:
    text = local.sh(f"logcat -d -v {style}").out
    assert re.search("^" + pattern, text, re.M), text


def test_events_are_a_buffer_of_their_own(local) -> None:
    assert "am_kill" not in local.sh("logcat -d").out
    assert local.sh("logcat -b events -d -v brief").out.splitlines()[1].startswith("I/am_kill")
    assert "am_kill" in local.sh("logcat -b all -d").out


@pytest.mark.parametrize(
    ("filters", "tags"),
    [
        ("", {"one", "two", "AndroidRuntime"}),
        ("-s one", {"one"}),
        ("*:E", {"AndroidRuntime"}),
        ("two:S", {"one", "AndroidRuntime"}),
        ("one:I '*:S'", {"one"}),
    ],
)
def test_filters_choose_tags_and_levels(local, filters, tags) -> None:
    found = set(re.findall(r"^\w/(\w+)", local.sh(f"logcat -d -v brief {filters}").out, re.M))
    assert found == tags


def test_start_points_counts_and_clearing(local) -> None:
    assert local.sh("logcat -d -t 1 -v raw").out == "FATAL\n"
    assert local.sh("logcat -d -m 1 -v raw -e deb").out == "debug\n"
    now = local.sh("date +%s.000").out.strip()
    assert "first" in local.sh(f"logcat -d -v raw -T {float(now) - 60:.3f}").out
    assert local.sh(f"logcat -d -v raw -T {float(now) + 60:.3f}").out == ""
    assert local.sh("logcat -d -T '01-01 00:00:00.000' -v raw").out.startswith("first")
    local.sh("logcat -c")
    assert local.sh("logcat -d").out == ""


@pytest.mark.parametrize(
    "line", ["logcat -b nope", "logcat -v nope", "logcat -T nope -d", "logcat -f x", "logcat one:Z -d"]
)
def test_what_logcat_does_not_know_is_refused(local, line) -> None:
    said = local.sh(line)
    assert said.code == 1 and said.err
