"""AppOps against the hooks, from a run folder."""

import json

import pytest
from run_builder import OFFSET_MS, PACKAGE, build

from harness.capture.agent_data import hook_facts
from harness.capture.appops import APPOPS
from harness.timeline.build import build_timeline
from harness.timeline.second_witness import HOOKS_OF

READ = {"at": 1.0, "read": "android_id", "by": "app"}


def dump(*ops):
    lines = ["Current AppOps Service state:", "  Uid u0a9:", f"    Package {PACKAGE}:"]
    for op, kind in ops:
        lines += [
            f"      {op} (allow):",
            "          null=[",
            f"            {kind}: [top-s] 2026-01-02 03:04:05.678 (-1s0ms)",
            "          ]",
        ]
    return "\n".join(lines)


def look(moment, text, host_ms, scenario="SC01", problem=""):
    return {
        "host_lo_ms": host_ms,
        "host_hi_ms": host_ms + 5,
        "scenario": scenario,
        "moment": moment,
        "text": text,
        "problem": problem,
    }


def told(folder, *looks):
    (folder.path / APPOPS).write_text("".join(json.dumps(one) + "\n" for one in looks))
    health = [
        event for event in build_timeline(folder).events if event.kind == "health" and event.gate == "hooks"
    ]
    return [(event.healthy, event.reason) for event in health if "AppOps" in event.reason]


@pytest.fixture
def folder(tmp_path):
    return build(tmp_path / "run", {"scenarios": ["SC01"]})


@pytest.fixture
def span(folder):
    events = build_timeline(folder).events
    begin = next(event for event in events if event.kind == "scenario" and event.action == "begin")
    end = next(event for event in events if event.kind == "scenario" and event.action == "end")
    return begin.t_lo - OFFSET_MS - 10, end.t_hi - OFFSET_MS + 10


def test_an_operation_that_no_hook_saw_is_a_failure_of_the_hooks(folder, span):
    lo, hi = span
    found = told(folder, look("before", dump(), lo), look("after", dump(("READ_CONTACTS", "Access")), hi))
    assert found == [(False, "AppOps noted READ_CONTACTS in SC01 and no hook saw it")]


def test_a_refused_one_too(folder, span):
    lo, hi = span
    found = told(folder, look("before", dump(), lo), look("after", dump(("CAMERA", "Reject")), hi))
    assert found == [(False, "AppOps noted the refused CAMERA in SC01 and no hook saw it")]


def test_what_was_noted_before_the_scenario_or_is_no_personal_data_is_none(folder, span):
    lo, hi = span
    old = dump(("READ_CONTACTS", "Access"))
    new = dump(("READ_CONTACTS", "Access"), ("WAKE_LOCK", "Access"))
    assert told(folder, look("before", old, lo), look("after", new, hi)) == [
        (True, "AppOps noted nothing in SC01, and hooks saw as much")
    ]


def test_a_witness_that_was_not_heard_says_nothing(folder, span):
    lo, hi = span
    assert told(folder, look("before", dump(), lo), look("after", "", hi, problem="gone")) == []
    assert told(folder, look("after", dump(("CAMERA", "Access")), hi)) == []
    assert (
        told(folder, look("before", dump(), lo), look("after", dump(("CAMERA", "Access")), hi, "SC03")) == []
    )


def test_every_hook_named_exists():
    ids = {hook.id for hook in hook_facts()}
    assert {hook for hooks in HOOKS_OF.values() for hook in hooks} <= ids
