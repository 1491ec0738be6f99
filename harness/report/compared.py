"""What a release changed: two judged runs of one app, check by check and finding by finding."""

from __future__ import annotations

from collections.abc import Iterator

from harness.model.event import Fact
from harness.model.result import AppFacts, CheckResult, Finding, Outcome, Verdict
from harness.report.safe_text import visible
from harness.report.words import OUTCOMES


class CheckChange(Fact):
    id: str
    title: str
    title_zh: str
    before: Outcome | None
    """None where that verdict does not have the check."""
    after: Outcome | None
    new: list[Finding]
    gone: list[Finding]


class Comparison(Fact):
    format: int = 1
    before: AppFacts
    after: AppFacts
    outcome_before: Outcome
    outcome_after: Outcome
    notes: list[str]
    """What else differs, so that a change may not be the app's: the profile, the package, the windows."""
    notes_zh: list[str]
    checks: list[CheckChange]
    """Only checks in which something changed."""


def compare(before: Verdict, after: Verdict) -> Comparison:
    old = {one.id: one for one in before.checks}
    new = {one.id: one for one in after.checks}
    changes = [_change(old.get(id), new.get(id)) for id in dict.fromkeys([*old, *new])]
    notes = list(_notes(before, after))
    return Comparison(
        before=before.app, after=after.app, outcome_before=before.outcome, outcome_after=after.outcome,
        notes=[note for note, _ in notes], notes_zh=[note for _, note in notes],
        checks=[one for one in changes if one.before != one.after or one.new or one.gone],
    )  # fmt: skip


def comparison_lines(compared: Comparison, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    old, new = compared.before, compared.after
    versions = f"{visible(old.version_name, 40)} -> {visible(new.version_name, 40)}"
    outcomes = f"{_word(compared.outcome_before, zh)} -> {_word(compared.outcome_after, zh)}"
    yield f"{visible(new.label or new.package, 100)} ({new.package}) {versions}: {outcomes}"
    yield from compared.notes_zh if zh else compared.notes
    for one in compared.checks:
        title = one.title_zh if zh else one.title
        if one.before != one.after:
            yield f"{one.id} {_word(one.before, zh)} -> {_word(one.after, zh)}: {title}"
        else:
            yield f"{one.id} {_word(one.after, zh)}: {title}"
        for sign, findings in (("+", one.new), ("-", one.gone)):
            for finding in findings:
                yield f"  {sign} {visible(finding.says_zh if zh else finding.says)}"
    if not compared.checks:
        yield "各项检查结果相同。" if zh else "No check changed."


def _change(before: CheckResult | None, after: CheckResult | None) -> CheckChange:
    one = after or before
    assert one is not None, "a change has at least one side"
    old = {_key(finding): finding for finding in (before.findings if before else ())}
    new = {_key(finding): finding for finding in (after.findings if after else ())}
    return CheckChange(
        id=one.id, title=one.title, title_zh=one.title_zh,
        before=before.outcome if before else None, after=after.outcome if after else None,
        new=[finding for key, finding in new.items() if key not in old],
        gone=[finding for key, finding in old.items() if key not in new],
    )  # fmt: skip


def _key(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same: not when, and not how often."""
    return finding.data_type, finding.what, finding.actor_id, finding.actor, tuple(sorted(finding.sent_to))


def _notes(before: Verdict, after: Verdict) -> Iterator[tuple[str, str]]:
    if before.app.package != after.app.package:
        yield (
            f"Two packages: {before.app.package} and {after.app.package}.",
            f"包名不同：{before.app.package}与{after.app.package}。",
        )
    if before.app.sha256 == after.app.sha256:
        yield "The same APK: what changed is the run, not the app.", "同一安装包：变化来自运行而非应用。"
    if before.profile != after.profile:
        yield (
            f"Judged by two profiles: {before.profile} and {after.profile}.",
            f"口径不同：{before.profile}与{after.profile}。",
        )
    lost = [one.id for one in after.checks if one.outcome in ("inconclusive", "not_applicable")]
    gone = [one.id for one in before.checks if one.outcome == "violation" and one.id in lost]
    if gone:
        names = ", ".join(gone)
        yield (
            f"Not shown to be mended, because the later run could not tell: {names}.",
            f"后一次运行未能判定，不能视为已整改：{names}。",
        )


def _word(outcome: Outcome | None, zh: bool) -> str:
    return OUTCOMES[outcome][zh] if outcome is not None else ("无" if zh else "none")
