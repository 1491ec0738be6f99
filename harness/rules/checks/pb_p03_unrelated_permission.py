"""PB-P03: a permission that has nothing to do with the app's functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Permission
from harness.rules.app_types import AppType, app_types
from harness.rules.fact import fact, into, into_zh
from harness.rules.features import GUARDED, asks_for, group_of, named, requests, texts_of
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Note, Said, rule
from harness.rules.told import told
from harness.timeline.timeline import Segment, capital

FIX: Final = "Remove the permission from the manifest and from the SDK that brings it in."


@rule(
    id="PB-P03",
    title="Permission unrelated to the app's functions",
    title_zh="申请与功能无关的权限",
    fix_zh="从清单文件及引入它的SDK中移除该权限。",
    severity="medium",
    scenarios=["SC06", "SC08"],
    gates=["hooks", "walk"],
    clauses=[
        "CN191-4.1", "CVERC-13", "CVERC-10", "TC202A-4.1", "TC204A-3.1", "TC204A-5.11", "PIPL-6", "GB41391-6.5",
        "GPLAY-PERM", "MIIT337-7", "TAF078-4", "MIITN-03",
    ],
)  # fmt: skip
def unrelated_permission(run: Segment, profile: Profile) -> Iterator[Said]:
    """A requested permission is used by no code, served by no feature on the screens, named by no policy, and
    its type of app has no use for it."""
    kind = app_types().get(run.whole.facts.app_type or "")
    first: dict[str, Permission] = {}
    for event in requests(run):
        group = group_of(event.permission)
        if group is not None:
            first.setdefault(group, event)
    yield from _only_declared(run, set(first))
    if not first:
        yield Absent("No permission for personal data was requested.", "未申请涉及个人信息的权限。")
    for group, event in first.items():
        if run.reads(*GUARDED[group]) or _on_screen(run, group):
            continue
        if kind is not None and group not in kind.features and not _in_policy(run, group):
            yield fact(
                run, [event],
                f"Requested {named([group])}, which nothing seen in the tour uses, no policy names and an app of "
                f"type {kind.title} does not need",
                f"申请{named([group], zh=True)}权限，遍历中未见使用，政策未提及，{kind.title_zh}应用亦不需要",
                what=f"unrelated: {named([group])}", what_zh=f"与功能无关：{named([group], zh=True)}",
                when=into(run, event), when_zh=into_zh(run, event), actor=event.actor, fix=FIX,
            )  # fmt: skip
        else:
            yield _unsettled(event, group, kind)


def _unsettled(event: Permission, group: str, kind: AppType | None) -> Doubt:
    settles = "naming the app's type (--app-type)" if kind is None else "opening the feature that needs it"
    settles_zh = "指定应用类型（--app-type）" if kind is None else "打开需要该权限的功能"
    return Doubt(
        f"{capital(named([group]))} was requested and not used in the tour; {settles} settles whether the app "
        "needs it.",
        f"申请了{named([group], zh=True)}权限但遍历中未见使用；{settles_zh}可确认。",
        [event.id],
    )


def _only_declared(run: Segment, asked: set[str]) -> Iterator[Said]:
    declared = {group for name in run.whole.facts.app.permissions if (group := group_of(name))}
    left = sorted(declared - asked)
    if left:
        yield Note(
            f"Declared in the manifest but never requested here: {named(left)}.",
            f"清单中声明但本次未申请：{named(left, zh=True)}。",
        )


def _on_screen(run: Segment, group: str) -> bool:
    own = [screen for screen in run.screens if screen.package == run.package]
    opened = [act.text for act in run.acts if act.act == "opened_feature"] + [tap.text for tap in run.taps]
    return any(asks_for(group, text) for text in [*texts_of(own), *opened])


def _in_policy(run: Segment, group: str) -> bool:
    declared = told(run)
    return declared is not None and any(kind in declared.kinds for kind in GUARDED[group])
