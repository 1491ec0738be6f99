"""AppOps against the hooks, from a run folder."""

import json

import pytest
from run_builder import OFFSET_MS, PACKAGE, build

from harness.capture.agent_data import hook_facts
from harness.capture.appops import APPOPS
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.timeline.second_witness import HOOKS_OF, covered_kinds

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


BLIND = "AppOps, the second witness, could not be read in SC01: "


@pytest.mark.parametrize("problems", [("gone", ""), ("", "gone"), ("gone", "gone too")])
def test_a_witness_that_was_not_heard_is_told_with_the_reason(folder, span, problems):
    lo, hi = span
    before = look("before", "" if problems[0] else dump(), lo, problem=problems[0])
    after = look("after", "" if problems[1] else dump(), hi, problem=problems[1])
    assert told(folder, before, after) == [(False, f"{BLIND}gone")]


def test_one_of_two_looks_alone_says_nothing_of_what_happened(folder, span):
    lo, hi = span
    never = f"{BLIND}it was not asked before and after"
    assert told(folder, look("before", dump(), lo)) == [(False, never)]
    assert told(folder, look("after", dump(("CAMERA", "Access")), hi)) == [(False, never)]
    other = look("after", dump(("CAMERA", "Access")), hi, "SC03")
    assert told(folder, look("before", dump(), lo), other) == [(False, never.replace("SC01", "SC03"))]


def test_one_look_at_the_end_as_older_runs_have_it_says_nothing(folder, span):
    old = look("after", dump(("CAMERA", "Access")), span[1])
    assert told(folder, {name: old[name] for name in ("host_lo_ms", "host_hi_ms", "text")}) == []


def test_half_a_line_in_between_makes_the_scenario_unheard(folder, span):
    lo, hi = span
    lines = [json.dumps(look("before", dump(), lo)), '{"host_lo', json.dumps(look("after", dump(), hi))]
    (folder.path / APPOPS).write_text("\n".join(lines) + "\n")
    health = [one for one in build_timeline(folder).events if one.kind == "health" and BLIND in one.reason]
    assert [one.healthy for one in health] == [False]


def test_a_blind_second_witness_forbids_clear_for_what_it_would_have_seen_only(folder, span):
    lo, hi = span
    sound = build_timeline(folder)
    assert sound.gate("hooks").healthy
    told(folder, look("before", dump(), lo), look("after", "", hi, problem="gone"))
    blind = build_timeline(folder)
    [segment] = blind.segments
    assert not segment.gate("hooks").healthy
    assert not segment.gate("hooks", {"clipboard"}).healthy
    assert segment.gate("hooks", {"android_id"}).healthy
    assert {"contacts", "location", "camera"} <= set(covered_kinds())
    results = {one.id: one for one in judge(blind, blind.facts, "cn-default")}
    assert "第二见证" in results["PB-T01"].reason_zh and results["PB-T01"].outcome == "inconclusive"


def test_every_hook_named_exists():
    ids = {hook.id for hook in hook_facts()}
    assert {hook for hooks in HOOKS_OF.values() for hook in hooks} <= ids
