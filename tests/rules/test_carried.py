"""A finding about a request says who read the value, how long before, and how it was written there."""

from __future__ import annotations

import hashlib

from run_builder import VALUES, build

from harness.rules.judge import judge
from harness.timeline.build import build_timeline

ID = VALUES["android_id"]


def finding(tmp_path, events):
    folder = build(tmp_path / "run", {"SC01": {"add": events}})
    timeline = build_timeline(folder)
    result = next(one for one in judge(timeline, folder.facts(), "cn-default") if one.id == "PB-T02")
    [found] = result.findings
    return found


def sent(value, at=1.2):
    return {"at": at, "flow": "https://collect.acme-metrics.example/v1", "body": {"d": value}}


def test_the_reader_the_gap_and_the_encoding_are_told(tmp_path):
    read = {"at": 0.7, "read": "android_id", "by": "app"}
    found = finding(tmp_path, [read, sent(hashlib.sha256(ID.encode()).hexdigest())])
    assert "The app had read it 0.5 s earlier" in found.says
    assert "before the user had answered" not in found.says  # nobody answered in SC01
    assert "it travelled in body as json:/d > sha256-hex." in found.says
    assert "0.5秒" in found.says_zh and "json:/d > sha256-hex" in found.says_zh


def test_a_planted_value_that_no_hook_returned_has_only_its_way(tmp_path):
    found = finding(tmp_path, [sent(ID)])
    assert "had read it" not in found.says and "It travelled in body as json:/d." in found.says


def event(advertiser_id, host="graph.facebook.com"):
    """A known sender puts the advertising id there; the device's own is another."""
    return {
        "at": 1.2,
        "flow": f"https://{host}/v17.0/123/activities",
        "body": {"advertiser_id": advertiser_id},
    }


def test_what_only_a_known_sender_tells_counts_with_a_lower_grade_and_says_so(tmp_path):
    found = finding(tmp_path, [event("6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b")])
    assert found.grade == "B" and found.data_type == "advertising_id"
    assert (
        "No value of the device was found there" in found.says and "facebook's requests alone" in found.says
    )
    assert "未发现本设备的值" in found.says_zh and "facebook" in found.says_zh


def test_a_found_value_makes_the_grade_and_the_sentence_even_where_a_sender_is_known(tmp_path):
    body = {"at": 1.2, "flow": "https://collect.acme-metrics.example/v1", "body": {"aid": ID}}
    found = finding(tmp_path, [body])
    assert found.grade == "A" and "It travelled in body as json:/aid" in found.says
    assert "requests alone" not in found.says


def test_a_place_that_holds_nothing_or_a_host_that_nobody_knows_tells_nothing(tmp_path):
    zeros = event("00000000-0000-0000-0000-000000000000")
    unknown = event("6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b", "nobody.example")
    folder = build(tmp_path / "run", {"SC01": {"add": [zeros, unknown]}})
    timeline = build_timeline(folder)
    result = next(one for one in judge(timeline, folder.facts(), "cn-default") if one.id == "PB-T02")
    assert not result.findings
