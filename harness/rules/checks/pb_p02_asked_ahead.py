"""PB-P02: a permission asked for ahead of any feature that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Permission
from harness.rules.app_types import app_types
from harness.rules.fact import fact, into, into_zh
from harness.rules.features import GUARDED, group_of, is_triggered, named, requests, trigger
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.timeline.timeline import Segment, capital

FIX: Final = "Ask when the user opens the feature that needs the permission."


@rule(
    id="PB-P02",
    title="Permission asked ahead of any feature that uses it",
    title_zh="没有触发功能就提前索权",
    fix_zh="在用户打开需要该权限的功能时再申请。",
    severity="medium",
    scenarios=["SC05", "SC06"],
    gates=["hooks", "screen", "walk"],
    clauses=[
        "MIIT164-5", "MIIT337-7", "TC203A-2.3", "TC204A-3.1", "MIIT26-10", "DRAFT26-PERM", "TAF078-4",
        "GPLAY-PERM", "MIITN-04",
    ],
)  # fmt: skip
def asked_ahead(run: Segment, profile: Profile) -> Iterator[Said]:
    """A permission was requested although nobody had opened a feature, and nothing that needs it followed."""
    kind = app_types().get(run.whole.facts.app_type or "")
    seen: set[str] = set()
    for event in requests(run).after(run.consent):
        group = group_of(event.permission)
        if group is None or group in seen or is_triggered(run, event, group, profile.limits.trigger_s):
            continue
        seen.add(group)
        touched = trigger(run, event, profile.limits.trigger_s)
        wanted = kind is not None and group in kind.features
        if touched is not None and touched.role not in AGREEING and touched.text:
            yield Doubt(
                f"{capital(named([group]))} was asked for right after {touched.text!r} was tapped; whether that "
                "feature needs it is for a person.",
                f"点击“{touched.text}”后索取{named([group], zh=True)}权限；该功能是否需要此权限需人工判断。",
                [event.id, touched.id],
            )
        elif wanted or _used(run, event, group, profile):
            why = (
                f"apps of type {kind.title} plainly use it"
                if wanted and kind
                else "code that needs it ran after it"
            )
            yield Doubt(
                f"{capital(named([group]))} was asked for with no feature opened, but {why}: whether it had to "
                "be asked for at once is for a person.",
                f"未打开功能即索取{named([group], zh=True)}权限，但其后确有使用或该类应用通常需要："
                "是否必须立即索取需人工判断。",
                [event.id],
            )
        else:
            yield fact(
                run, [event],
                f"Asked for {named([group])} with no feature opened, and used nothing that needs it in the next "
                f"{profile.limits.used_within_s:g} s",
                f"未打开任何功能即索取{named([group], zh=True)}权限，其后{profile.limits.used_within_s:g}秒内未使用",
                what=f"asked ahead: {named([group])}", what_zh=f"提前索权：{named([group], zh=True)}",
                when=into(run, event), when_zh=into_zh(run, event), actor=event.actor, fix=FIX,
            )  # fmt: skip


AGREEING: Final = frozenset({"agree", "agree_login", "agree_implicit", "acknowledge", "confirm"})


def _used(run: Segment, event: Permission, group: str, profile: Profile) -> bool:
    until = event.t_hi + profile.limits.used_within_s * 1000
    return any(event.t_lo <= read.t_hi and read.t_lo <= until for read in run.reads(*GUARDED[group]))
