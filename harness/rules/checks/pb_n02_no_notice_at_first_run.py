"""PB-N02: no prominent policy notice at first run."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from harness.model.event import Permission, Screen
from harness.model.result import Finding
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.surfaces import WITH_LINK, consent_screens, is_content, is_permission, shown_ms
from harness.timeline.timeline import Segment

STABLE_MS: Final = 10_000
"""A splash or an ad passes sooner; ours, no text sets it."""
FIX: Final = (
    "Show the policy in a dialog or a full page at first start, before any other content or permission."
)


@rule(
    id="PB-N02",
    title="No prominent policy notice at first run",
    title_zh="首次运行没有弹窗等明显提示",
    fix_zh="首次启动时，在其他内容和权限之前以弹窗或整页展示隐私政策。",
    severity="high",
    scenarios=["SC01"],
    gates=["screen", "walk"],
    clauses=[
        "CVERC-02", "CN191-1.2", "PIPL-17", "TC202A-1.2", "TC203A-2.2", "MIIT164-1", "DRAFT26-NOTICE",
        "TAF078-6", "CHILD-9", "GPLAY-PDC",
    ],
)  # fmt: skip
def no_notice_at_first_run(run: Segment, profile: Profile) -> Iterator[Said]:
    """Usable content, or a permission window, was on the screen before any prominent notice of the rules."""
    notice = next(iter(consent_screens(run)), None)
    early = list(itertools.takewhile(lambda screen: screen is not notice, run.screens))
    content = [screen for screen in early if is_content(screen, run.package)]
    stable = next((screen for screen in content if shown_ms(run, screen) >= STABLE_MS), None)
    permission = next((screen for screen in early if is_permission(screen)), None)
    if permission is not None and not _only_notifications(run):
        yield _finding(
            permission, "a permission window came before any notice", "权限弹窗先于隐私政策提示出现", run
        )
    elif stable is not None:
        seconds = shown_ms(run, stable) / 1000
        before = "and no notice followed" if notice is None else "before the notice came"
        yield _finding(
            stable,
            f"the app's content stayed on the screen for {seconds:.0f} s {before}",
            f"未出现隐私政策提示即展示应用内容{seconds:.0f}秒",
            run,
        )
    elif notice is not None and _out_of_sight(notice):
        yield Doubt(
            "The only notice is a link on the log-in page, and it is seen after scrolling only: whether that is "
            "prominent is for a person.",
            "唯一的提示是登录页上的链接，且滚动后才可见：是否属于明显提示需人工判断。",
            [notice.id],
        )
    elif notice is None:
        yield Doubt(
            "No notice was seen, but no content stayed on the screen for 10 s either (a splash that "
            "does not end, or a screen that cannot be read): a look at the screenshots, or a longer run, "
            "settles it.",
            "未见隐私政策提示，但也没有内容稳定展示满10秒（启动页未结束或界面无法识别）：查看截图或延长观察可确认。",
            [screen.id for screen in run.screens],
        )


def _finding(screen: Screen, what: str, what_zh: str, run: Segment) -> Finding:
    return Finding(
        says=f"At first start {what} ({run.id}).",
        says_zh=f"首次启动时，{what_zh}（{run.id}）。",
        evidence=[screen.id],
        what="no notice at first run",
        what_zh="首次运行无提示",
        when="at first start",
        when_zh="首次启动时",
        fix=FIX,
    )


def _out_of_sight(notice: Screen) -> bool:
    return (
        notice.screen_kind in WITH_LINK and notice.design is not None and notice.design.link_in_view is False
    )


def _only_notifications(run: Segment) -> bool:
    asked = [event.permission for event in run.of(Permission) if event.action == "requested"]
    return bool(asked) and all(name == "android.permission.POST_NOTIFICATIONS" for name in asked)
