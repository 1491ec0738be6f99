"""Any violation wins, then any doubt, and `clear` is never given away."""

from __future__ import annotations

from harness.model.result import EXIT_CODE, AppFacts, CheckResult, Finding
from harness.model.run_facts import Failure, RunFacts, ScenarioFacts
from harness.verdict import fold


def result(outcome, identity="PB-T01"):
    findings = [Finding(says="s", says_zh="s", evidence=["hook-1"])] if outcome == "violation" else []
    return CheckResult(
        id=identity, title="t", title_zh="t", severity="high", outcome=outcome, reason="r", reason_zh="r",
        window="w", clauses=[], findings=findings,
    )  # fmt: skip


def facts(failure=None, state="done"):
    app = AppFacts(package="a.b", version_name="1", version_code=1, label="", sha256="0", target_sdk=33)
    return RunFacts(
        harness_version="t", app=app, scenarios=[ScenarioFacts(id="SC01", state=state)], profile="cn-default",
        pace=1, network="sinkhole", started="", failure=failure,
    )  # fmt: skip


def outcome(*outcomes, **about):
    return fold([result(one) for one in outcomes], facts(**about)).outcome


def test_any_violation_wins_even_in_a_failed_run():
    failure = Failure(kind="device_lost", message="gone")
    assert outcome("clear", "inconclusive", "violation") == "violation"
    assert outcome("violation", failure=failure, state="failed") == "violation"


def test_any_doubt_wins_over_clear():
    assert outcome("clear", "inconclusive", "not_applicable") == "inconclusive"


def test_what_does_not_apply_is_ignored_unless_nothing_applies():
    assert outcome("clear", "not_applicable") == "clear"
    assert outcome("not_applicable", "not_applicable") == "not_applicable"


def test_a_failed_run_is_never_clear():
    assert outcome("clear", failure=Failure(kind="device_lost", message="gone")) == "inconclusive"


def test_a_scenario_that_is_not_done_is_never_clear():
    for state in ("planned", "running", "failed"):
        assert outcome("clear", state=state) == "inconclusive"


def test_the_reason_names_the_checks():
    verdict = fold([result("violation", "PB-T01"), result("inconclusive", "PB-T02")], facts())
    assert verdict.reason == "Violations: PB-T01." and "PB-T01" in verdict.reason_zh


def test_exit_codes():
    assert (EXIT_CODE["clear"], EXIT_CODE["violation"], EXIT_CODE["inconclusive"]) == (0, 1, 3)
