"""PB-P07: the app resets privacy settings or permission states."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from harness.model.event import Control
from harness.rules.fact import fact
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.timeline.timeline import Segment, said

FIX: Final = "Keep what the user set over updates and restarts."
SWITCHES: Final = frozenset({"personal_ads", "personal_content", "withdraw", "collection"})


@rule(
    id="PB-P07",
    title="App resets privacy settings or permission states",
    title_zh="擅自改变用户设置的权限或隐私开关",
    fix_zh="更新和重启后保持用户的设置。",
    severity="medium",
    scenarios=["SC07", "SC17"],
    gates=["screen"],
    clauses=["CN191-3.5", "TC202A-3.6", "MIIT26-10", "TC204A-4.2"],
)
def settings_reset(run: Segment, profile: Profile) -> Iterator[Said]:
    """A privacy switch that was off is on again after an upgrade or a restart, and nobody turned it on."""
    seen: dict[tuple[str, str], list[Control]] = {}
    for one in run.controls:
        if one.topic in SWITCHES and one.state is not None:
            seen.setdefault((one.topic, one.text), []).append(one)
    twice = {key: states for key, states in seen.items() if len(states) > 1}
    for (topic, text), states in twice.items():
        for before, after in itertools.pairwise(states):
            touched = any(
                # The look that shows it off may be the one that ended the touch which turned it off.
                tap.text == text and before.t_hi < tap.t_hi and tap.t_lo <= after.t_hi
                for tap in run.taps
            )
            if before.state is False and after.state is True and not touched:
                name = text or topic
                yield fact(
                    run, [before, after], f"The switch {name!r} was off and is on again, and nobody turned it on",
                    f"开关“{name}”在用户关闭后被重新打开", what=f"switch reset: {name}",
                    what_zh=f"开关被重置：{name}", fix=FIX,
                )  # fmt: skip
    granted = [
        one for one in run.permissions if one.action == "granted" and not _allowed(run, one.t_lo, one.t_hi)
    ]
    if granted:
        yield Doubt(
            f"Granted without an answer of the user that was seen: {said(one.permission for one in granted)}. The "
            "system or its maker may have done it: the settings page settles it.",
            f"未见用户操作即被授予：{said((one.permission for one in granted), zh=True)}。"
            "可能由系统或厂商授予：查看设置可确认。",
            [one.id for one in granted],
        )
    if not twice:
        yield Doubt(
            "No privacy switch was looked at twice, so a reset could not show: looking at the settings before and "
            "after settles it.",
            "没有对隐私开关作前后两次查看，无法发现重置：前后各查看一次设置可确认。",
        )


def _allowed(run: Segment, lo: float, hi: float) -> bool:
    return any(
        tap.role.startswith("allow") and tap.t_lo <= hi and lo - tap.t_hi <= 15_000 for tap in run.taps
    )
