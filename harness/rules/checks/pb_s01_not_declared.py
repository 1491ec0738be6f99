"""PB-S01: data collected that the policy does not list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from harness.model.event import Actor, Event
from harness.policy.compare import Gap, Observed, compare, entries_of
from harness.policy.declared import Declared
from harness.rules.collected import Group, finding, groups_of
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import cut, incomplete, no_policy, told
from harness.timeline.timeline import Segment

FIX: Final = "Name the kind, the purpose and who collects it in the policy, or stop collecting it."


@rule(
    id="PB-S01",
    title="Data collected that the policy does not list",
    title_zh="收集了政策未写明的信息",
    fix_zh="在隐私政策中写明种类、目的和收集方，或停止收集。",
    severity="high",
    scenarios=["SC05", "SC08", "SC09"],
    reads_policy=True,
    gates=["hooks", "proxy", "canaries"],
    clauses=[
        "CVERC-05", "CVERC-12", "CN191-2.1", "CN191-3.3", "CN191-3.9", "PIPL-7", "PIPL-14", "PIPL-17", "NDSR-21",
        "NDSR-22", "MIIT164-1", "MIIT337-1", "TC202A-2.1", "TC202A-3.4", "TC202A-3.10", "TC203A-2.1",
        "TC203A-2.7", "SPEC2025-1", "GDPR-5", "GDPR-13", "GPLAY-DS", "CSL-41", "MIITN-03",
    ],
)  # fmt: skip
def not_declared(run: Segment, profile: Profile) -> Iterator[Said]:
    """A kind of personal data was obtained or sent that no document of the app names in particular or in
    general."""
    groups = groups_of(run, run.own_calls(obtained=True), run.carrying)
    if not groups:
        yield Absent("No personal data was obtained or sent.", "未获取或发送个人信息。")
        return
    declared = told(run)
    if declared is None:
        yield no_policy()
        return
    partly = incomplete(run)
    for group in groups:
        gap = _gap(declared, group)
        if gap is None:
            continue
        if not gap.hard:
            nearest = f" ({cut(gap.sentence.text)!r})" if gap.sentence is not None else ""
            yield Doubt(
                f"{gap.says}{nearest} Whether that tells the user is for a person.",
                f"{gap.says_zh}是否足以告知需人工判断。",
                [event.id for event in group.events],
            )
        elif partly is None or gap.kind == "kind_denied":
            left, left_zh = (
                ("denied by the policy", "政策称不收集") if gap.kind == "kind_denied" else NOT_NAMED
            )
            yield finding(run, group, _when(run, left), _when_zh(run, left_zh), FIX)
    if partly is not None:
        yield partly


NOT_NAMED: Final = ("not named by the policy", "政策未写明")


def _gap(declared: Declared, group: Group) -> Gap | None:
    """What no document says of the kind, whoever took it; an SDK's own entry is enough for what it took."""
    if group.actor.sdk and any(group.data_type in one.kinds for one in entries_of(declared, group.actor.sdk)):
        return None
    taker = group.actor if group.actor.kind == "unknown" else Actor(kind="app", name="app")
    return next(iter(compare(declared, [Observed(group.data_type, taker)])), None)


def _when(run: Segment, left: str) -> Callable[[Event], str]:
    return lambda event: f"{run.lead_or_into(event)}, {left}"


def _when_zh(run: Segment, left: str) -> Callable[[Event], str]:
    return lambda event: f"{run.lead_or_into_zh(event)}（{left}）"
