"""Raw records become one ordered timeline, and broken ones a word against their gate."""

from __future__ import annotations

import json

import pytest
from run_builder import OFFSET_MS, VALUES, build

from harness.model.event import ApiCall, Flow, Health
from harness.model.run_folder import TIMELINE
from harness.timeline.build import build_timeline
from harness.timeline.store import load

READ = {"at": 0.9, "read": "android_id", "by": "acme-metrics"}
GATES = ["hooks", "proxy", "screen", "walk", "canaries", "clock", "untouched"]


def timeline_of(tmp_path, case):
    return build_timeline(build(tmp_path / "run", case))


def unhealthy(timeline):
    return {gate: timeline.gate(gate).reason for gate in GATES if not timeline.gate(gate).healthy}


def test_a_sound_run_has_every_gate_healthy_in_every_scenario(tmp_path):
    timeline = timeline_of(tmp_path, {})
    assert unhealthy(timeline) == {}
    for segment in timeline.segments:
        assert segment.finished, segment.detail
        for gate in GATES:
            if gate != "canaries":
                assert segment.gate(gate).healthy, (segment.id, gate, segment.gate(gate).reason)


@pytest.mark.parametrize("gate", GATES)
def test_each_gate_tells_when_its_source_failed(tmp_path, gate):
    assert gate in unhealthy(timeline_of(tmp_path, {"break": [gate]}))


def test_events_are_ordered_and_on_the_device_clock(tmp_path):
    timeline = timeline_of(tmp_path, {"SC01": {"add": [READ]}})
    assert [event.t_lo for event in timeline.events] == sorted(event.t_lo for event in timeline.events)
    read = next(event for event in timeline.events if isinstance(event, ApiCall))
    assert read.t_lo == OFFSET_MS + 10_900
    assert read.actor.sdk == "acme-metrics"
    taps = timeline.segment("SC03").taps
    assert taps[0].t_lo < OFFSET_MS + 1e6 and abs(taps[0].t_lo - taps[0].t_hi) < 100


def test_the_same_folder_gives_the_same_timeline(tmp_path):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ]}})
    build_timeline(folder)
    first = (folder.path / TIMELINE).read_bytes()
    build_timeline(folder)
    assert (folder.path / TIMELINE).read_bytes() == first
    assert load(folder).events == build_timeline(folder).events


def test_a_value_that_a_hook_returned_is_found_in_a_request(tmp_path):
    sent = {"at": 1.2, "flow": "https://collect.acme-metrics.example/v1", "body": {"d": VALUES["android_id"]}}
    timeline = timeline_of(tmp_path, {"SC01": {"add": [READ, sent]}, "break": ["canaries"]})
    flow = next(event for event in timeline.events if isinstance(event, Flow) and not event.selftest)
    read = next(event for event in timeline.events if isinstance(event, ApiCall))
    assert [found.value_digest for found in flow.found] == read.value_digests
    assert flow.actor.sdk == "acme-metrics" and flow.answered_by == "sinkhole"


def test_plain_canary_values_do_not_get_onto_the_timeline(tmp_path):
    folder = build(tmp_path / "run", {})
    build_timeline(folder)
    assert VALUES["imei"] not in (folder.path / TIMELINE).read_text()


@pytest.mark.parametrize(
    "junk", ['{"host_ms": 1, "pid"', "[1, 2]", '{"pid": 1, "host_ms": 1, "message": {}}', "null"]
)
def test_a_broken_hook_record_is_a_word_against_the_hooks_and_nothing_crashes(tmp_path, junk):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ]}})
    with (folder.path / "raw/hooks.jsonl").open("a") as file:
        file.write(junk)
    timeline = build_timeline(folder)
    assert not timeline.gate("hooks").healthy
    assert any(isinstance(event, ApiCall) for event in timeline.events)


@pytest.mark.parametrize("name", ["ui", "system", "health", "flows", "tls", "proxy", "clock"])
def test_a_broken_line_in_any_raw_file_is_told(tmp_path, name):
    folder = build(tmp_path / "run", {})
    with (folder.path / f"raw/{name}.jsonl").open("a") as file:
        file.write('{"event": {"kind": "tap"}, "nonsense": ')
    timeline = build_timeline(folder)
    told = [event.reason for event in timeline.events if isinstance(event, Health) and not event.healthy]
    assert any(f"raw/{name}.jsonl" in reason for reason in told), told


def test_a_gap_in_the_agents_numbers_is_told(tmp_path):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ, {**READ, "at": 1.0}, {**READ, "at": 1.1}]}})
    path = folder.path / "raw/hooks.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    kept = [
        line
        for line in lines
        if not (line["message"]["t"] == "events" and line["message"]["events"][0]["seq"] == 2)
    ]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(json.dumps(line) + "\n" for line in kept))
    assert "gap" in build_timeline(folder).gate("hooks").reason


def test_a_process_that_ends_long_after_its_last_word_leaves_its_end_unknown(tmp_path):
    folder = build(tmp_path / "run", {"scenarios": ["SC01"]})
    path = folder.path / "raw/hooks.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:5]) + "\n")
    assert "are not known" in build_timeline(folder).gate("hooks").reason


def test_a_run_without_any_raw_file_still_builds(tmp_path):
    folder = build(tmp_path / "run", {})
    for path in (folder.path / "raw").iterdir():
        path.unlink()
    timeline = build_timeline(folder)
    assert timeline.segments == ()
    assert set(unhealthy(timeline)) == set(GATES)


def test_an_app_that_only_finds_itself_running_has_learnt_nothing(tmp_path):
    own = {"at": 1.0, "read": "running_apps", "values": ["org.shop.app", "org.shop.app:push"]}
    others = {"at": 1.1, "read": "running_apps", "values": ["org.shop.app", "com.bank.app"]}
    timeline = timeline_of(tmp_path, {"SC01": {"add": [own, others]}})
    reads = [event for event in timeline.events if isinstance(event, ApiCall)]
    assert [read.data_type for read in reads] == ["other", "running_apps"]
    assert [read.id for read in timeline.segment("SC01").reads()] == [reads[1].id]


@pytest.mark.parametrize(
    ("cause", "at", "healthy"),
    [("died", 8, False), ("killed: stop org.shop.app", 8, True), ("crash: java.lang.Error", 8, False)],
)
def test_an_app_that_leaves_while_nothing_is_touched_may_have_noticed(tmp_path, cause, at, healthy):
    timeline = timeline_of(tmp_path, {"SC01": {"add": [{"at": at, "death": cause}]}})
    assert timeline.gate("untouched").healthy is healthy


def test_an_app_that_leaves_after_a_tap_was_told_to(tmp_path):
    assert timeline_of(tmp_path, {"SC03": {"after": "exit"}}).gate("untouched").healthy


def without(folder, name, drop):
    path = folder.path / name
    lines = path.read_text().splitlines()
    kept = [line for line in lines if not drop(json.loads(line))]
    assert len(kept) < len(lines)
    path.write_text("".join(line + "\n" for line in kept))


def test_a_self_test_that_was_not_recorded_proves_no_decryption(tmp_path):
    folder = build(tmp_path / "run", {})
    without(folder, "raw/flows.jsonl", lambda record: record["_harness"]["selftest"])
    assert "own request" in build_timeline(folder).gate("proxy").reason


def test_a_long_time_without_a_screen_is_told(tmp_path):
    folder = build(tmp_path / "run", {"pace": 1})
    without(
        folder,
        "raw/ui.jsonl",
        lambda record: 30_000 < record.get("dump", {}).get("host_before_ms", 0) < 55_000,
    )
    timeline = build_timeline(folder)
    assert [segment.gate("screen").healthy for segment in timeline.segments] == [False, True, True]
    assert "not read for 25 s" in timeline.gate("screen").reason


def test_a_clock_that_was_not_compared_for_minutes_is_not_held(tmp_path):
    folder = build(tmp_path / "run", {"scenarios": ["SC01"], "pace": 1})
    assert build_timeline(folder).gate("clock").healthy
    without(folder, "raw/clock.jsonl", lambda record: 12_000 < record["host_before_ms"] < 85_000)
    assert "not compared for" in build_timeline(folder).gate("clock").reason


@pytest.mark.parametrize(
    ("said", "told"),
    [({"dropped": 5}, "5 events were dropped"), ({"seq": 99}, "99 events up to number 99 are missing")],
)
def test_what_an_agent_says_it_lost_is_told(tmp_path, said, told):
    folder = build(tmp_path / "run", {"scenarios": ["SC01"]})
    path = folder.path / "raw/hooks.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    lines[-1]["message"] |= said
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert told in build_timeline(folder).gate("hooks").reason


def test_a_heartbeat_that_overtakes_its_last_batch_tells_of_no_loss(tmp_path):
    folder = build(
        tmp_path / "run", {"scenarios": ["SC01"], "SC01": {"add": [{"at": 5, "read": "android_id"}]}}
    )
    path = folder.path / "raw/hooks.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    batch = next(i for i, line in enumerate(lines) if line["message"]["t"] == "events")
    number = lines[batch]["message"]["events"][-1]["seq"]
    beat = {"t": "heartbeat", "seq": number, "dropped": 0, "device_ms": 0}
    early = {**lines[batch], "message": beat}
    path.write_text("".join(json.dumps(line) + "\n" for line in [*lines[:batch], early, *lines[batch:]]))
    assert build_timeline(folder).gate("hooks").healthy

    path.write_text("".join(json.dumps(line) + "\n" for line in [*lines[:batch], early, *lines[batch + 1 :]]))
    assert "are missing" in build_timeline(folder).gate("hooks").reason


def test_an_app_that_never_ran_was_not_watched(tmp_path):
    folder = build(tmp_path / "run", {"scenarios": ["SC01"]})
    for name in ("raw/hooks.jsonl", "raw/system.jsonl"):
        (folder.path / name).write_text("")
    assert "no process of the app was seen" in build_timeline(folder).gate("hooks").reason
