"""PB-P06: data obtained although the permission is denied."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Final

from harness.model.data_type import DataType
from harness.model.event import ApiCall, Event, Flow
from harness.rules.collected import finding, groups_of
from harness.rules.fact import since, since_zh
from harness.rules.features import NAMES, OTHER_ROADS, denials
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.timeline.consent import Moment
from harness.timeline.timeline import Segment, counted

FIX: Final = "Take the denial for the data, not for one call: read it by no other road either."


@rule(
    id="PB-P06",
    title="Data obtained although the permission is denied",
    title_zh="权限被拒仍取得该类信息",
    fix_zh="拒绝即拒绝该信息：不得通过其他途径读取。",
    severity="high",
    scenarios=["SC06", "SC07"],
    gates=["hooks", "proxy", "canaries"],
    clauses=["CN191-3.2", "TC202A-3.2", "TC203A-2.5", "PIPL-13", "PIPL-44", "GPLAY-PERM"],
    rests_on_order=True,
)
def data_despite_denial(run: Segment, profile: Profile) -> Iterator[Said]:
    """After a denial, data of the kind that it withholds was obtained by another road, or sent."""
    denied = denials(run)
    if not denied:
        yield Absent("No permission was denied.", "没有拒绝任何权限。")
    for group, event in denied:
        moment = Moment.of(event)
        kinds = frozenset(OTHER_ROADS.get(group, ()))
        reads = run.own_calls(obtained=True).where(functools.partial(_is_of, kinds))
        late = reads.after(moment)
        digests = {digest for read in reads.before(moment) for digest in read.value_digests}
        flows = run.carrying.where(functools.partial(_carries, kinds, digests))
        what, what_zh = f"{NAMES[group][0]} was denied", f"{NAMES[group][1]}权限被拒"
        for found in groups_of(run, late, flows.after(moment)):
            if found.data_type in kinds:
                start = found.events[0]
                when, when_zh = since(moment, what, start), since_zh(moment, what_zh, start)
                yield finding(run, found, _always(when), _always(when_zh), FIX)
        around = [*reads.straddling(moment), *flows.straddling(moment)]
        if around:
            yield Doubt(
                f"{counted(len(around), 'event')} with such data straddling the denial prove nothing: a run that "
                "waits after the denial settles it.",
                f"{len(around)}个相关事件与拒绝时刻重叠，不能证明先后：拒绝后等待再测可确认。",
                [one.id for one in around],
            )
    if denied:
        first = min((Moment.of(event) for _, event in denied), key=lambda one: one.hi)
        yield from unreadable(run, lambda one: not first.is_after(one), "after the denial", "拒绝权限后")


def _is_of(kinds: frozenset[DataType], read: ApiCall) -> bool:
    return read.data_type in kinds


def _carries(kinds: frozenset[DataType], known: set[str], flow: Flow) -> bool:
    """A value of the kinds that was not read before the denial: what was had then may leave later."""
    return any(one.data_type in kinds and one.value_digest not in known for one in flow.found)


def _always(words: str) -> Callable[[Event], str]:
    return lambda event: words
