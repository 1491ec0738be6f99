"""PB-R01: no way to withdraw consent, or a withdrawal without effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Control
from harness.rules.collected import finding, groups_of
from harness.rules.fact import fact, since, since_zh
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import cut, told
from harness.timeline.timeline import Segment, counted

FIX: Final = (
    "Offer a switch that withdraws consent as easily as it was given, and stop at once when it is used."
)
WEAK_WAYS: Final = frozenset({"uninstall", "cancel_account", "system_settings"})


@rule(
    id="PB-R01",
    title="No way to withdraw consent, or withdrawal has no effect",
    title_zh="没有撤回同意的途径或撤回无效",
    fix_zh="提供与同意同样便捷的撤回开关，使用后立即停止收集。",
    severity="high",
    scenarios=["SC12", "SC13"],
    gates=["hooks", "proxy", "screen", "clock"],
    clauses=[
        "CVERC-17", "CN191-3.8", "PIPL-15", "PIPL-16", "PIPL-47", "NDSR-23", "TC202A-3.9", "GB35273-8.4",
        "GDPR-7.3", "CNIL24-2", "TC203A-2.5", "TC205A-4.2m",
    ],
    rests_on_order=True,
)  # fmt: skip
def no_withdrawal(run: Segment, profile: Profile) -> Iterator[Said]:
    """Neither the app nor its policy offers a way to withdraw, or data were obtained or sent certainly after
    the withdrawal."""
    if run.id == "SC12":
        yield from _path(run, profile)
    else:
        yield from _effect(run, profile)


def _path(run: Segment, profile: Profile) -> Iterator[Said]:
    ways = run.controls.where(lambda one: one.topic == "withdraw")
    searches = run.crawls.where(lambda one: "withdraw" in one.looked_for)
    declared = told(run)
    sentences = declared.elements.get("withdraw", ()) if declared is not None else ()
    if not ways:
        if not searches.where(lambda one: one.complete):
            yield Doubt(
                "No way to withdraw was found, but the settings were not searched in full: looking by hand settles it.",
                "未找到撤回途径，但未能完整遍历设置：人工查找可确认。",
                searches.ids,
            )
        elif sentences:
            yield Doubt(
                f"No switch was found; the policy tells of a way ({cut(sentences[0].text)!r}): "
                "whether it works is for a "
                "person.",
                f"未找到开关；政策说明了途径（“{cut(sentences[0].text)}”）：是否可用需人工确认。",
                searches.ids,
            )
        else:
            yield fact(
                run, searches, "Neither the app nor its policy offers a way to withdraw consent",
                "应用与政策均未提供撤回同意的途径", what="no way to withdraw", what_zh="没有撤回途径", fix=FIX,
            )  # fmt: skip
        return
    best = min(ways, key=lambda one: (_is_weak(one), one.taps if one.taps is not None else 99))
    if _is_weak(best):
        yield Doubt(
            f"Only {', '.join(best.offers)} is offered as withdrawal; TC202A 3.9 may accept cancelling the account for "
            "the whole consent: a person decides.",
            "仅以卸载、注销或系统设置作为撤回方式：是否可接受需人工判断（TC202A 3.9）。",
            [best.id],
        )
    elif profile.steps_must_be_equal and (
        set(best.offers) == {"email"} or (best.taps or 0) > GIVING_TAPS + 1
    ):
        what = (
            "goes by e-mail only"
            if set(best.offers) == {"email"}
            else f"takes {counted(best.taps or 0, 'tap')}"
        )
        yield fact(
            run, [best], f"Withdrawing {what}, giving took {counted(GIVING_TAPS, 'tap')}", "撤回同意比给予同意更难",
            what="withdrawing is harder", what_zh="撤回比同意更难", fix=FIX,
        )  # fmt: skip


GIVING_TAPS: Final = 1


def _is_weak(way: Control) -> bool:
    return bool(way.offers) and set(way.offers) <= WEAK_WAYS


def _effect(run: Segment, profile: Profile) -> Iterator[Said]:
    moment = run.act("withdrew")
    if not moment.came:
        yield Absent("Consent was not withdrawn in this run.", "本次未撤回同意。")
        return
    grace = profile.limits.withdrawal_grace_s * 1000
    reads, flows = run.own_calls(obtained=True), run.carrying
    for group in groups_of(run, reads.after(moment, grace), flows.after(moment, grace)):
        yield finding(
            run, group, lambda event: since(moment, "the withdrawal", event),
            lambda event: since_zh(moment, "撤回同意", event), FIX,
        )  # fmt: skip
    near = [*reads.straddling(moment, grace), *flows.straddling(moment, grace)]
    if near:
        yield Doubt(
            f"{counted(len(near), 'event')} too close to the withdrawal, or perhaps in flight: a "
            "longer watch settles it.",
            f"{len(near)}个事件过于接近撤回时刻或已在途：延长观察可确认。",
            [one.id for one in near],
        )
    yield from unreadable(run, lambda one: not moment.is_after(one), "after the withdrawal", "撤回同意后")
