"""PB-C05: consent asked again and again after a refusal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.event import Screen
from harness.rules.fact import fact
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Note, Said, rule
from harness.rules.surfaces import SECOND_CHANCE, asks, is_content
from harness.timeline.timeline import Segment, counted

FIX: Final = "Remember the refusal; ask again only when the user opens what needs consent."


@rule(
    id="PB-C05",
    title="Consent asked again and again after refusal",
    title_zh="拒绝后反复征求同意",
    fix_zh="记住用户的拒绝，仅在用户打开需要同意的功能时再次询问。",
    severity="medium",
    scenarios=["SC03", "SC04", "SC07"],
    gates=["screen", "walk"],
    clauses=["CN191-3.2", "NDSR-22", "TC202A-3.3", "DRAFT26-FREQASK", "GB35273-5.3"],
    relaunches=3,
)
def asked_again(run: Segment, profile: Profile) -> Iterator[Said]:
    """After the refusal the same question came up at least twice, or at every one of three starts, without the
    user having opened anything."""
    if not run.refusal.came:
        if run.consent.came:
            yield Absent("The user agreed here, so nothing was refused.", "本场景中用户已同意，无拒绝。")
        elif run.asked.came:
            yield Doubt(
                "Consent was asked, but no refusal was made: refusing by hand settles it.",
                "已征求同意但未能作出拒绝：人工拒绝后再测可确认。",
            )
        else:
            yield Absent("No consent was asked, so nothing could be refused.", "未征求同意，无从拒绝。")
        return
    again = _again(run, profile)
    starts = [step for step in run.steps if step.step.startswith("relaunch") and step.confirmed]
    at_start = [step for step in starts if any(step.t_lo <= one.t_hi for one in again)]
    limits = profile.limits
    if not again:
        return
    if not _usable(run):
        yield Doubt(
            f"The question came {counted(len(again), 'time')} more, but the app lets nobody in without an answer, "
            "so it was never settled; PB-C03 decides about that.",
            f"拒绝后又询问{len(again)}次，但应用不作答即不可使用，由PB-C03判定。",
            [one.id for one in again],
        )
    elif len(again) >= limits.prompts or (len(starts) >= limits.relaunches and len(at_start) == len(starts)):
        yield fact(
            run, again,
            f"Consent was asked {counted(len(again), 'time')} more after the refusal, "
            f"in {counted(len(starts), 'start')}",
            f"拒绝后在{len(starts)}次启动中又征求同意{len(again)}次",
            what="asked again after refusal", what_zh="拒绝后反复征求同意", fix=FIX,
        )  # fmt: skip
    else:
        yield Note(
            f"Consent was asked once more after the refusal, which is allowed within 48 hours ({run.id}).",
            f"拒绝后又征求同意一次，未超过48小时内一次的限度（{run.id}）。",
            [one.id for one in again],
        )


def _again(run: Segment, profile: Profile) -> Sequence[Screen]:
    """Questions certainly after the refusal that no tap opened. A second chance right after the refusal is part
    of that refusal's dialogue."""
    found: list[Screen] = []
    for screen in run.screens.after(run.refusal):
        if screen.screen_kind in SECOND_CHANCE or not asks(screen):
            continue
        opened = any(
            0 <= screen.t_hi - tap.t_lo <= profile.limits.trigger_s * 1000 and tap.role not in REFUSING
            for tap in run.taps
        )
        if not opened:
            found.append(screen)
    return found


REFUSING: Final = frozenset(
    {"refuse", "refuse_exit", "exit", "later", "close", "cancel", "back", "basic_mode"}
)


def _usable(run: Segment) -> bool:
    """Whether the app let the user stay in its content after the refusal, in some start. What only passes before
    the question, or before the app quits, such as a splash, lets nobody in."""
    starts = [step.t_lo for step in run.steps if step.step.startswith("relaunch")]
    for begin, end in itertools.pairwise([run.refusal.hi, *starts, run.end.hi]):
        shown = run.screens.where(lambda one, lo=begin, hi=end: lo < one.t_lo < hi)  # type: ignore[misc]
        if shown and is_content(shown[len(shown) - 1], run.package) and not _left(run, begin, end):
            return True
    return False


def _left(run: Segment, begin: float, end: float) -> bool:
    """The app went by itself; a stop by the harness comes with the next start."""
    return any(
        one.action == "death" and one.process == run.package and begin < one.t_lo and one.t_hi < end
        and f"stop {run.package}" not in one.cause
        for one in run.processes
    )  # fmt: skip
