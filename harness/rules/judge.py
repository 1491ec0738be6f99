"""Every check over every scenario it asks for; `clear` only where everything that could have spoken was
awake."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from harness.model.event import Gate
from harness.model.result import CheckResult, Finding, Grade, Outcome
from harness.model.run_facts import RunFacts
from harness.rules.chinese import in_chinese
from harness.rules.load import load_rules
from harness.rules.profile import Profile, load_profile
from harness.rules.rule import Absent, Doubt, Note, Rule, Said
from harness.timeline.timeline import GateState, Segment, Timeline, counted

GATES_ZH: Final[dict[Gate, str]] = {
    "hooks": "挂钩", "proxy": "代理", "screen": "界面", "walk": "步骤", "canaries": "标记值", "clock": "时钟",
    "untouched": "未被应用察觉",
}  # fmt: skip
RUN_WIDE: Final[frozenset[Gate]] = frozenset({"untouched", "canaries"})
"""An app that behaves otherwise under watch does so in every scenario; canaries are planted once for all."""
OPENING: Final = ("SC02", "SC12")
"""Scenarios that open the privacy policy and its lists."""
TOURS: Final = frozenset({"SC02", "SC04", "SC06", "SC08", "SC12", "SC14", "SC18", "SC19"})
"""Scenarios that keep the app busy: they are not watched idle, and nothing is restarted in them."""
NEARLY: Final = 0.9
"""Of the dwell time asked for; the rest is the step's own overhead."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one scenario says."""

    outcome: Outcome
    reason: str
    reason_zh: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    window: str = ""
    window_zh: str = ""
    scenario: str = ""


def judge(timeline: Timeline, facts: RunFacts, profile: str) -> list[CheckResult]:
    """One result a check, in the catalogue's order. InputError for an unknown profile."""
    chosen = load_profile(profile)
    # Events hold no cycles, and the collector's walks over a million of them are a third of the time.
    gc.freeze()
    try:
        return [_result(rule, timeline, facts, chosen) for rule in load_rules()]
    finally:
        gc.unfreeze()


def _result(rule: Rule, timeline: Timeline, facts: RunFacts, profile: Profile) -> CheckResult:
    if not profile.counts(rule.id):
        return _checked(rule, [_Part(
            "not_applicable", f"Profile {profile.id} does not count it.", f"{profile.title_zh}口径不计此项。",
        )])  # fmt: skip
    planned = {scenario.id for scenario in facts.scenarios} | {one.id for one in timeline.segments}
    parts = [_part(rule, one, timeline, facts, profile) for one in rule.scenarios if one in planned]
    untested = _untested(rule, planned, timeline)
    if untested is not None:
        parts = [part for part in parts if part.outcome == "violation"] or [untested]
    parts += [
        part
        for segment in map(timeline.segment, rule.also)
        if segment is not None and (part := _logic(rule, segment, timeline, profile)).findings
    ]
    return _checked(rule, parts)


def _untested(rule: Rule, planned: Set[str], timeline: Timeline) -> _Part | None:
    """Why nothing but a violation can be said, when the run left out what the check needs."""
    needs = rule.needs or rule.scenarios
    if planned.isdisjoint(needs):
        scenarios = ", ".join(needs)
        return _Part(
            "not_applicable", f"Not tested: it needs {scenarios}, which this run did not plan.",
            f"未检测：需要场景{scenarios}，本次未安排。",
        )  # fmt: skip
    if rule.reads_policy and not timeline.documents and planned.isdisjoint(OPENING):
        return _Part(
            "not_applicable",
            f"Not tested: it compares with the privacy policy, which {' or '.join(OPENING)} opens; this run did "
            "not plan them.",
            f"未检测：需与隐私政策比对，由场景{'、'.join(OPENING)}打开政策，本次未安排。",
        )  # fmt: skip
    return None


def _checked(rule: Rule, parts: Sequence[_Part]) -> CheckResult:
    outcome = _strongest(parts)
    telling = [part for part in parts if part.outcome == outcome]
    findings = merged([(part.scenario, finding) for part in parts for finding in part.findings])
    reason, reason_zh = " ".join(part.reason for part in telling), "".join(part.reason_zh for part in telling)
    notes = [note for part in parts for note in part.notes]
    return CheckResult(
        id=rule.id, title=rule.title, title_zh=rule.title_zh, severity=rule.severity, outcome=outcome,
        grade=_best_grade(findings) if outcome == "violation" else None,
        reason=" ".join([reason, *(note.says for note in notes)]),
        reason_zh="".join([reason_zh, *(note.says_zh for note in notes)]),
        window="; ".join(part.window for part in parts if part.window),
        window_zh="；".join(part.window_zh for part in parts if part.window_zh), clauses=list(rule.clauses),
        findings=[finding.model_copy(update={"fix_zh": rule.fix_zh}) for finding in findings],
    )  # fmt: skip


def merged(found: Sequence[tuple[str, Finding]]) -> list[Finding]:
    """One finding per data type and actor; the first scenario's words stand and name the others."""
    groups: dict[tuple[object, ...], list[tuple[str, Finding]]] = {}
    for number, (scenario, finding) in enumerate(found):
        named = finding.data_type is not None
        key = (finding.data_type, finding.actor_id, finding.actor) if named else (number,)
        groups.setdefault(key, []).append((scenario, finding))
    return [_joined(group) for group in groups.values()]


def _joined(group: Sequence[tuple[str, Finding]]) -> Finding:
    scenarios = list(dict.fromkeys(scenario for scenario, _ in group))
    first = group[0][1].model_copy(update={"scenarios": scenarios})
    if len(group) == 1:
        return first
    others = [scenario for scenario, _ in group[1:]]
    return first.model_copy(update={
        "grade": _best_grade([finding for _, finding in group]),
        "sent_to": list(dict.fromkeys(host for _, finding in group for host in finding.sent_to)),
        "evidence": [one for _, finding in group for one in finding.evidence],
        "says": f"{first.says} So it did in {' and '.join(others)}.",
        "says_zh": f"{first.says_zh}{'、'.join(others)}中同样如此。",
    })  # fmt: skip


def _strongest(parts: Sequence[_Part]) -> Outcome:
    """Any violation wins; then any inconclusive; then clear; what did not arise says nothing."""
    order: tuple[Outcome, ...] = ("violation", "inconclusive", "clear", "not_applicable")
    return next(outcome for outcome in order if any(part.outcome == outcome for part in parts))


def _best_grade(findings: Sequence[Finding]) -> Grade | None:
    return min((finding.grade for finding in findings if finding.grade is not None), default=None)


def _part(rule: Rule, scenario: str, timeline: Timeline, facts: RunFacts, profile: Profile) -> _Part:
    segment = timeline.segment(scenario)
    if segment is None:
        why = f": {facts.failure.message}" if facts.failure else ""
        why_zh = f"：运行失败（{facts.failure.kind}）" if facts.failure else ""
        return _Part("inconclusive", f"{scenario} did not begin{why}.", f"场景{scenario}未开始{why_zh}。")
    part = _logic(rule, segment, timeline, profile)
    if part.outcome in ("violation", "inconclusive"):
        return part
    blind = [*_blind(rule, segment, timeline), *_unfinished(segment, facts)]
    if part.outcome == "clear":
        blind += _cut_short(rule, segment)
    if blind:
        reason = (
            "Nothing was found, but the watch was not sound: " + "; ".join(text for text, _ in blind) + "."
        )
        reason_zh = "未发现问题，但监测不完整：" + "；".join(text for _, text in blind) + "。"
        return _Part(
            "inconclusive",
            reason,
            reason_zh,
            notes=part.notes,
            window=segment.window,
            window_zh=segment.window_zh,
        )
    return part


def _logic(rule: Rule, segment: Segment, timeline: Timeline, profile: Profile) -> _Part:
    try:
        said = list(rule.logic(segment, profile))
    except Exception:
        # The border between a check and the rest: its crash is a result, never a pass.
        trace = traceback.format_exc(limit=-4)
        return _Part(
            "inconclusive", f"The check itself crashed on {segment.id}: {trace}",
            f"检查程序在{segment.id}上出错：{trace}",
            window=segment.window, window_zh=segment.window_zh,
        )  # fmt: skip
    return _weigh(rule, segment, _sufficing(said, profile), timeline.gate("clock", segment))


def _sufficing(said: Sequence[Said], profile: Profile) -> list[Said]:
    """Findings of a weaker grade than the profile asks for are doubts."""
    return [
        Doubt(
            f"{one.says} Profile {profile.id} counts it only when the data left the app: a run with live "
            "traffic settles it.",
            f"{one.says_zh}{profile.title_zh}口径仅在数据发出时计入：以真实网络重测可确认。",
            one.evidence,
        )
        if isinstance(one, Finding) and one.grade is not None and one.grade > profile.suffices
        else one
        for one in said
    ]


def _weigh(rule: Rule, segment: Segment, said: Sequence[Said], clock: GateState) -> _Part:
    findings = tuple(one for one in said if isinstance(one, Finding))
    doubts = [one for one in said if isinstance(one, Doubt)]
    absent = [one for one in said if isinstance(one, Absent)]
    notes = tuple(one for one in said if isinstance(one, Note))
    if findings and rule.rests_on_order and not clock.healthy:
        return _Part(
            "inconclusive",
            f"{segment.id} shows {counted(len(findings), 'finding')} resting on order, but the clock "
            f"does not hold: {clock.reason}. A run with a sound clock settles it.",
            f"{segment.id}有{len(findings)}项依赖先后顺序的发现，但时钟不可靠：{in_chinese(clock.reason)}。时钟可靠时重测可确认。",
            findings, notes, segment.window, segment.window_zh, segment.id,
        )  # fmt: skip
    if findings:
        count = counted(len(findings), "finding")
        return _Part(
            "violation", f"{segment.id}: {count}.", f"{segment.id}：{len(findings)}项发现。", findings, notes,
            segment.window, segment.window_zh, segment.id,
        )  # fmt: skip
    if doubts:
        return _Part(
            "inconclusive", " ".join(one.says for one in doubts), "".join(one.says_zh for one in doubts),
            notes=notes, window=segment.window, window_zh=segment.window_zh,
        )  # fmt: skip
    if absent:
        return _Part(
            "not_applicable",
            absent[0].says,
            absent[0].says_zh,
            notes=notes,
            window=segment.window,
            window_zh=segment.window_zh,
        )
    return _Part(
        "clear", f"Nothing found in {segment.id}; {_names(rule.gates)} sound throughout.",
        f"{segment.id}未发现问题；{'、'.join(GATES_ZH[gate] for gate in rule.gates)}全程正常。",
        notes=notes, window=segment.window, window_zh=segment.window_zh,
    )  # fmt: skip


def _blind(rule: Rule, segment: Segment, timeline: Timeline) -> list[tuple[str, str]]:
    blind: list[tuple[str, str]] = []
    for gate in rule.gates:
        state = timeline.gate(gate) if gate in RUN_WIDE else segment.gate(gate, rule.kinds)
        if not state.healthy:
            blind.append((f"{gate}: {state.reason}", f"{GATES_ZH[gate]}：{in_chinese(state.reason)}"))
    return blind


def _unfinished(segment: Segment, facts: RunFacts) -> list[tuple[str, str]]:
    short: list[tuple[str, str]] = []
    if not segment.finished:
        short.append((segment.detail, in_chinese(segment.detail)))
    if facts.failure is not None:
        failure = f"the run failed ({facts.failure.kind}: {facts.failure.message})"
        short.append((failure, f"运行失败（{facts.failure.kind}）"))
    return short


def _cut_short(rule: Rule, segment: Segment) -> list[tuple[str, str]]:
    short: list[tuple[str, str]] = []
    if segment.id in TOURS:
        return short
    wanted = rule.idle_s * segment.pace
    if segment.idle_s < wanted * NEARLY:
        short.append((
            f"{segment.id} was watched idle for {segment.idle_s:.1f} s only, {wanted:g} s are needed",
            f"{segment.id}仅静置观察{segment.idle_s:.1f}秒，需要{wanted:g}秒",
        ))  # fmt: skip
    if segment.relaunches < rule.relaunches:
        short.append((
            f"{segment.id} has {segment.relaunches} of {rule.relaunches} relaunches",
            f"{segment.id}仅完成{segment.relaunches}次重启，需要{rule.relaunches}次",
        ))  # fmt: skip
    return short


def _names(gates: Sequence[Gate]) -> str:
    return ", ".join(gates[:-1]) + (" and " if len(gates) > 1 else "") + gates[-1]
