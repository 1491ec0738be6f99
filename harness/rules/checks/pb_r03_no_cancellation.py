"""PB-R03: no account cancellation, unreasonable conditions, or data flowing after log-out or cancellation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.rules.collected import finding, groups_of
from harness.rules.fact import fact, since, since_zh
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import cut, told
from harness.timeline.timeline import Segment, said

FIX: Final = (
    "Offer cancellation in the app, ask for nothing new, answer within 15 working days, and "
    "send nothing after."
)
UNREASONABLE: Final = frozenset({
    "id_photo", "id_number", "bank_card", "face", "history", "empty_balance", "linked_apps", "phone_call", "letter",
})  # fmt: skip
"""Demands that registration did not make; what registration used is told by `collection` controls."""
TIED: Final = frozenset({"phone_number", "accounts"})
"""Kinds that stay the person's after the account is gone."""


@rule(
    id="PB-R03",
    title="No account cancellation, unreasonable conditions, or data still flowing after logout or cancellation",
    title_zh="无法注销、条件不合理，或退出、注销后仍收集",
    fix_zh="在应用内提供注销，不增加要求，15个工作日内答复，此后不再发送。",
    severity="high",
    scenarios=["SC12", "SC15", "SC16"],
    gates=["hooks", "proxy", "screen", "walk"],
    clauses=[
        "CVERC-16", "CN191-6.1", "CN191-6.2", "CN191-6.3", "CN191-6.4", "PIPL-45", "PIPL-46", "PIPL-47",
        "PIPL-50", "NDSR-23", "NDSR-24", "MIIT337-8", "TC202A-6.1", "TC202A-6.2", "TC203A-2.9", "TC203A-2.10",
        "GB35273-8.5", "DRAFT26-DEL", "GDPR-17", "CCPA-105", "GPLAY-DEL", "MINOR-34", "MIITN-13",
    ],
    rests_on_order=True,
)  # fmt: skip
def no_cancellation(run: Segment, profile: Profile) -> Iterator[Said]:
    """The app has accounts and no way to cancel one, demands more than registration did, promises more than 15
    working days, or sent what belongs to the account after it was left."""
    if run.id == "SC12":
        yield from _path(run, profile)
    else:
        yield from _after(run, profile)


def _path(run: Segment, profile: Profile) -> Iterator[Said]:
    ways = run.controls.where(lambda one: one.topic == "cancel_account")
    accounts = any(
        one.topic == "accounts" for segment in run.whole.segments for one in segment.controls
    ) or any(one.screen_kind.startswith("login") for segment in run.whole.segments for one in segment.screens)
    if not ways and not accounts:
        yield Absent("The app was not seen to offer accounts.", "未见应用提供账号。")
        return
    searches = run.crawls.where(lambda one: "cancel_account" in one.looked_for)
    if not ways and not searches.where(lambda one: one.complete):
        yield Doubt(
            "No way to cancel was found, but the settings were not searched in full (most apps show "
            "it after log-in): a "
            "search with a test account settles it.",
            "未找到注销入口，但未能完整遍历设置（多数应用登录后才显示）：用测试账号查找可确认。",
            searches.ids,
        )
    elif not ways:
        declared = told(run)
        sentences = declared.elements.get("cancel", ()) if declared is not None else ()
        if sentences:
            yield Doubt(
                f"No entry was found; the policy tells of a way ({cut(sentences[0].text)!r}): whether "
                "it works is for a "
                "person.",
                f"未找到入口；政策说明了途径（“{cut(sentences[0].text)}”）：是否可用需人工确认。",
            )
        else:
            yield fact(
                run, searches, "The app has accounts and neither it nor its policy offers to cancel one",
                "应用提供账号但没有注销途径", what="no account cancellation", what_zh="无法注销账号", fix=FIX,
            )  # fmt: skip
    given = {one for form in run.controls if form.topic == "collection" for one in form.demands}
    for way in ways:
        harsh = [one for one in way.demands if one in UNREASONABLE and one not in given]
        slow = way.days is not None and way.days > profile.limits.cancel_days
        if harsh or slow:
            what = f"demands {said(harsh)}" if harsh else f"promises {way.days} working days"
            what_zh = f"要求{said(harsh, zh=True)}" if harsh else f"承诺{way.days}个工作日"
            yield fact(
                run, [way], f"Cancelling the account {what}", f"注销账号{what_zh}", what=f"cancellation {what}",
                what_zh=f"注销{what_zh}", fix=FIX,
            )  # fmt: skip


def _after(run: Segment, profile: Profile) -> Iterator[Said]:
    cancelled = run.id == "SC16"
    moment = run.act("cancelled_account" if cancelled else "logged_out")
    what, what_zh = ("the cancellation", "注销") if cancelled else ("the log-out", "退出登录")
    if not moment.came:
        yield Absent(f"There was no {what.removeprefix('the ')} in this run.", f"本次未{what_zh}。")
        return
    grace = (
        (profile.limits.cancelled_grace_s if cancelled else profile.limits.withdrawal_grace_s)
        * 1000
        * min(1, run.pace)
    )
    reads, flows = run.own_calls(obtained=True), run.carrying
    groups = groups_of(run, reads.after(moment, grace), flows.after(moment, grace))
    tied = [one for one in groups if one.data_type in TIED]
    for group in tied:
        yield finding(
            run,
            group,
            lambda event: since(moment, what, event),
            lambda event: since_zh(moment, what_zh, event),
            FIX,
        )
    again = run.acts.after(moment).where(lambda one: one.act == "logged_in")
    if cancelled and again:
        yield fact(
            run, again, "The old account still logs in unchanged after its cancellation was confirmed",
            "注销成功后原账号仍可登录", what="account lives on", what_zh="注销无效",
            when=since(moment, what, again[0]), when_zh=since_zh(moment, what_zh, again[0]), fix=FIX,
        )  # fmt: skip
    others = [one for one in groups if one.data_type not in TIED]
    if others and not tied:
        yield Doubt(
            f"Identifiers of the device alone were read or sent after {what}: whether they stand for "
            "the old account is "
            "known to the operator.",
            f"{what_zh}后仅有设备标识被读取或发送：是否仍对应原账号需运营者说明。",
            [event.id for one in others for event in one.events],
        )
    near = [*reads.straddling(moment, grace), *flows.straddling(moment, grace)]
    if near and not groups:
        late = [one.id for one in near if not moment.is_after(one)]
        if late:
            yield Doubt(
                f"Events too close to {what}, or perhaps in flight: a longer watch settles it.",
                f"部分事件过于接近{what_zh}时刻：延长观察可确认。",
                late,
            )
    yield from unreadable(run, lambda one: not moment.is_after(one), f"after {what}", f"{what_zh}后")
