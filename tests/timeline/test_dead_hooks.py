"""A hook that died: nothing can be clear about its kind of data from then on, and until it lives again."""

import json

import pytest
from run_builder import OFFSET_MS, build

from harness.model.event import Health
from harness.rules.judge import judge
from harness.timeline.build import build_timeline

IMEI = ("imei", "android.telephony.TelephonyManager.getImei")
NATIVE = ("native-connect", "libc.so.connect")


@pytest.fixture
def folder(tmp_path):
    return build(tmp_path / "run", {"scenarios": ["SC01"]})


def say(folder, *told):
    """Messages about one target, each after so many heartbeats of the agent."""
    path = folder.path / "raw/hooks.jsonl"
    records = [json.loads(line) for line in path.read_text().splitlines()]
    beats = [i for i, one in enumerate(records) if one["message"]["t"] == "heartbeat"]
    for beat, (hook, target), status in reversed(told):
        about = records[beats[beat]]
        one = {"hook": hook, "target": target, "status": status, "reason": "it got other code"}
        message = {"t": "targets", "targets": [one]}
        records.insert(beats[beat] + 1, {**about, "host_ms": about["host_ms"] + 1, "message": message})
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    beat_ms = [records[i]["host_ms"] for i, one in enumerate(records) if one["message"]["t"] == "heartbeat"]
    return build_timeline(folder), [ms + OFFSET_MS for ms in beat_ms]


def dead(timeline):
    return [one for one in timeline.events if isinstance(one, Health) and "was dead" in one.reason]


def test_from_the_last_word_that_all_was_well_to_the_end(folder):
    timeline, beats = say(folder, (1, IMEI, "dead"))
    [health] = dead(timeline)
    assert not health.healthy and health.gate == "hooks" and health.facts == {"only": "imei"}
    assert abs(health.t_lo - beats[1]) < 10 and health.t_hi > beats[2]
    assert "imei at android.telephony.TelephonyManager.getImei was dead: it got other code" in health.reason
    [segment] = timeline.segments
    assert not segment.gate("hooks", {"imei"}).healthy and segment.gate("hooks", {"clipboard"}).healthy
    results = {one.id: one for one in judge(timeline, timeline.facts, "cn-default")}
    assert results["PB-T01"].outcome == "inconclusive" and "监测点imei失效" in results["PB-T01"].reason_zh


def test_one_that_lives_again_was_blind_only_in_between(folder):
    timeline, beats = say(folder, (1, IMEI, "dead"), (1, IMEI, "revived"))
    [health] = dead(timeline)
    assert health.t_hi - health.t_lo < 50 and health.t_lo < beats[2]


def test_a_hook_of_no_kind_of_its_own_may_hide_anything(folder):
    timeline, _ = say(folder, (1, NATIVE, "dead"))
    [health] = dead(timeline)
    assert health.facts == {}
    assert not timeline.segments[0].gate("hooks", {"clipboard"}).healthy
