"""PB-P05: a permission prompted for again after a denial."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.rules.fact import fact, since, since_zh
from harness.rules.features import (
    asks_for,
    denials,
    group_of,
    is_triggered,
    named,
    requests,
    texts_of,
    window_of,
)
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Note, Said, rule
from harness.timeline.consent import Moment
from harness.timeline.timeline import Segment, capital, counted

FIX: Final = "Remember the denial; ask again only when the user opens the feature."


@rule(
    id="PB-P05",
    title="Permission prompted again after denial (48 hours, every relaunch)",
    title_zh="拒绝后频繁再次索权（48小时、每次重启）",
    fix_zh="记住用户的拒绝，仅在用户打开该功能时再次申请。",
    severity="high",
    scenarios=["SC07"],
    gates=["hooks", "screen", "walk"],
    clauses=[
        "CN191-3.2", "MIIT337-6", "MIIT164-5", "TC202A-3.3", "TC203A-2.4", "TC204A-3.2f", "NDSR-22", "TAF078-4",
        "DRAFT26-FREQASK", "MIITN-01", "MIITN-04",
    ],
    relaunches=6,
)  # fmt: skip
def permission_asked_again(run: Segment, profile: Profile) -> Iterator[Said]:
    """Within 48 hours of a denial the same permission was prompted for at least twice, or at every one of three
    starts, with no feature opened that needs it."""
    denied = denials(run)
    if not denied:
        yield Absent("No permission was denied.", "没有拒绝任何权限。")
    for group, event in denied:
        moment = Moment.of(event)
        again = [
            one
            for one in requests(run).after(moment)
            if group_of(one.permission) == group
            and not is_triggered(run, one, group, profile.limits.trigger_s)
        ]
        visible = [(one, window) for one in again if (window := window_of(run, one)) is not None]
        silent = [one for one in again if window_of(run, one) is None]
        own = [
            one
            for one in run.screens.after(moment)
            if one.package == run.package and one.screen_kind == "permission_rationale"
            and asks_for(group, " ".join(texts_of([one])))
        ]  # fmt: skip
        prompts = len(visible) + len(own)
        starts = [
            step for step in run.steps.after(moment) if step.step.startswith("relaunch") and step.confirmed
        ]
        each = len(starts) >= profile.limits.relaunches and prompts >= len(starts)
        if prompts >= profile.limits.prompts or each:
            shown = [*(one for one, _ in visible), *own]
            yield fact(
                run, [event, *shown, *(window for _, window in visible)],
                f"{capital(named([group]))} was prompted for {counted(prompts, 'time')} more after the denial, "
                f"with no feature opened, in {counted(len(starts), 'start')}",
                f"拒绝后未打开相关功能又弹出{named([group], zh=True)}权限申请{prompts}次（{len(starts)}次启动）",
                what=f"asked again: {named([group])}", what_zh=f"再次索权：{named([group], zh=True)}",
                when=since(moment, "the denial", shown[0]), when_zh=since_zh(moment, "拒绝", shown[0]), fix=FIX,
            )  # fmt: skip
        elif prompts:
            yield Note(
                f"{capital(named([group]))} was prompted for once more, which is allowed within 48 hours.",
                f"{named([group], zh=True)}权限又申请一次，未超过48小时内一次的限度。",
            )
        elif silent:
            yield Doubt(
                f"{capital(named([group]))} was requested {counted(len(silent), 'time')} more without any window, "
                "since the system denied it by itself: an older Android, which shows it, settles it.",
                f"又申请{named([group], zh=True)}权限{len(silent)}次但系统未弹窗：在会弹窗的较低版本系统上重测可确认。",
                [one.id for one in silent],
            )
