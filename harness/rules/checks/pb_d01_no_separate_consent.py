"""PB-D01: sensitive personal information without separate consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Screen
from harness.rules.collected import Group, finding, groups_of
from harness.rules.features import NAMES, asks_for, group_of, purpose, texts_of
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import AGREE, is_permission
from harness.timeline.timeline import Segment

FIX: Final = "Ask for this kind alone, with its necessity and effect, before it is read."
SENSITIVE: Final = {"location": "location", "sms": "sms", "call_log": "call_log", "camera": "camera"}
"""Kinds that a device can show, with the permission group that opens them. Faces are PB-D02's."""
GENERAL: Final = frozenset({"privacy_popup", "privacy_popup_basic_mode", "login_agreement_dialog", "login"})
"""Screens that ask for consent to everything at once."""


@rule(
    id="PB-D01",
    title="Sensitive personal information without separate consent",
    title_zh="敏感个人信息没有单独同意",
    fix_zh="读取前就此类信息单独征得同意，并说明必要性和影响。",
    severity="high",
    scenarios=["SC08", "SC18"],
    gates=["hooks", "screen", "clock"],
    clauses=[
        "CVERC-21", "PIPL-28", "PIPL-29", "PIPL-30", "NDSR-22", "CN191-2.3", "GDPR-9", "GB42574-9", "CCPA-121",
        "CNIL24-3", "GB35273-5.4",
    ],
    rests_on_order=True,
)  # fmt: skip
def no_separate_consent(run: Segment, profile: Profile) -> Iterator[Said]:
    """Sensitive data (a track of locations, messages, calls) were obtained or sent and nothing had asked for
    them alone: no dialog of the app and no permission window with a purpose."""
    reads = run.own_calls(obtained=True).where(
        lambda one: one.data_type in SENSITIVE and one.data_type != "camera"
    )
    groups = [one for one in groups_of(run, reads, run.carrying) if one.data_type in SENSITIVE]
    if not groups:
        yield Absent("No sensitive data were obtained or sent.", "未获取或发送敏感个人信息。")
    for group in groups:
        kind = SENSITIVE[group.data_type]
        fixes = len(group.reads)
        if kind == "location" and fixes < profile.limits.precise_fixes and not group.flows:
            yield Doubt(
                f"Only {fixes} locations were read, which is no track: a longer tour settles it.",
                f"仅读取{fixes}次位置，尚不构成行踪轨迹：延长遍历可确认。",
                [event.id for event in group.events],
            )
        elif not _asked_alone(run, group, kind):
            yield from _by_window(run, group, kind, profile)


def _asked_alone(run: Segment, group: Group, kind: str) -> bool:
    """A screen of the app about this kind, agreed to certainly before the first event. The first question names
    many kinds; one that asks after it was agreed to is a question of its own."""
    first = group.events[0]
    agreeing = [tap for tap in run.taps if tap.role in AGREE]
    for screen in run.screens:
        roles = {one.role for one in screen.elements}
        about = asks_for(kind, " ".join(texts_of([screen])))
        is_first = not any(tap.t_hi <= screen.t_hi for tap in agreeing)
        if screen.package != run.package or not roles & AGREE or not about:
            continue
        if screen.screen_kind in GENERAL and is_first:
            continue
        if any(screen.t_hi < tap.t_hi and tap.t_hi < first.t_lo for tap in agreeing):
            return True
    return False


def _by_window(run: Segment, group: Group, kind: str, profile: Profile) -> Iterator[Said]:
    first = group.events[0]
    windows: list[Screen] = [
        one for one in run.screens
        if is_permission(one) and one.t_hi < first.t_lo
        and (asks_for(kind, " ".join(texts_of([one]))) or any(
            group_of(asked.permission) == kind and abs(asked.t_lo - one.t_lo) < 3000 for asked in run.permissions))
    ]  # fmt: skip
    around = [
        one
        for one in run.screens
        if any(0 <= w.t_hi - one.t_lo <= profile.limits.purpose_s * 1000 for w in windows)
    ]
    told = purpose(kind, texts_of([*around, *windows]))
    if windows and told and profile.permission_is_consent:
        return
    if windows and told:
        yield Doubt(
            f"For {NAMES[kind][0]} there was a permission window with a purpose, and no consent of "
            "its own: whether that "
            "is separate consent is disputed; a person decides.",
            f"{NAMES[kind][1]}仅有权限窗口及目的说明，没有单独同意：是否足够存在争议，需人工判断。",
            [one.id for one in windows],
        )
    else:
        yield finding(run, group, run.lead_or_into, run.lead_or_into_zh, FIX)
