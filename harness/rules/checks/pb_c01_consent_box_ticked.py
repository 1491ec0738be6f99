"""PB-C01: a consent box ticked by default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Screen
from harness.model.result import Finding
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import consent_screens, covers_policy
from harness.timeline.timeline import Segment

FIX: Final = "Leave the box unticked until the user ticks it."


@rule(
    id="PB-C01",
    title="Consent box ticked by default",
    title_zh="同意框默认勾选",
    fix_zh="同意框默认不勾选，由用户自行勾选。",
    severity="high",
    scenarios=["SC01", "SC02"],
    gates=["screen"],
    clauses=[
        "CVERC-09", "CN191-3.4", "MIIT164-1", "MIIT26-9", "TC202A-3.5", "TC203A-2.2", "PIPL-14", "GDPR-4.11",
        "GDPR-7",
    ],
)  # fmt: skip
def consent_box_ticked(run: Segment, profile: Profile) -> Iterator[Said]:
    """A box that stands for consent was ticked at its first appearance, before anything was touched."""
    screens = consent_screens(run)
    if not screens:
        yield Absent("No screen asked for consent.", "没有出现征求同意的界面。")
        return
    touched = min((tap.t_lo for tap in run.taps), default=float("inf"))
    seen: set[str] = set()
    for screen in screens:
        boxes = [one for one in screen.elements if one.role == "checkbox" and covers_policy(one)]
        for box in boxes:
            if box.text in seen:
                continue
            seen.add(box.text)
            if screen.t_hi >= touched:
                continue
            if box.checked is None:
                yield from _drawn(run, screen, box.text)
            elif box.checked:
                yield _finding(screen, box.text, run)
        if not boxes and _implicit(screen):
            words = next(one.text for one in screen.elements if one.role == "agree_implicit")
            yield Doubt(
                f"Consent is only implied by going on ({words[:80]!r}), with no box: TC202A 3.5 allows it when link "
                "and logic are spelled out; reading the stored screen by a person settles it.",
                f"仅以继续操作视为同意（“{words[:80]}”）且没有勾选框：TC202A 3.5在链接与逻辑说明清楚时允许，"
                "需人工阅读。",
                [screen.id],
            )


def _drawn(run: Segment, screen: Screen, label: str) -> Iterator[Said]:
    """A box that the app draws itself: its picture, and how it changed when it was touched."""
    looks = _looks_ticked(screen, label)
    if looks is False:
        return
    after = [
        later
        for tap in run.taps
        if tap.role == "checkbox" and tap.text == label and tap.t_lo > screen.t_hi
        for later in run.screens
        if later.t_lo >= tap.t_lo
    ]
    if looks and any(_looks_ticked(later, label) is False for later in after):
        yield _finding(screen, label, run)
    elif looks:
        yield Doubt(
            f"The consent box {label!r} is drawn by the app and looks ticked at its first appearance: touching it "
            "once, or a look at its screenshot, settles it.",
            f"同意框“{label}”由应用自绘，首次出现时看起来已勾选：点击一次或查看截图可确认。",
            [screen.id],
        )
    else:
        yield Doubt(
            f"The state of the consent box {label!r} cannot be read: its screenshot settles it.",
            f"无法读取同意框“{label}”的状态：查看截图可确认。",
            [screen.id],
        )


def _looks_ticked(screen: Screen, label: str) -> bool | None:
    boxes = screen.design.boxes if screen.design is not None else []
    return next((box.looks_ticked for box in boxes if box.text == label[:300]), None)


def _implicit(screen: Screen) -> bool:
    roles = {one.role for one in screen.elements}
    return "agree_implicit" in roles and not roles & {"agree", "agree_login"}


def _finding(screen: Screen, label: str, run: Segment) -> Finding:
    return Finding(
        says=f"The consent box {label!r} was ticked when it first appeared, "
        f"before anything was touched ({run.id}).",
        says_zh=f"同意框“{label}”首次出现时、用户操作前已处于勾选状态（{run.id}）。",
        evidence=[screen.id],
        what="pre-ticked consent box",
        what_zh="同意框默认勾选",
        when="at its first appearance",
        when_zh="首次出现时",
        fix=FIX,
    )
