"""An empty answer is only an answer when everything that could have spoken was awake."""

from __future__ import annotations

import pytest
from run_builder import build

from harness.pytest_plugin.seen import Answer, Inconclusive, SeenTimeline
from harness.timeline.build import build_timeline

CONSENT, REFUSAL = Answer("consent"), Answer("refusal")
FLOW = {"at": 1.2, "flow": "https://a.umeng.com/x", "body": {"id": "9f2c44d1a8e07b35"}}


def seen(tmp_path, case):
    return SeenTimeline(build_timeline(build(tmp_path / "run", case)))


def read(at, **more):
    return {"at": at, "read": "android_id", **more}


def test_a_read_is_found_by_kind_actor_and_side(tmp_path):
    found = seen(tmp_path, {"SC05": {"add": [read(1.0, by="acme-metrics"), read(12.0)]}})
    assert len(found.reads("android_id")) == 2 and not found.reads("imei")
    assert [call.actor.sdk for call in found.reads().before(CONSENT)] == ["acme-metrics"]
    assert len(found.reads().after(CONSENT)) == 1
    assert found.reads().by("acme-metrics").before(CONSENT) and found.reads().by("app").after(CONSENT)
    assert "android_id read through" in repr(found.reads())


def test_what_was_sent_is_found_by_kind_and_host(tmp_path):
    found = seen(tmp_path, {"SC01": {"add": [FLOW]}})
    assert found.sent("android_id").to("umeng.com") and not found.sent("android_id").to("eng.com")
    assert not found.sent("imei") and found.sent().before(CONSENT)


def test_where_nobody_agreed_everything_is_before(tmp_path):
    found = seen(tmp_path, {"SC01": {"add": [read(1.0)]}}).scenario("SC01")
    assert found.reads().before(CONSENT) and not found.reads().after(CONSENT)


def test_what_lies_too_close_to_the_answer_proves_nothing(tmp_path):
    run = seen(tmp_path, {"SC05": {"add": [read([2.9, 3.3])]}})
    found = run.scenario("SC05")
    with pytest.raises(Inconclusive, match="order is not known"):
        bool(found.reads().before(CONSENT))
    with pytest.raises(Inconclusive, match="order is not known"):
        list(found.reads().after(CONSENT))
    assert found.reads()
    assert not run.reads().before(CONSENT), "SC01, where nobody ever agrees, settles it"


@pytest.mark.parametrize(
    ("gate", "ask"),
    [
        ("hooks", lambda found: found.reads("imei")),
        ("hooks", lambda found: found.permissions),
        ("proxy", lambda found: found.sent()),
        ("proxy", lambda found: found.flows),
        ("canaries", lambda found: found.sent()),
        ("clock", lambda found: found.reads().before(CONSENT)),
        ("walk", lambda found: found.reads("imei")),
    ],
)
def test_silence_from_a_broken_witness_is_not_an_answer(tmp_path, gate, ask):
    with pytest.raises(Inconclusive, match=r"proves nothing"):
        assert not ask(seen(tmp_path, {"break": [gate]}))


def test_what_was_found_stands_whatever_is_broken(tmp_path):
    found = seen(tmp_path, {"break": ["proxy", "canaries"], "SC01": {"add": [read(1.0)]}})
    assert found.reads("android_id").before(CONSENT)


def test_a_scenario_that_was_not_walked_is_not_silent(tmp_path):
    with pytest.raises(Inconclusive, match="no scenario began"):
        assert not seen(tmp_path, {"scenarios": ["SC01"]}).scenario("SC03").reads()


def test_a_wrong_word_is_told(tmp_path):
    with pytest.raises(ValueError, match="imie"):
        seen(tmp_path, {}).reads("imie")
    with pytest.raises(ValueError, match="consent"):
        Answer("agreed")
