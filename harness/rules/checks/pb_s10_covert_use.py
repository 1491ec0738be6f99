"""PB-S10: covert use of camera, microphone, screen, contacts or shared files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import NAMES
from harness.model.event import ApiCall
from harness.rules.collected import Group, finding, groups_of
from harness.rules.fact import into, into_zh
from harness.rules.features import asks_for, texts_of
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.timeline.timeline import Segment

FIX: Final = (
    "Open it only when the user starts the feature, show that it runs, and let it go when the screen is left."
)
GROUP_OF: Final = {
    "camera": "camera", "microphone": "microphone", "screen_capture": "camera", "media": "storage",
    "files": "storage", "contacts": "contacts", "sms": "sms", "call_log": "call_log",
}  # fmt: skip


@rule(
    id="PB-S10",
    title="Covert use of camera, microphone, screen, contacts or shared files",
    title_zh="隐蔽使用相机、麦克风、录屏、通讯录、公共存储",
    fix_zh="仅在用户启动功能时开启，显示其正在运行，离开界面后释放。",
    severity="high",
    scenarios=["SC08", "SC09", "SC10"],
    gates=["hooks", "screen", "canaries"],
    clauses=[
        "TC203A-2.5", "TC204A-4.2", "TC204A-5.3", "TC204A-5.4", "TC204A-5.6", "DRAFT26-CAM", "DRAFT26-CONTACTS",
        "DRAFT26-STORAGE", "PIPL-5", "PIPL-28", "TAF077-3", "TAF077-4", "TAF077-8", "TAF077-13",
    ],
)  # fmt: skip
def covert_use(run: Segment, profile: Profile) -> Iterator[Said]:
    """One of these was used with no tap that started it and nothing on the screen that showed it, went on after
    its screen was left, or gave more than the user had chosen."""
    uses = run.own_calls(obtained=True).where(lambda one: one.data_type in GROUP_OF)
    covert = uses.where(lambda one: not _started(run, one, profile) and not _visible(run, one))
    half = uses.where(lambda one: _started(run, one, profile) != _visible(run, one))
    carrying = run.carrying.where(lambda flow: any(one.data_type in GROUP_OF for one in flow.found))
    digests = {digest for use in covert for digest in use.value_digests}
    flows = carrying.where(lambda flow: any(one.value_digest in digests for one in flow.found))
    for group in groups_of(run, covert, flows):
        if group.data_type in GROUP_OF:
            yield finding(run, group, lambda event: into(run, event), lambda event: into_zh(run, event), FIX)
    hidden = set(covert.ids)
    for group in groups_of(
        run, uses.where(lambda one: one.id not in hidden), carrying.where(lambda _: False)
    ):
        yield from _too_long(run, group, profile)
    if half and not covert:
        kinds = dict.fromkeys(NAMES[one.data_type][0] for one in half)
        yield Doubt(
            f"Used either without a tap that started it or without anything that showed it: {', '.join(kinds)}. "
            "Whether the user could tell is for a person (voice wake-up, calls and pickers look so).",
            "缺少用户启动或界面提示之一：用户能否察觉需人工判断（语音唤醒、通话、选择器亦可能如此）。",
            half.ids,
        )


def _started(run: Segment, use: ApiCall, profile: Profile) -> bool:
    group = GROUP_OF[use.data_type]
    within = profile.limits.trigger_s * 1000
    taps = [
        tap
        for tap in run.taps
        if 0 <= use.t_hi - tap.t_lo <= within and (asks_for(group, tap.text) or not tap.text)
    ]
    acts = [
        act
        for act in run.acts
        if act.act in ("opened_feature", "chose") and 0 <= use.t_hi - act.t_lo <= within
    ]
    return bool(taps or acts)


def _visible(run: Segment, use: ApiCall) -> bool:
    """The app's screen at that time has words of the feature on it."""
    shown = [one for one in run.screens if one.t_lo <= use.t_hi]
    if not shown or shown[-1].package != run.package:
        return False
    return any(asks_for(GROUP_OF[use.data_type], text) for text in texts_of(shown[-1:]))


def _too_long(run: Segment, group: Group, profile: Profile) -> Iterator[Said]:
    """Camera and microphone: used again after their screen was left."""
    if group.data_type not in ("camera", "microphone", "screen_capture"):
        return
    lefts = [
        act for act in run.acts if act.act == "left_feature" and asks_for(GROUP_OF[group.data_type], act.text)
    ]
    for left in lefts:
        later = [one for one in group.reads if one.t_lo > left.t_hi + profile.limits.release_s * 1000]
        if later:
            still = Group(group.data_type, group.actor, later)
            yield finding(
                run, still, lambda event: into(run, event) + ", after its screen was left",
                lambda event: into_zh(run, event) + "（已离开界面）", FIX,
            )  # fmt: skip
            return
