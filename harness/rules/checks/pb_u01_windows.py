"""PB-U01: windows that cannot be closed, or that jump on a shake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Screen
from harness.rules.fact import fact, into, into_zh
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.surfaces import REFUSE, is_permission, shown_ms
from harness.timeline.timeline import Segment

FIX: Final = (
    "Give every window a close button of fair size, and leave the app only when the user taps for it."
)
CLOSING: Final = REFUSE | {"skip", "acknowledge", "dismiss", "confirm"}
SYSTEM: Final = (
    "android",
    "com.android.",
    "com.google.android.",
    "com.miui.home",
    "com.huawei.android.launcher",
)
BROWSERS: Final = ("com.android.browser", "com.android.chrome", "com.android.vending")
"""Named like parts of the system, and what an advertisement leads to."""
NEAR_MS: Final = 5000


@rule(
    id="PB-U01",
    title="Windows that cannot be closed or that jump on a shake",
    title_zh="弹窗关不掉、摇一摇乱跳转",
    fix_zh="每个窗口设置大小合适的关闭按钮，仅在用户点击时跳转。",
    severity="low",
    scenarios=["SC01", "SC05"],
    gates=["hooks", "screen"],
    clauses=["MIIT26-4", "TAF078-7", "SPEC2025-1", "MIITN-01", "MIITN-08", "MIIT164-7", "MIIT164-8"],
)
def windows(run: Segment, profile: Profile) -> Iterator[Said]:
    """Another app came to the front although nobody had tapped for it, or a window of the app offered no way to
    close it and the back key did not help."""
    before: Screen | None = None
    for screen in run.screens:
        if before is not None and before.package == run.package and _jumped(run, screen):
            yield from _jump(run, before, screen, profile)
        before = screen
    for screen in run.screens:
        if screen.screen_kind == "negative" and not any(one.role in CLOSING for one in screen.elements):
            yield from _stuck(run, screen, profile)


def _jumped(run: Segment, screen: Screen) -> bool:
    """Another app or a browser, not the system and not the home screen, which is shown when an app ends."""
    package = screen.package
    is_system = (
        (package.startswith(SYSTEM) and not package.startswith(BROWSERS))
        or "launcher" in package
        or is_permission(screen)
        or not package
    )
    return package != run.package and not is_system


def _jump(run: Segment, before: Screen, screen: Screen, profile: Profile) -> Iterator[Said]:
    within = profile.limits.trigger_s * 1000
    tapped = any(
        tap.point is not None and 0 <= screen.t_hi - tap.t_lo <= within + NEAR_MS for tap in run.taps
    )
    moved = [one for one in run.acts if one.act == "motion" and 0 <= screen.t_hi - one.t_lo <= NEAR_MS]
    if moved:
        yield Doubt(
            f"Moving the phone ({moved[-1].text}) led to {screen.package}: which motion is too slight is set by an "
            "industry standard whose numbers are not known here; a person decides.",
            f"晃动手机（{moved[-1].text}）跳转到{screen.package}：动作幅度是否过小需人工判断。",
            [moved[-1].id, screen.id],
        )
    elif not tapped:
        yield fact(
            run, [before, screen], f"The app led to {screen.package} although nobody had tapped for it",
            f"用户未操作即跳转到{screen.package}", what=f"jump to {screen.package}", what_zh=f"跳转到{screen.package}",
            when=into(run, screen), when_zh=into_zh(run, screen), fix=FIX,
        )  # fmt: skip


def _stuck(run: Segment, screen: Screen, profile: Profile) -> Iterator[Said]:
    stays = shown_ms(run, screen) >= profile.limits.windows_s * 1000 * min(1.0, run.pace)
    backs = [tap for tap in run.taps if tap.role == "back" and tap.t_lo >= screen.t_lo]
    if not stays or any(tap.changed for tap in backs):
        return
    if backs:
        yield fact(
            run, [screen, *backs], "A window offers no way to close it and the back key does not help",
            "弹窗没有关闭按钮，返回键也无法关闭", what="window cannot be closed", what_zh="弹窗无法关闭",
            when=into(run, screen), when_zh=into_zh(run, screen), fix=FIX,
        )  # fmt: skip
    else:
        yield Doubt(
            "A window shows no close or skip button; whether the back key closes it was not tried: "
            "its screenshot and a "
            "try by hand settle it.",
            "弹窗未见关闭或跳过按钮；未尝试返回键：查看截图并人工尝试可确认。",
            [screen.id],
        )
