"""Lines of `dumpsys appops` of several Android versions, and what is kept of a phone that does not answer."""

import json

import pytest

from harness.capture.appops import APPOPS, AppOpsCapture, Noted, parse
from harness.device.phone import ShellResult
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder

PACKAGE = "com.x.app"
HEAD = "Current AppOps Service state:\n  Settings:\n    top_state_settle_time=+30s0ms\n"
ANDROID_10 = f"""{HEAD}
  Op mode watchers:
    Op COARSE_LOCATION:
      #0: ModeCallback{{1 watchinguid=-1 flags=0x1}}
  Uid u0a131:
    state=cch
    COARSE_LOCATION: mode=foreground
    Package com.x.app:
      COARSE_LOCATION (allow / switch COARSE_LOCATION=foreground):
        Access: [fg-s] 2020-03-04 05:06:07.089 (-1m2s3ms)
        Reject: [bg-s] 2020-03-04 05:01:07.089 (-6m2s3ms)
      READ_CONTACTS (ignore):
        Reject: [top-s] 2020-03-04 05:06:09.000 (-1m0s0ms)
      WAKE_LOCK (allow):
        Access: [fgsvc-s] 2020-03-04 05:06:09.100 (-1m0s0ms) duration=+12ms
    Package com.y.other:
      CAMERA (allow):
        Access: [fg-s] 2020-03-04 05:06:07.089 (-1m2s3ms)
"""
ANDROID_13 = f"""{HEAD}
  Uid u0a99:
    state=top
    capability=LCMN
      FINE_LOCATION: mode=foreground
    Package com.x.app:
      FINE_LOCATION (allow):
          null=[
            Access: [top-s] 2023-05-06 07:08:09.010 (-2s30ms) proxy[uid=1000, pkg=android, attributionTag=null]
            Access: [fg-tpd] 2023-05-06 07:08:08.010 (-3s30ms)
          ]
          ads=[
            Access: [top-s] 2023-05-06 07:08:10.000 (-1s40ms)
          ]
      RECORD_AUDIO (allow):
          null=[
            Access: [top-s] 2023-05-06 07:08:01.000 (-10s0ms) duration=+1s500ms
            Running start at: +10s0ms
          ]
"""
ANDROID_9 = f"""{HEAD}
  Uid u0a7:
    state=fg
    Package com.x.app:
      CAMERA: mode=0; time=+1m2s ago; duration=+3s4ms
      READ_SMS: mode=1; rejectTime=+2m2s ago
      VIBRATE: mode=0
"""


def test_android_10_gives_times_by_state():
    assert parse(ANDROID_10, PACKAGE) == {
        Noted("COARSE_LOCATION", True, "2020-03-04 05:06:07.089 fg-s"),
        Noted("COARSE_LOCATION", False, "2020-03-04 05:01:07.089 bg-s"),
        Noted("READ_CONTACTS", False, "2020-03-04 05:06:09.000 top-s"),
        Noted("WAKE_LOCK", True, "2020-03-04 05:06:09.100 fgsvc-s"),
    }


def test_since_android_11_times_stand_in_attribution_blocks_and_may_still_run():
    found = parse(ANDROID_13, PACKAGE)
    assert {(one.op, one.allowed) for one in found} == {("FINE_LOCATION", True), ("RECORD_AUDIO", True)}
    assert len([one for one in found if one.op == "FINE_LOCATION"]) == 3
    assert Noted("RECORD_AUDIO", True, "running") in found


def test_android_9_gives_how_long_ago():
    assert parse(ANDROID_9, PACKAGE) == {Noted("CAMERA", True, "ago"), Noted("READ_SMS", False, "ago")}


@pytest.mark.parametrize(
    "text", ["", "No operations.", "Can't find service: appops", ANDROID_10[:200], "\0 Package"]
)
def test_what_is_no_such_dump_says_nothing(text):
    assert parse(text, PACKAGE) == frozenset()


class Answering:
    def __init__(self, answer):
        self.answer = answer

    def shell(self, command, timeout=30):
        assert command == "dumpsys appops --package com.x.app"
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "text", "problem"),
    [
        (ShellResult(ANDROID_13, "", 0), ANDROID_13, ""),
        (ShellResult("", "Can't find service: appops", 20), "", "dumpsys appops said"),
        (RunFailure("device_lost", "gone"), "", "AppOps could not be read: gone"),
    ],
)
def test_a_look_is_kept_as_the_phone_said_it_or_told_as_missing(tmp_path, answer, text, problem):
    folder = RunFolder.create(tmp_path / "run")
    AppOpsCapture(Answering(answer), folder, PACKAGE).read("SC01", "before")
    record = json.loads((folder.path / APPOPS).read_text())
    assert (record["scenario"], record["moment"], record["text"]) == ("SC01", "before", text)
    assert record["problem"].startswith(problem) and bool(record["problem"]) == bool(problem)
    assert record["host_lo_ms"] <= record["host_hi_ms"]
