"""Runs of one app, combined: any sound violation wins, a weak one needs two runs, contradictions are shown."""

from __future__ import annotations

import pytest
from run_builder import build

from harness.model.errors import InputError
from harness.report.combined import combined_lines
from harness.rules.combine import combine
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.verdict import fold

READ = {"at": 0.9, "read": "android_id", "by": "app"}
NO_REFUSAL = {
    "notice": {
        "kind": "privacy_popup",
        "elements": [
            {"role": "policy_link", "text": "隐私政策", "bounds": [0, 0, 9, 9]},
            {"role": "acknowledge", "text": "我知道了", "bounds": [0, 0, 99, 9]},
        ],
    }
}


def combined(tmp_path, *cases):
    told = []
    for number, case in enumerate(cases):
        timeline = build_timeline(build(tmp_path / f"run{number}", case))
        told.append((f"run{number}", fold(judge(timeline, timeline.facts, "cn-default"), timeline.facts)))
    return combine(told)


def check(whole, id):
    return next(one for one in whole.checks if one.id == id)


def test_data_read_in_one_run_of_three_is_a_violation_and_the_contradiction_is_shown(tmp_path):
    whole = combined(tmp_path, {"SC01": {"add": [READ]}}, {}, {})
    one = check(whole, "PB-T01")
    assert whole.outcome == one.outcome == "violation"
    assert one.contradicts and "run1, run2 found nothing" in one.reason and "相互矛盾" in one.reason_zh
    assert [said.outcome for said in one.runs] == ["violation", "clear", "clear"]
    lines = list(combined_lines(whole, "en"))
    assert "    run1: clear" in lines and lines[0].startswith("Shop (org.shop.app): violation")


@pytest.mark.parametrize(("shown", "outcome"), [(1, "inconclusive"), (2, "violation"), (3, "violation")])
def test_what_rests_on_the_screen_alone_needs_two_runs(tmp_path, shown, outcome):
    guilty = {"scenarios": ["SC01"], "SC01": NO_REFUSAL}
    cases = [guilty] * shown + [{"scenarios": ["SC01"]}] * (3 - shown)
    assert check(combined(tmp_path, *cases), "PB-C02").outcome == outcome


def test_what_rests_on_the_order_of_two_moments_needs_two_runs(tmp_path):
    early = {"SC05": {"add": [{"at": 2.5, "read": "android_id"}]}}
    assert check(combined(tmp_path, early, {}, {}), "PB-T01").outcome == "inconclusive"
    assert check(combined(tmp_path / "b", early, early, {}), "PB-T01").outcome == "violation"


def test_one_run_alone_is_as_it_was_judged(tmp_path):
    whole = combined(tmp_path, {"scenarios": ["SC01"], "SC01": NO_REFUSAL})
    assert check(whole, "PB-C02").outcome == "violation"


def test_a_blind_run_takes_away_the_others_clear(tmp_path):
    whole = combined(tmp_path, {}, {"break": ["hooks"]})
    assert check(whole, "PB-T01").outcome == "inconclusive" and not check(whole, "PB-T01").contradicts
    assert whole.outcome == "inconclusive"


def test_scenarios_of_two_runs_complete_each_other(tmp_path):
    whole = combined(tmp_path, {"scenarios": ["SC01"]}, {"scenarios": ["SC03"]})
    assert check(whole, "PB-T05").outcome == "clear" and check(whole, "PB-N02").outcome == "clear"


def test_runs_of_two_apps_are_refused(tmp_path):
    with pytest.raises(InputError, match="different apps"):
        combined(tmp_path, {}, {"app": {"sha256": "1" * 64}})
