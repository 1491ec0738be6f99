"""The sample apps through `harness selftest`: whole checks on twins, held against their truths in both directions."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest

from harness.model.result import CheckResult, Finding, Verdict
from harness.selftest import Cell, Selftest, Trial, Truth, compare, exit_code, same_each_time, sample_apps

DOCUMENT = Path(__file__).parents[2] / "docs" / "selftest.md"
SIDES = {"violation": "guilty", "clear": "innocent"}
CLEAR = {"id": "PB-T01", "title": "t", "title_zh": "t", "severity": "high", "outcome": "clear", "reason": "r",
         "reason_zh": "r", "window": "w", "clauses": ["PIPL-13"]}  # fmt: skip
APP = {
    "package": "a.b",
    "version_name": "1",
    "version_code": 1,
    "label": "a",
    "sha256": "0",
    "target_sdk": 33,
}


def covering(sides):
    """The cheapest apps that hold one of these sides for every check, and one that nobody can judge. Each is held
    against its whole truth. `make selftest` runs all apps, which takes three times as long as the guilty."""
    apps = sample_apps()
    shows = {app.name: {(check, one.outcome) for check, one in app.truth.checks.items() if one.outcome in sides}
             for app in apps}  # fmt: skip
    chosen = ["eager", "pinned"]
    left = set().union(*shows.values()) - shows["eager"] - shows["pinned"]
    while left:
        best = max(apps, key=lambda app: len(shows[app.name] & left) / (len(app.truth.scenarios) + 0.5))
        chosen.append(best.name)
        left -= shows[best.name]
    return chosen


@pytest.mark.e2e
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "sides", [["violation"], pytest.param(["violation", "clear"], marks=pytest.mark.soak)], ids=" and ".join
)
def test_for_every_check_the_guilty_is_found_and_the_innocent_cleared(harness, tmp_path, sides):
    names = covering(sides)
    asked = [word for name in names for word in ("--app", name)]
    run = harness("selftest", *asked, "--devices", "3", "--out", tmp_path / "runs", "--json")
    code = run.run(850)
    assert run.stdout, run.stderr
    told = run.json()
    wrong = {one["app"]: [one["problem"], *(f"{check}: {cell['says']}" for check, cell in one["checks"].items()
             if "says" in cell)] for one in told["trials"] if not one["right"]}  # fmt: skip
    assert (code, wrong) == (0, {})
    assert {one["app"] for one in told["trials"]} == set(names)
    run.wait_gone()
    for one in told["trials"]:
        _stands_on_evidence(Path(one["folder"]))

    # The folder alone gives the same verdict.
    folder = tmp_path / "runs" / "1" / "eager"
    before = json.loads((folder / "verdict.json").read_text())["checks"]
    again = harness("judge", folder, "--json")
    assert again.run(60) == 1
    assert again.json()["checks"] == before


def _stands_on_evidence(folder):
    ids = {json.loads(line)["id"] for line in (folder / "timeline.jsonl").read_text().splitlines()}
    for result in json.loads((folder / "verdict.json").read_text())["checks"]:
        assert result["clauses"], result["id"]
        assert result["window"] or result["outcome"] == "not_applicable", result["id"]
        for finding in result["findings"]:
            assert finding["evidence"] and set(finding["evidence"]) <= ids, finding


@pytest.mark.e2e
def test_interrupting_it_leaves_nothing_behind(harness, tmp_path):
    run = harness("selftest", "--app", "tidy", "--out", tmp_path / "runs").start()
    folder = tmp_path / "runs" / "1" / "tidy"
    run.wait_for((folder / "raw" / "hooks.jsonl").is_file)
    os.kill(run.process.pid, signal.SIGINT)
    assert run.wait(60) == 130  # as the command line says it of any interrupted command
    # Frida's own idle helper can outlive an injection that was cut off.
    assert not {pid: command for pid, command in run.processes().items() if "/idund " not in command}
    assert json.loads((folder / "run.json").read_text())["failure"]["kind"] == "interrupted"


@pytest.mark.parametrize(("code", "tries"), [(4, 2), (3, 1)])
def test_a_run_that_failed_is_tried_once_more_and_told(code, tries, tmp_path, monkeypatch):
    said, seen = [], []
    tidy = sample_apps(["tidy"])

    def child(self, arguments, seconds):
        seen.append(arguments)
        return code, "device lost"

    monkeypatch.setattr(Selftest, "_child", child)
    trial = Selftest(tidy, tmp_path, say=said.append)._trial("s", 1, tidy[0], tmp_path)
    assert len(seen) == tries
    assert trial.first_failure == ("device lost" if tries == 2 else "")
    assert not trial.right and any("once more" in line for line in said) == (tries == 2)


def test_every_truth_is_read_and_names_known_checks():
    from harness.rules.load import load_rules

    known = {rule.id for rule in load_rules()}
    for app in sample_apps():
        assert app.truth.about and set(app.truth.checks) <= known, app.name


def test_every_check_has_a_guilty_and_an_innocent_app_or_a_reviewed_reason_why_not():
    from harness.rules.load import load_rules

    told = {(check, side) for app in sample_apps() for check, one in app.truth.checks.items()
            if (side := SIDES.get(one.outcome))}  # fmt: skip
    missing = {(rule.id, side) for rule in load_rules() for side in SIDES.values()} - told
    rows = re.findall(
        r"^\| (PB-\w{3}) \| (guilty|innocent) \| (.{20,}) \|$", DOCUMENT.read_text(), re.MULTILINE
    )
    assert missing == {(check, side) for check, side, _ in rows}, "docs/selftest.md lists others"


def verdict(*results):
    return Verdict(
        outcome="clear", reason="", reason_zh="", app=APP, profile="cn-default", checks=list(results)
    )


def result(outcome, *found, **more):
    findings = [Finding(says="s", says_zh="s", evidence=["x"], data_type=kind, actor_id=who, sent_to=["h"])
                for kind, who in found]  # fmt: skip
    return CheckResult(**{**CLEAR, "outcome": outcome, "findings": findings, **more})


@pytest.mark.parametrize(
    ("expected", "told", "mark"),
    [
        ({"outcome": "violation"}, result("violation", ("imei", "app")), "found"),
        ({"outcome": "violation", "found": [["imei", "app"]]}, result("violation", ("imei", "app")), "found"),
        ({"outcome": "violation", "found": [["imei", "app"]]}, result("violation", ("imei", "umeng")), "missed"),
        ({"outcome": "violation", "found": [["imei", "app"]]},
         result("violation", ("imei", "app"), ("oaid", "app")), "false"),
        ({"outcome": "violation", "findings": 1}, result("violation", ("imei", "app"), ("oaid", "app")), "false"),
        ({"outcome": "violation", "findings": 2}, result("violation", ("imei", "app")), "missed"),
        ({"outcome": "violation", "sent_to": ["other"]}, result("violation", ("imei", "app")), "unlike"),
        ({"outcome": "violation", "grade": "A"}, result("violation", ("imei", "app"), grade="B"), "unlike"),
        ({"outcome": "violation"}, result("clear"), "missed"),
        ({"outcome": "violation"}, result("inconclusive"), "missed"),
        ({"outcome": "clear"}, result("clear"), "clear"),
        ({"outcome": "clear"}, result("violation", ("imei", "app")), "false"),
        ({"outcome": "clear"}, result("inconclusive"), "inconclusive"),
        ({"outcome": "clear"}, result("not_applicable"), "unlike"),
        ({"outcome": "inconclusive"}, result("inconclusive"), "open"),
        ({"outcome": "inconclusive"}, result("clear"), "missed"),
        ({"outcome": "not_applicable"}, result("violation", ("imei", "app")), "false"),
    ],
)  # fmt: skip
def test_a_verdict_is_compared_in_both_directions(expected, told, mark):
    truth = Truth(outcome="clear", exit_code=0, checks={"PB-T01": expected})
    (cell,) = compare(truth, verdict(told))
    assert cell.mark == mark and bool(cell.says) == (mark not in ("found", "clear", "open", "none"))


def test_a_check_that_the_truth_does_not_name_is_not_applicable():
    truth = Truth(outcome="clear", exit_code=0, checks={})
    assert compare(truth, verdict(result("not_applicable")))[0].mark == "none"
    assert compare(truth, verdict(result("violation", ("imei", "app"))))[0].mark == "false"
    named = Truth(outcome="clear", exit_code=0, checks={"PB-X99": {"outcome": "clear"}})
    assert [cell.mark for cell in compare(named, verdict())] == ["missed"]


def trial(mark, says="", round=1, problem=""):
    return Trial("a", round, 1.0, [Cell("PB-T01", mark, says)], Path("x"), problem)


def test_only_what_is_missed_or_false_makes_it_fail_and_rounds_must_be_equal():
    assert exit_code([trial("found")]) == 0
    assert exit_code([trial("found"), trial("missed", "m")]) == 1
    assert exit_code([trial("false", "f")]) == 1
    assert exit_code([trial("inconclusive", "i")]) == 3
    assert exit_code([trial("found", problem="the run failed: x")]) == 4
    assert same_each_time([trial("found"), trial("found", round=2)]) == []
    assert same_each_time([trial("found"), trial("missed", round=2)]) == ["a PB-T01: found, missed"]
