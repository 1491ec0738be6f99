"""PB-N05: changed rules, or new data, without a new notice after an update."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import NAMES, DataType
from harness.model.event import Event, Flow
from harness.rules.collected import finding, groups_of
from harness.rules.fact import fact, since, since_zh
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import asks
from harness.timeline.consent import NEVER, Moment
from harness.timeline.timeline import Segment

FIX: Final = "Show the changed rules and ask again before anything new is collected."


@rule(
    id="PB-N05",
    title="Changed rules or new data not notified after an update",
    title_zh="规则或收集范围变化后没有重新提示",
    fix_zh="展示变更后的规则，在收集新信息前再次征得同意。",
    severity="medium",
    scenarios=["SC17"],
    gates=["hooks", "screen", "clock"],
    clauses=["CN191-2.2", "PIPL-14", "PIPL-17", "NDSR-22", "TC202A-2.2", "TC203A-2.1"],
    rests_on_order=True,
)
def change_not_notified(run: Segment, profile: Profile) -> Iterator[Said]:
    """After the upgrade a kind of data, a reader or a recipient appeared that the old version did not have,
    certainly before the changed rules were shown."""
    upgraded = run.act("upgraded")
    if not upgraded.came:
        yield Absent("The app was not upgraded in this run.", "本次未进行版本升级。")
        return
    reads = run.own_calls(obtained=True)
    flows = run.carrying
    old = {_triple(group.data_type, group.actor.name, group.flows) for group in groups_of(
        run, reads.before(upgraded), flows.before(upgraded))}  # fmt: skip
    fresh = [
        group
        for group in groups_of(run, reads.after(upgraded), flows.after(upgraded))
        if _triple(group.data_type, group.actor.name, group.flows) not in old
    ]
    shown = next((Moment.of(one) for one in run.screens.after(upgraded) if asks(one)), NEVER)
    early = [group for group in fresh if shown.is_after(group.events[0])]
    for group in early:
        yield finding(
            run, group, lambda event: since(upgraded, "the upgrade", event) + ", with no new notice before",
            lambda event: since_zh(upgraded, "升级", event) + "未重新提示", FIX,
        )  # fmt: skip
    if fresh and not early and not all(shown.is_before(group.events[0]) for group in fresh):
        names = ", ".join(NAMES[group.data_type][0] for group in fresh)
        yield Doubt(
            f"New after the upgrade, about when the notice came: {names}. A run that leaves the notice up settles it.",
            "升级后新增的收集与重新提示的时刻重叠：让提示保持不动再测可确认。",
            [event.id for group in fresh for event in group.events],
        )
    texts = {one.version: one.text for one in run.documents if one.document == "policy" and one.version}
    if len(texts) < 2:
        if not early:
            yield Doubt(
                "The policy of both versions was not read, so a change of the rules cannot be told: opening it "
                "before and after the upgrade settles it.",
                "未取得升级前后的政策文本，无法判断规则是否变化：升级前后各打开一次可确认。",
            )
    elif _plain(texts["old"]) != _plain(texts["new"]) and not shown.came:
        evidence: list[Event] = [one for one in run.documents if one.version]
        yield fact(
            run, evidence, "The text of the policy changed with the upgrade and no notice was shown",
            "升级后隐私政策文本有变化但未重新提示", what="changed policy", what_zh="政策变化未提示", fix=FIX,
        )  # fmt: skip


def _triple(data_type: DataType, actor: str, flows: list[Flow]) -> tuple[str, str, tuple[str, ...]]:
    return data_type, actor, tuple(sorted({flow.host for flow in flows}))


def _plain(text: str) -> str:
    return "".join(text.split())
