"""PB-T03: a permission was requested before consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Event, Permission, Screen
from harness.model.result import Finding
from harness.rules.collected import actor_id, actor_name, actor_name_zh
from harness.rules.permissions import COLLECTING
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Note, Said, rule
from harness.rules.surfaces import is_permission
from harness.timeline.timeline import Events, Segment, capital, counted, said

FIX: Final = "Ask for a permission only after the user agreed, when a feature needs it."


@rule(
    id="PB-T03",
    title="Permission requested before consent",
    title_zh="同意前申请权限",
    fix_zh="用户同意后、功能需要时再申请权限。",
    severity="high",
    scenarios=["SC01", "SC02"],
    also=["SC03", "SC05"],
    gates=["hooks", "screen", "clock"],
    clauses=["CVERC-08", "CN191-3.1", "TC202A-3.1", "TC203A-2.5", "MIIT164-5", "TC204A-3.1"],
    rests_on_order=True,
)
def permission_before_consent(run: Segment, profile: Profile) -> Iterator[Said]:
    """A permission that opens personal data was requested before the user had answered, its window shown
    or not."""
    requests = run.permissions.where(
        lambda event: event.action == "requested" and event.permission in COLLECTING
    )
    early = requests.before(run.answer)
    for group in early.grouped(lambda event: (event.actor.kind, event.actor.name)):
        yield _finding(run, group)
    windows = run.screens.where(is_permission).before(run.answer)
    if windows and not early:
        yield from _window_alone(run, windows)
    straddling = requests.straddling(run.answer)
    if straddling and not early:
        yield Doubt(
            f"{counted(len(straddling), 'permission request')} straddling the answer, "
            "proving nothing: a run that leaves the dialog up settles it.",
            f"{len(straddling)}次权限申请与用户作答时刻重叠，不能证明先后：让弹窗保持不动再测可确认。",
            straddling.ids,
        )


def _window_alone(run: Segment, windows: Events[Screen]) -> Iterator[Said]:
    asked = run.permissions.where(lambda event: event.action == "requested").before(run.answer)
    if asked:
        yield Note(
            "Only permissions that open no personal data were requested before the answer.",
            "作答前仅申请了不涉及个人信息的权限。",
            asked.ids,
        )
        return
    yield Doubt(
        "A permission window was on the screen before the answer, but no request of the app was seen: "
        "the system or the maker of the phone may have shown it; its screenshot settles it.",
        "作答前出现权限窗口，但未见应用发出申请：可能由系统或厂商弹出，查看截图可确认。",
        windows.ids,
    )


def _finding(run: Segment, group: Events[Permission]) -> Finding:
    first: Event = group[0]
    actor = group[0].actor
    names = [event.permission.removeprefix("android.permission.") for event in group]
    return Finding(
        says=f"{capital(actor_name(actor))} requested {said(names)}, {run.lead(first)} ({run.id}).",
        says_zh=f"{run.lead_zh(first)}，{actor_name_zh(actor)}申请了{said(names, zh=True)}权限（{run.id}）。",
        evidence=group.ids,
        what="permission " + said(names),
        actor_id=actor_id(actor),
        what_zh="权限 " + said(names, zh=True),
        actor=actor_name(actor),
        actor_zh=actor_name_zh(actor),
        when=run.lead(first),
        when_zh=run.lead_zh(first),
        fix=FIX,
    )
