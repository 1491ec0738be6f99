"""PB-C04: bundled consent or bundled permissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from harness.model.event import Event, Permission
from harness.rules.fact import fact, into, into_zh
from harness.rules.features import ONE_PURPOSE, group_of, is_triggered, named, requests
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.surfaces import is_content, is_permission
from harness.timeline.timeline import Segment

FIX: Final = "Target a current Android version and ask for each permission alone, when its feature is opened."
SCENARIOS: Final = ("SC01", "SC05", "SC06")
RUNTIME_PERMISSIONS: Final = 23
"""Below this target Android grants all permissions with the installation."""


@dataclass(frozen=True, slots=True)
class _Bundle:
    groups: tuple[str, ...]
    events: tuple[Permission, ...]


@rule(
    id="PB-C04",
    title="Bundled consent or bundled permissions",
    title_zh="捆绑同意、一次性索取多个权限",
    fix_zh="适配当前Android版本，在用户打开相应功能时逐项申请权限。",
    severity="medium",
    scenarios=SCENARIOS,
    gates=["hooks", "screen"],
    clauses=[
        "CN191-4.6", "CN191-4.5", "CN191-4.3", "TC202A-4.3", "TC203A-2.4", "TC204A-3.1", "MIIT26-10", "MIIT26-8",
        "MIIT164-5", "CVERC-15", "MIITN-04", "GDPR-7",
    ],
)  # fmt: skip
def bundled(run: Segment, profile: Profile) -> Iterator[Said]:
    """The app targets an Android that grants everything at once, or asks for permissions of two groups in one
    go with no feature behind it, and stops when they are denied."""
    begins: list[Event] = [*run.steps[:1]] or [*run.events[:1]]
    first = next((one.id for one in run.whole.segments if one.id in SCENARIOS), run.id)
    if run.whole.facts.app.target_sdk < RUNTIME_PERMISSIONS and run.id == first:
        yield fact(
            run, begins,
            f"The app targets Android API {run.whole.facts.app.target_sdk}, so installing it grants all its "
            "permissions at once",
            f"应用目标版本为API {run.whole.facts.app.target_sdk}，安装即授予全部权限",
            what=f"target API below {RUNTIME_PERMISSIONS}", what_zh="目标版本低于23", fix=FIX,
        )  # fmt: skip
    for bundle in _bundles(run, profile):
        blocked = _blocked(run, bundle, profile)
        groups, groups_zh = named(bundle.groups), named(bundle.groups, zh=True)
        if blocked:
            yield fact(
                run, [*bundle.events, *blocked],
                f"Asked for {groups} in one go with no feature behind it, and stopped when they were denied",
                f"无功能触发一次性索取{groups_zh}权限，拒绝后无法继续使用",
                what=f"bundle: {groups}", what_zh=f"捆绑索权：{groups_zh}", when=into(run, bundle.events[0]),
                when_zh=into_zh(run, bundle.events[0]), actor=bundle.events[0].actor, fix=FIX,
            )  # fmt: skip
        else:
            yield Doubt(
                f"Asked for {groups} in one go with no feature behind it. Whether the app can be used without them "
                "was not shown: denying each of them (SC06) settles it; PB-P02 looks at the missing feature.",
                f"无功能触发一次性索取{groups_zh}权限；拒绝后能否继续使用未知：逐一拒绝（SC06）可确认。",
                [one.id for one in bundle.events],
            )


def _bundles(run: Segment, profile: Profile) -> Iterator[_Bundle]:
    """Requests close together with no tap between them."""
    gap_ms = profile.limits.bundle_gap_s * 1000
    together: list[Permission] = []
    for event in [*requests(run), None]:
        if event is not None and (not together or _joined(run, together[-1], event, gap_ms)):
            together.append(event)
            continue
        groups = tuple(dict.fromkeys(group for one in together if (group := group_of(one.permission))))
        free = [one for one in groups if not is_triggered(run, together[0], one, profile.limits.trigger_s)]
        if len(free) >= 2 and frozenset(free) not in ONE_PURPOSE:
            yield _Bundle(groups, tuple(together))
        together = [event] if event is not None else []


def _joined(run: Segment, before: Permission, event: Permission, gap_ms: float) -> bool:
    if event.t_lo - before.t_hi > gap_ms:
        return False
    return not any(
        before.t_hi < tap.t_lo and tap.t_hi < event.t_lo and tap.role not in ALLOWING for tap in run.taps
    )


ALLOWING: Final = frozenset({
    "allow", "allow_once", "allow_foreground", "allow_always", "allow_limited", "deny", "deny_dont_ask",
})  # fmt: skip
"""Answers to a permission window: they are no wish for a feature."""


def _blocked(run: Segment, bundle: _Bundle, profile: Profile) -> Sequence[Event]:
    """What shows that the app stopped after a denial: it left, or never came back to its content."""
    denied = [
        one
        for one in run.permissions
        if one.action == "denied"
        and group_of(one.permission) in bundle.groups
        and one.t_hi > bundle.events[0].t_lo
    ]
    if not denied:
        return ()
    last = denied[-1]
    until = last.t_hi + profile.limits.denial_s * 1000
    left = [
        one
        for one in run.processes
        if one.action == "death" and one.process == run.package and last.t_lo < one.t_hi and one.t_lo <= until
        and f"stop {run.package}" not in one.cause
    ]  # fmt: skip
    later = [one for one in run.screens if one.t_lo > last.t_hi]
    walled = bool(later) and not any(is_content(one, run.package) for one in later)
    return (
        [*denied, *left, *(later[-1:] if walled and not is_permission(later[-1]) else [])]
        if left or walled
        else ()
    )
