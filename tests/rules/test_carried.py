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
