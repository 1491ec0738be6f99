"""Every check against its fixture, and against each of its witnesses falling silent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from run_builder import BREAKS, PACKAGE, build

from harness.model.run_facts import Failure
from harness.rules.judge import judge
from harness.rules.load import load_rules
from harness.rules.rule import Rule
from harness.timeline.build import build_timeline

FIXTURES = Path(__file__).parent / "fixtures"
GOLDEN = Path(__file__).parent / "golden"
KINDS = {"fires", "clear", "straddling", "unhealthy", "not_applicable"}
RULES = {rule.id: rule for rule in load_rules()}


def fixture_of(rule: Rule) -> Path:
    return FIXTURES / f"{rule.logic.__module__.rpartition('.')[2]}.yaml"


CASES = [
    pytest.param(rule.id, case, id=f"{rule.id}: {case['name']}")
    for rule in load_rules()
    for case in yaml.safe_load(fixture_of(rule).read_text(encoding="utf-8"))["cases"]
]


def broken(gate):
    return lambda run, rule: {**run, "break": [gate]}


def added(event):
    """The event in the first scenario that decides the check."""

    def change(run, rule):
        ids = run.get("scenarios", ["SC01", "SC03", "SC05"])
        name = next(one for one in rule.scenarios if one in ids)
        said = dict(run.get(name) or {})
        return {**run, name: {**said, "add": [*said.get("add", []), event]}}

    return change


def late(run, rule):
    """The agent's hello is missing, its events are not."""
    return {**run, "late": True}


DEAD = {
    **{f"{gate} broken": (gate, broken(gate)) for gate in BREAKS},
    "agent late": ("hooks", late),
    "process not hooked": ("hooks", added({"at": 1.2, "start": "service", "process": f"{PACKAGE}:push"})),
    "proxy said an error": (
        "proxy",
        added({"at": [1, 2], "health": "proxy", "reason": "it could not decrypt"}),
    ),
}
"""Ways in which a witness can be dead, with the gate that must say so."""


def results_of(tmp_path, run, profile="cn-default"):
    timeline = build_timeline(build(tmp_path / "run", run))
    return {result.id: result for result in judge(timeline, timeline.facts, profile)}, timeline


def told(result) -> str:
    """All that a person reads of a result, and what it rests on."""
    lines = [f"{result.outcome} {result.grade or ''}".rstrip(), result.reason, result.reason_zh]
    lines += [line for line in (result.window, result.window_zh) if line]
    for one in result.findings:
        lines += [
            f"- {one.grade or 'no grade'}, {one.what} by {one.actor or 'nobody'} ({one.actor_id}), {one.when}",
            f"  {one.what_zh}，{one.actor_zh}，{one.when_zh}",
            f"  {one.says}",
            f"  {one.says_zh}",
            f"  in {', '.join(one.scenarios)}; sent to {', '.join(one.sent_to) or 'nobody'}; "
            f"rests on {', '.join(one.evidence)}",
        ]
    return "\n".join(lines)


def reviewed(check: str, case: str, text: str) -> str:
    """What the golden file has for it; `GOLDEN=write` (in one process, -n 0) takes the text into it."""
    path = GOLDEN / f"{check.lower()}.txt"
    parts = path.read_text(encoding="utf-8").split("\n\n## ") if path.is_file() else []
    kept = {
        name.removeprefix("## "): words for name, _, words in (one.strip().partition("\n") for one in parts)
    }
    if os.environ.get("GOLDEN") == "write":
        kept[case] = text
        names = [
            one["name"]
            for one in yaml.safe_load(fixture_of(RULES[check]).read_text(encoding="utf-8"))["cases"]
        ]
        path.parent.mkdir(exist_ok=True)
        wanted = (f"## {name}\n{kept[name]}\n" for name in names if name in kept)
        path.write_text("\n".join(wanted), encoding="utf-8")
    return kept.get(case, "")


@pytest.mark.parametrize(("check", "case"), CASES)
def test_a_check_says_what_its_fixture_says(tmp_path, check, case):
    results, timeline = results_of(tmp_path, case["run"], case.get("profile", "cn-default"))
    result = results[check]
    assert result.outcome == case["outcome"], result.reason
    if "grade" in case:
        assert result.grade == case["grade"]
    if "found" in case:
        assert sorted([one.data_type, one.actor_id] for one in result.findings) == sorted(case["found"])
    if "actor" in case:
        assert [one.actor_id for one in result.findings] == [case["actor"]]
    if "sent_to" in case:
        assert sorted({host for one in result.findings for host in one.sent_to}) == sorted(case["sent_to"])
    assert case.get("reason", "") in result.reason
    assert case.get("window", "") in result.window
    if "says" in case:
        assert any(case["says"] in one.says for one in result.findings), [one.says for one in result.findings]
    for finding in result.findings:
        assert finding.evidence and all(timeline.event(one) is not None for one in finding.evidence)
        assert finding.says_zh.strip() and finding.fix and finding.what_zh and finding.when_zh
        assert bool(finding.actor) == bool(finding.actor_zh)
    assert (result.outcome == "violation") == bool(result.findings) or result.outcome == "inconclusive"
    assert result.reason and result.reason_zh
    assert told(result) == reviewed(check, case["name"], told(result)), (
        f"if the new words are right: GOLDEN=write pytest -n 0 {Path(__file__).name} -k {check}"
    )


@pytest.mark.parametrize("check", list(RULES))
def test_a_fixture_has_every_kind_of_case(check):
    cases = yaml.safe_load(fixture_of(RULES[check]).read_text(encoding="utf-8"))["cases"]
    assert {case["kind"] for case in cases} == KINDS


@pytest.mark.parametrize("check", list(RULES))
def test_a_check_asks_for_what_its_fixture_says_and_no_witness_less(check):
    asks = {
        "needs": [],
        "also": [],
        "idle_s": 0,
        "relaunches": 0,
        "rests_on_order": False,
        "reads_policy": False,
    }
    asks |= yaml.safe_load(fixture_of(RULES[check]).read_text(encoding="utf-8"))["asks"]
    for name, value in asks.items():
        built = getattr(RULES[check], name)
        assert (list(built) if isinstance(built, tuple) else built) == value, name


def test_every_fixture_belongs_to_a_check():
    assert {path.name for path in FIXTURES.glob("*.yaml")} == {
        fixture_of(rule).name for rule in RULES.values()
    }


def first_clear(rule: Rule) -> dict:
    cases = yaml.safe_load(fixture_of(rule).read_text(encoding="utf-8"))["cases"]
    return next(case for case in cases if case["kind"] == "clear")


@pytest.mark.parametrize("way", DEAD)
@pytest.mark.parametrize("check", list(RULES))
def test_no_check_is_clear_when_one_of_its_witnesses_is_dead(tmp_path, check, way):
    rule = RULES[check]
    case = first_clear(rule)
    gate, change = DEAD[way]
    run = change(case["run"], rule)
    results, _ = results_of(tmp_path, run, case.get("profile", "cn-default"))
    # A scenario that did not reach its end decides nothing, whatever gates a check lists.
    if gate in rule.gates or gate == "walk":
        assert results[check].outcome == "inconclusive", results[check].reason
    else:
        assert results[check].outcome == "clear", results[check].reason


@pytest.mark.parametrize("check", list(RULES))
def test_what_is_left_out_of_a_run_is_never_clear(tmp_path, check):
    results, _ = results_of(tmp_path, {"scenarios": ["SC20"]})
    assert results[check].outcome == "not_applicable"


def test_a_sound_run_of_a_tidy_app_is_clear_in_every_check_that_it_tests(tmp_path):
    results, _ = results_of(tmp_path, {})
    assert {result.outcome for result in results.values()} == {"clear", "not_applicable"}
    assert {id for id, result in results.items() if result.outcome == "clear"} >= {
        "PB-N02", "PB-C01", "PB-C02", "PB-C03", "PB-C05", "PB-T01", "PB-T02", "PB-T03", "PB-T04", "PB-T05",
    }  # fmt: skip


def test_a_run_that_failed_is_clear_in_no_check(tmp_path):
    failure = {"failure": Failure(kind="device_lost", message="gone", scenario="SC05")}
    results, _ = results_of(tmp_path, {"facts": failure})
    assert "clear" not in {result.outcome for result in results.values()}


def test_a_check_that_crashes_is_inconclusive_and_shows_where(tmp_path, monkeypatch):
    def broken(run, profile):
        raise ZeroDivisionError("oh")

    rule = RULES["PB-C01"]
    monkeypatch.setattr(
        "harness.rules.judge.load_rules", lambda: (Rule(**{**_fields(rule), "logic": broken}),)
    )
    results, _ = results_of(tmp_path, {})
    assert results["PB-C01"].outcome == "inconclusive"
    assert "ZeroDivisionError" in results["PB-C01"].reason


def _fields(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in Rule.__dataclass_fields__}


def test_one_finding_per_type_and_actor_whatever_scenario_saw_it(tmp_path):
    read = {"at": 0.9, "read": "android_id", "by": "acme-metrics"}
    flow = {"at": 1.1, "flow": "https://collect.acme-metrics.example/v1?id=9f2c44d1a8e07b35"}
    run = {
        "SC01": {"add": [read]},
        "SC03": {"add": [read, flow]},
        "SC05": {"add": [read, {**read, "by": "app"}]},
    }
    results, _ = results_of(tmp_path, run)
    first, second = results["PB-T01"].findings
    assert (first.actor_id, second.actor_id) == ("acme-metrics", "app")
    assert first.grade == "A" and first.sent_to == ["collect.acme-metrics.example"]
    assert len(first.evidence) == 4 and all(word in first.says for word in ("SC01", "SC03", "SC05"))
    assert results["PB-T01"].grade == "A"
