"""Several runs of one app, combined: what each says of a check stays visible, and nothing is averaged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from harness.model.errors import InputError
from harness.model.event import Fact
from harness.model.result import AppFacts, CheckResult, Outcome, Verdict
from harness.rules.load import load_rules

ENOUGH: Final = 2
"""So many runs must show a violation that rests on timing or on the screen alone; checks.md asks 2 of 3."""
UNANSWERED: Final = frozenset({"SC01", "SC02"})
"""Nobody answers in them, so what they show does not rest on which of two moments came first."""


class Said(Fact):
    run: str
    outcome: Outcome
    reason: str
    reason_zh: str


class CombinedCheck(Fact):
    id: str
    title: str
    title_zh: str
    outcome: Outcome
    reason: str
    reason_zh: str
    contradicts: bool
    """One run shows a violation and another, with every witness sound, nothing."""
    runs: list[Said]


class Combined(Fact):
    format: int = 1
    outcome: Outcome
    reason: str
    reason_zh: str
    app: AppFacts
    profile: str
    runs: list[str]
    checks: list[CombinedCheck]


def combine(verdicts: Sequence[tuple[str, Verdict]]) -> Combined:
    """One verdict for the app. Each verdict comes with the name of its run. InputError when they are not of one app
    and one profile."""
    apps = {(verdict.app.package, verdict.app.sha256) for _, verdict in verdicts}
    if len(apps) != 1:
        names = ", ".join(f"{package} {sha256[:8]}" for package, sha256 in sorted(apps))
        raise InputError(f"--combine: the runs are of different apps ({names}): give runs of one APK")
    profiles = {verdict.profile for _, verdict in verdicts}
    if len(profiles) != 1:
        raise InputError(
            f"--combine: judged by different profiles ({', '.join(sorted(profiles))}): give --profile"
        )
    checks = [
        _check([(run, one) for run, verdict in verdicts for one in verdict.checks if one.id == rule.id])
        for rule in load_rules()
        if any(one.id == rule.id for _, verdict in verdicts for one in verdict.checks)
    ]
    outcome, reason, reason_zh = _whole(checks)
    first = verdicts[0][1]
    return Combined(
        outcome=outcome, reason=reason, reason_zh=reason_zh, app=first.app, profile=first.profile,
        runs=[run for run, _ in verdicts], checks=checks,
    )  # fmt: skip


def needs_repeats(result: CheckResult) -> bool:
    """Whether its violation rests on timing, or on what a screen was taken for, alone."""
    ordered = next((one.rests_on_order for one in load_rules() if one.id == result.id), False)
    screen_only = all(one.grade is None and one.data_type is None for one in result.findings)
    in_time = ordered and all(UNANSWERED.isdisjoint(one.scenarios) for one in result.findings)
    return screen_only or in_time


def _check(results: Sequence[tuple[str, CheckResult]]) -> CombinedCheck:
    first = results[0][1]
    by: dict[Outcome, list[str]] = {}
    for run, one in results:
        by.setdefault(one.outcome, []).append(run)
    violated, clear = by.get("violation", []), by.get("clear", [])
    tested = len(results) - len(by.get("not_applicable", []))
    weak = violated and all(needs_repeats(one) for _, one in results if one.outcome == "violation")
    once = bool(weak) and tested >= ENOUGH > len(violated)
    outcome: Outcome
    if violated and not once:
        outcome = "violation"
        reason = f"Shown by {len(violated)} of {tested} runs that tested it."
        reason_zh = f"{tested}次检测中有{len(violated)}次发现。"
    elif once:
        outcome = "inconclusive"
        reason = (
            f"Shown by {len(violated)} of {tested} runs that tested it, and it rests on timing or on the screen alone, "
            f"where {ENOUGH} are needed: another run settles it."
        )
        reason_zh = (
            f"{tested}次检测中仅{len(violated)}次发现，且仅依据时序或界面，需{ENOUGH}次：再测一次可确认。"
        )
    elif "inconclusive" in by:
        outcome = "inconclusive"
        reason = (
            f"Not decided in {len(by['inconclusive'])} of {tested} runs: what each of them names settles it."
        )
        reason_zh = f"{tested}次检测中有{len(by['inconclusive'])}次未能判定：各次所述方法可确认。"
    elif clear:
        outcome = "clear"
        reason, reason_zh = f"Nothing found in {len(clear)} runs.", f"{len(clear)}次检测均未发现问题。"
    else:
        outcome = "not_applicable"
        reason, reason_zh = "No run tested it, or it never arose.", "均未检测或不适用。"
    contradicts = bool(violated and clear)
    if contradicts:
        reason += f" The runs contradict each other: {', '.join(clear)} found nothing."
        reason_zh += f"各次结果相互矛盾：{'、'.join(clear)}未发现。"
    return CombinedCheck(
        id=first.id, title=first.title, title_zh=first.title_zh, outcome=outcome, reason=reason,
        reason_zh=reason_zh, contradicts=contradicts,
        runs=[Said(run=run, outcome=one.outcome, reason=one.reason, reason_zh=one.reason_zh) for run, one in results],
    )  # fmt: skip


def _whole(checks: Sequence[CombinedCheck]) -> tuple[Outcome, str, str]:
    of = {
        outcome: ", ".join(one.id for one in checks if one.outcome == outcome)
        for outcome in ("violation", "inconclusive", "clear")
    }
    if of["violation"]:
        return "violation", f"Violations: {of['violation']}.", f"违规：{of['violation']}。"
    if of["inconclusive"]:
        return "inconclusive", f"Not decided: {of['inconclusive']}.", f"未能判定：{of['inconclusive']}。"
    if of["clear"]:
        return "clear", f"Nothing found in {of['clear']}.", f"{of['clear']}未发现问题。"
    return "not_applicable", "No check applied.", "没有适用的检查。"
