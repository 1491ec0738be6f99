"""Contacts that a cursor gave are followed into requests that carry only their hashes."""

from __future__ import annotations

import hashlib

from run_builder import build

from harness.model.event import ApiCall, Flow
from harness.timeline.build import build_timeline

NUMBER, NAME = "+8613912345678", "欧阳明月"


def run_of(tmp_path, values, body):
    case = {"scenarios": ["SC01"], "SC01": {"add": [
        {"at": 1.0, "read": "contacts", "values": values},
        {"at": 2.0, "flow": "https://up.shop.example/u", "body": body},
    ]}}  # fmt: skip
    folder = build(tmp_path / "run", case)
    return build_timeline(folder)


def sent(timeline):
    return next(
        event for event in timeline.events if isinstance(event, Flow) and event.host == "up.shop.example"
    )


def test_a_hash_of_a_number_that_was_read_is_a_contact_that_was_sent(tmp_path):
    digest = hashlib.sha256(NUMBER.removeprefix("+86").encode()).hexdigest()
    timeline = run_of(tmp_path, [NUMBER, NAME], {"u": [digest]})
    [found] = sent(timeline).found
    assert found.data_type == "contacts" and found.decodings == ["json:/u/0", "sha256-hex", "local-number"]
    [read] = found.reads
    assert read.api and read.at_least_ms > 0


def test_a_hash_of_a_name_is_found_too_and_another_number_is_not(tmp_path):
    digest = hashlib.md5(NAME.encode()).hexdigest()
    other = hashlib.sha256(b"13912345679").hexdigest()
    timeline = run_of(tmp_path, [NUMBER, NAME], {"u": [other, digest]})
    assert [one.decodings for one in sent(timeline).found] == [["json:/u/1", "md5-hex"]]


def test_a_read_whose_values_are_cut_or_not_told_is_unsought(tmp_path):
    for number, values in enumerate(([], ["x" * 4096], [NUMBER, "ab"])):
        timeline = run_of(tmp_path / str(number), values, {})
        [read] = [one for one in timeline.events if isinstance(one, ApiCall) and one.data_type == "contacts"]
        assert read.unsought, values
