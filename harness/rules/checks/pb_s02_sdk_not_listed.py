"""PB-S02: an SDK collects without being listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from harness.model.event import Event
from harness.policy.compare import Observed, compare
from harness.rules.collected import finding, groups_of
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import cut, incomplete, no_policy, told
from harness.timeline.timeline import Segment

FIX: Final = "List the SDK with its company, data, purpose and link, or take it out."


@rule(
    id="PB-S02",
    title="An SDK collects without being listed",
    title_zh="SDK收集但政策或清单未列出",
    fix_zh="在清单中列出该SDK的公司、信息、目的和链接，或移除该SDK。",
    severity="high",
    scenarios=["SC05", "SC08", "SC09"],
    reads_policy=True,
    gates=["hooks", "proxy"],
    clauses=[
        "CVERC-05", "CN191-2.1", "NDSR-21", "MIIT164-1", "MIIT164-2", "MIIT292-1", "MIIT292-2", "MIIT26-SDK",
        "TC202A-2.1", "TC203A-2.1", "SPEC2025-2", "CACN-01", "DRAFT26-SDK", "GB41391-6.6", "GB43435-6.1",
        "GB35273-9.7", "TC205A-4.1", "CNIL24-1", "MIITN-01", "MIITN-09", "MPSN-02",
    ],
)  # fmt: skip
def sdk_not_listed(run: Segment, profile: Profile) -> Iterator[Said]:
    """An SDK of the catalogue obtained or sent personal data and no document names it or its company, or names
    it with other data than it took."""
    reads = run.own_calls(obtained=True).where(lambda read: read.actor.kind == "sdk")
    groups = [one for one in groups_of(run, reads, run.carrying) if one.actor.kind == "sdk"]
    if not groups:
        yield Absent(
            "No SDK of the catalogue obtained or sent personal data.", "未见已知SDK获取或发送个人信息。"
        )
        return
    declared = told(run)
    if declared is None:
        yield no_policy()
        return
    partly = incomplete(run)
    for group in groups:
        by_stack = bool(group.reads)
        gap = next(iter(compare(declared, [Observed(group.data_type, group.actor)])), None)
        if gap is None:
            continue
        if gap.hard and by_stack and partly is None:
            left, left_zh = LEFT.get(gap.kind, LEFT["sdk_kind_not_told"])
            yield finding(run, group, _when(run, left), _when_zh(run, left_zh), FIX)
        elif not by_stack:
            yield Doubt(
                f"{gap.says} By its host only, {group.actor.name} was sent data; the app itself may have sent it: a "
                "stack settles it.",
                f"{gap.says_zh}仅凭域名判断，也可能由应用自身发送：调用栈可确认。",
                [event.id for event in group.events],
            )
        else:
            nearest = f" ({cut(gap.sentence.text)!r})" if gap.sentence is not None else ""
            yield Doubt(
                f"{gap.says}{nearest} Whether that tells the user is for a person.",
                f"{gap.says_zh}是否足以告知需人工判断。",
                [event.id for event in group.events],
            )
    if partly is not None:
        yield partly


LEFT: Final = {
    "sdk_not_listed": ("not listed", "未列入清单"),
    "sdk_kind_not_told": ("listed without it", "清单未列此项"),
}


def _when(run: Segment, left: str) -> Callable[[Event], str]:
    return lambda event: f"{run.lead_or_into(event)}, {left}"


def _when_zh(run: Segment, left: str) -> Callable[[Event], str]:
    return lambda event: f"{run.lead_or_into_zh(event)}（{left}）"
