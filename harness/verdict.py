"""All results folded into one verdict: any violation wins, then any doubt, then clear."""

from __future__ import annotations

from collections.abc import Sequence

from harness.model.result import CheckResult, Outcome, Verdict
from harness.model.run_facts import RunFacts


def fold(results: Sequence[CheckResult], facts: RunFacts) -> Verdict:
    """`clear` needs a run without failure, every scenario done, and at least one check that is clear."""
    outcome, reason, reason_zh = _outcome(results, facts)
    if facts.interventions:
        used = _list(facts.interventions)
        reason += f" The app was altered while it ran ({used})."
        reason_zh += f"运行时应用被改动（{used}）。"
    return Verdict(
        outcome=outcome,
        reason=reason,
        reason_zh=reason_zh,
        app=facts.app,
        profile=facts.profile,
        interventions=facts.interventions,
        checks=list(results),
    )


def _outcome(results: Sequence[CheckResult], facts: RunFacts) -> tuple[Outcome, str, str]:
    violated, doubtful, clear, untested = (
        [result.id for result in results if result.outcome == outcome]
        for outcome in ("violation", "inconclusive", "clear", "not_applicable")
    )
    if violated:
        return "violation", f"Violations: {_list(violated)}.", f"违规：{_list(violated)}。"
    if facts.failure is not None:
        text = f"{facts.failure.kind}: {facts.failure.message}"
        return "inconclusive", f"The run failed ({text}).", f"运行失败（{text}）。"
    undone = [scenario.id for scenario in facts.scenarios if scenario.state != "done"]
    if doubtful:
        return "inconclusive", f"Not decided: {_list(doubtful)}.", f"未能判定：{_list(doubtful)}。"
    if undone:
        return "inconclusive", f"Scenarios not finished: {_list(undone)}.", f"场景未完成：{_list(undone)}。"
    if not clear:
        return "not_applicable", "No check applied.", "没有适用的检查。"
    left = f" Not applicable or not tested: {_list(untested)}." if untested else ""
    left_zh = f"不适用或未检测：{_list(untested)}。" if untested else ""
    return (
        "clear",
        f"Nothing found in {len(clear)} checks, within the windows they state.{left}",
        f"{len(clear)}项检查在所述观察窗口内未发现问题。{left_zh}",
    )


def _list(ids: Sequence[str]) -> str:
    return ", ".join(ids)
