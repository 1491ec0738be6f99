"""The questions that checks ask of a run."""

from __future__ import annotations

import pytest
from run_builder import build

from harness.model.errors import InputError
from harness.timeline.build import build_timeline
from harness.timeline.store import load


def timeline_of(tmp_path, case):
    return build_timeline(build(tmp_path / "run", case))


READS = [
    {"at": 0.9, "read": "android_id", "by": "acme-metrics"},
    {"at": 1.0, "read": "device_model"},
    {"at": [2.9, 3.2], "read": "android_id"},
    {"at": 9.0, "read": "imei", "result": "denied"},
    {"at": 9.5, "read": "imei"},
]


def test_reads_are_those_of_personal_data_and_calls_tell_what_was_obtained(tmp_path):
    segment = timeline_of(tmp_path, {"SC05": {"add": READS}}).segment("SC05")
    assert [read.data_type for read in segment.reads()] == ["android_id", "android_id", "imei", "imei"]
    assert len(segment.reads("imei")) == 2
    assert [read.result for read in segment.calls(obtained=False)] == ["denied"]


def test_before_after_and_straddling_share_out_all_events(tmp_path):
    segment = timeline_of(tmp_path, {"SC05": {"add": READS}}).segment("SC05")
    reads, consent = segment.reads(), segment.consent
    parts = [reads.before(consent), reads.straddling(consent), reads.after(consent)]
    assert [len(part) for part in parts] == [1, 1, 2]
    assert sorted(one for part in parts for one in part.ids) == sorted(reads.ids)
    assert [len(group) for group in reads.grouped(lambda read: read.data_type)] == [2, 2]


def test_an_event_at_the_edge_of_a_scenario_is_certainly_in_none(tmp_path):
    timeline = timeline_of(tmp_path, {"SC01": {"add": [{"at": [-2, 0.05], "read": "imei"}]}})
    segment = timeline.segment("SC01")
    assert len(segment.reads()) == 1
    assert len(segment.reads().before(segment.answer)) == 0


def test_scenarios_do_not_share_their_events(tmp_path):
    timeline = timeline_of(tmp_path, {"SC01": {"add": READS[:1]}})
    assert [len(segment.reads()) for segment in timeline.segments] == [1, 0, 0]
    assert timeline.segment("SC02") is None


def test_the_window_says_what_was_watched_and_what_the_full_one_is(tmp_path):
    timeline = timeline_of(tmp_path, {"pace": 0.1})
    assert timeline.segment("SC01").window == "SC01: 7.5 s idle (pace 0.1; the full window is 75 s)"
    assert "3 relaunches" in timeline.segment("SC03").window
    (tmp_path / "full").mkdir()
    assert timeline_of(tmp_path / "full", {"pace": 1}).segment("SC01").window == "SC01: 75.0 s idle"


def test_a_scenario_that_was_cut_off_is_not_finished(tmp_path):
    segment = timeline_of(tmp_path, {"scenarios": ["SC01"], "SC01": {"cut": True}}).segment("SC01")
    assert not segment.finished and "cut off" in segment.detail


def test_nothing_said_of_a_gate_means_it_is_not_healthy(tmp_path):
    folder = build(tmp_path / "run", {})
    (folder.path / "raw/proxy.jsonl").unlink()
    assert not build_timeline(folder).gate("proxy").healthy


def test_a_word_against_a_gate_holds_for_the_scenarios_it_overlaps_only(tmp_path):
    said = {"at": [4, 5], "health": "proxy", "reason": "stalled"}
    timeline = timeline_of(tmp_path, {"SC03": {"add": [said]}})
    assert [segment.gate("proxy").healthy for segment in timeline.segments] == [True, False, True]


def test_leads_are_told_against_the_question_then_the_answer(tmp_path):
    segment = timeline_of(tmp_path, {"SC05": {"add": [*READS[:1], {"at": 2.5, "read": "imei"}]}}).segment(
        "SC05"
    )
    first, second = segment.reads()[0], segment.reads()[1]
    assert segment.lead(first) == "0.6 s before the first consent question"
    assert segment.lead(second) == "0.5 s before the user agreed"
    assert segment.lead_zh(second).startswith("用户同意前")


def test_a_timeline_that_is_missing_or_broken_is_the_users_to_mend(tmp_path):
    folder = build(tmp_path / "run", {})
    with pytest.raises(InputError, match="harness judge"):
        load(folder)
    build_timeline(folder)
    with (folder.path / "timeline.jsonl").open("a") as file:
        file.write('{"kind": "nonsense"}\n')
    with pytest.raises(InputError, match="line "):
        load(folder)
