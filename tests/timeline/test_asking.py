"""From raw records to permissions with who asked, on what occasion, in which words and how often."""

from __future__ import annotations

from run_builder import build

from harness.model.event import Permission
from harness.rules.judge import judge
from harness.timeline.build import build_timeline

WINDOW = {"screen": "permission", "package": "com.android.permissioncontroller"}
CAMERA = "android.permission.CAMERA"
TWICE = {
    "scenarios": ["SC06", "SC07"],
    "SC06": {
        "add": [
            {"at": 5, "permission": "CAMERA", "by": "stranger"},
            {"at": [5.1, 5.3], **WINDOW, "elements": ["允许拍摄照片吗"]},
        ]
    },
    "SC07": {
        "watched": 2,
        "add": [
            {"at": [5, 5.1], "tap": "spot", "text": "扫一扫"},
            {"at": 6, "permission": "CAMERA RECORD_AUDIO", "by": "acme-metrics"},
            {"at": [6.1, 6.3], **WINDOW, "elements": ["允许拍摄照片吗", {"role": "deny", "text": "不允许"}]},
            {"at": [7, 7.1], "tap": "deny", "text": "不允许"},
            {"at": [7, 7.4], "answer": "denied", "name": "CAMERA"},
            {"at": 15, "permission": "CAMERA"},
            {"at": [15.1, 15.3], **WINDOW, "elements": ["允许拍摄照片吗？再次询问"]},
            {"at": [20, 20.2], "screen": "other"},
            {"at": 21, "permission": "CAMERA"},
        ],
    },
}


def permissions(path, case):
    timeline = build_timeline(build(path, case))
    return timeline, [one for one in timeline.events if isinstance(one, Permission)]


def test_a_request_has_its_asker_its_occasion_its_words_and_its_answer(tmp_path):
    timeline, found = permissions(tmp_path / "run", TWICE)
    known = {event.id: event for event in timeline.events}
    _, first, audio, denied, second, third = found
    assert first.actor.sdk == "acme-metrics" and first.stack
    assert known[first.trigger].text == "扫一扫"
    assert "允许拍摄照片吗" in first.dialog and "不允许" not in first.dialog
    assert known[first.window].screen_kind == "permission"
    assert first.answer == denied.id and denied.request == first.id and denied.actor == first.actor
    # Asked for in the same call, and never answered.
    assert audio.permission.endswith("RECORD_AUDIO") and audio.answer is None
    # The second one came by itself, was shown in its own words, and nobody answered it.
    assert second.trigger is None and "再次询问" in second.dialog and second.answer is None
    assert third.window is None and third.dialog == ""


def test_repeats_are_counted_within_one_installation(tmp_path):
    _, found = permissions(tmp_path / "run", TWICE)
    counted = [(one.permission, one.repeats) for one in found if one.action == "requested"]
    assert [number for name, number in counted if name == CAMERA] == [0, 0, 1, 2]


def test_what_is_older_than_48_hours_is_no_repeat(tmp_path):
    hours = 3600
    late = {
        "scenarios": ["SC07"],
        "pace": 1.0,
        "SC07": {
            "watched": 1,
            "add": [
                {"at": 5, "permission": "CAMERA"},
                {"at": 47 * hours, "permission": "CAMERA"},
                {"at": 96 * hours, "permission": "CAMERA"},
            ],
        },
    }
    _, found = permissions(tmp_path / "run", late)
    assert [one.repeats for one in found] == [0, 1, 0]


def test_the_checks_read_it(tmp_path):
    timeline, _ = permissions(tmp_path / "run", TWICE)
    checks = {one.id: one for one in judge(timeline, timeline.facts, "cn-strict")}
    assert checks["PB-P05"].outcome == "violation"
    assert checks["PB-P01"].outcome == "violation"


def test_one_request_for_two_permissions_has_a_window_for_each(tmp_path):
    both = {
        "scenarios": ["SC06"],
        "SC06": {
            "watched": 2,
            "add": [
                {"at": 6, "permission": "READ_PHONE_STATE READ_SMS"},
                {"at": [6.1, 6.3], **WINDOW, "elements": [{"role": "title", "text": "允许拨打电话吗"}]},
                {"at": [7, 7.1], "tap": "deny", "text": "不允许"},
                {"at": [7, 7.2], "answer": "denied", "name": "READ_PHONE_STATE", "dialog": "允许拨打电话吗"},
                {"at": [7.05, 7.2], **WINDOW, "elements": [{"role": "title", "text": "允许查看短信吗"}]},
                {"at": [8, 8.1], "tap": "deny", "text": "不允许"},
                {"at": [8, 8.2], "answer": "denied", "name": "READ_SMS", "dialog": "允许查看短信吗"},
            ],
        },
    }
    timeline, found = permissions(tmp_path / "run", both)
    known = {event.id: event for event in timeline.events}
    asked = [one for one in found if one.action == "requested"]
    titles = [[each.text for each in known[one.window].elements] for one in asked]
    assert titles == [["允许拨打电话吗"], ["允许查看短信吗"]]
