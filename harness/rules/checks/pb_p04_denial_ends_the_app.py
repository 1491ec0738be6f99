"""PB-P04: the app exits, loops or blocks when a permission is denied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Event, Permission
from harness.rules.fact import fact, since, since_zh
from harness.rules.features import denials, group_of, is_triggered, named
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import is_content, is_permission
from harness.timeline.consent import Moment
from harness.timeline.timeline import Segment

FIX: Final = "Go on without the permission; switch off only the feature that needs it."


@rule(
    id="PB-P04",
    title="App exits, loops or blocks login when a permission is denied",
    title_zh="拒绝权限后退出、循环弹窗或不能登录",
    fix_zh="无该权限时继续运行，仅停用需要它的功能。",
    severity="high",
    scenarios=["SC06", "SC07"],
    gates=["screen", "walk"],
    clauses=[
        "CN191-4.2", "MIIT337-5", "MIIT164-5", "TC204A-3.2e", "CVERC-15", "PIPL-16", "TAF078-4", "TC202A-3.9",
        "NEC39-0", "SPEC2025-1", "MIITN-01", "MIITN-04",
    ],
)  # fmt: skip
def denial_ends_the_app(run: Segment, profile: Profile) -> Iterator[Said]:
    """Shortly after a denial the app was gone, asked for the same permission over and over, or showed nothing
    else any more, although the feature in use does not need it."""
    denied = denials(run)
    if not denied:
        yield Absent("No permission was denied.", "没有拒绝任何权限。")
    for group, event in denied:
        came, came_zh, evidence = _outcome(run, group, event, profile)
        if not came:
            continue
        asked = [
            one for one in run.permissions if one.action == "requested" and group_of(one.permission) == group
        ]
        needed = any(is_triggered(run, one, group, profile.limits.trigger_s) for one in [*asked, event])
        if needed or came == "showed nothing that could be read":
            yield Doubt(
                f"After {named([group])} was denied the app {came}"
                + (", but a feature that needs it had just been opened" if needed else "")
                + ": trying the other features by hand settles it.",
                f"拒绝{named([group], zh=True)}权限后应用{came_zh}"
                + ("，但刚打开的功能需要该权限" if needed else "")
                + "：人工尝试其他功能可确认。",
                [event.id, *(one.id for one in evidence)],
            )
            continue
        moment = Moment.of(event)
        first = evidence[0] if evidence else event
        yield fact(
            run, [event, *evidence], f"After {named([group])} was denied the app {came}",
            f"拒绝{named([group], zh=True)}权限后应用{came_zh}",
            what=f"denied {named([group])}: {came}", what_zh=f"拒绝{named([group], zh=True)}：{came_zh}",
            when=since(moment, "the denial", first), when_zh=since_zh(moment, "拒绝", first), fix=FIX,
        )  # fmt: skip


def _outcome(run: Segment, group: str, denied: Permission, profile: Profile) -> tuple[str, str, list[Event]]:
    """What the app did, in both languages, with what shows it; empty when it went on."""
    until = denied.t_hi + profile.limits.denial_s * 1000
    left: list[Event] = [
        one
        for one in run.processes
        if one.action == "death" and one.process == run.package and denied.t_lo < one.t_hi and one.t_lo <= until
        and f"stop {run.package}" not in one.cause
    ]  # fmt: skip
    if left:
        return "quit", "退出", left
    again: list[Event] = [
        one
        for one in run.permissions
        if one.action == "requested" and group_of(one.permission) == group
        and denied.t_lo < one.t_hi and one.t_lo <= until
    ]  # fmt: skip
    if len(again) >= profile.limits.loop_prompts - 1:
        return "asked for it again and again", "反复弹出同一申请", again
    later = [one for one in run.screens if one.t_lo > denied.t_hi]
    shown = [one for one in later if not is_permission(one)]
    if shown and not any(is_content(one, run.package) for one in shown):
        if all(one.screen_kind == "unknown" for one in shown):
            return "showed nothing that could be read", "的界面无法识别", list(shown[-1:])
        return "let nothing else be done", "无法继续使用", list(shown[-1:])
    return "", "", []
