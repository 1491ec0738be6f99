"""PB-C03: the app quits or blocks everything when the policy is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from harness.model.event import Event, Process, Screen
from harness.model.result import Finding
from harness.rules.app_types import AppType, app_types
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import REFUSE, SECOND_CHANCE, asks, is_content, is_permission
from harness.timeline.timeline import Events, Segment

EXIT_MS: Final = 10_000
"""An app that leaves later than this did not leave because of the refusal; ours, no text sets it."""
FIX: Final = "Offer a mode with the functions that need no personal data when the user refuses."

Ending = Literal["exit", "wall", "crash", "goes_on", "unknown"]


@dataclass(frozen=True, slots=True)
class _Round:
    """What followed the last refusal between two starts of the app."""

    ending: Ending
    reminded: bool
    """Whether the app asked again after a first refusal."""
    evidence: tuple[str, ...]


@rule(
    id="PB-C03",
    title="App quits or blocks everything when the policy is refused",
    title_zh="拒绝隐私政策后退出或完全不能用",
    fix_zh="用户拒绝时提供无需个人信息的功能模式。",
    severity="high",
    scenarios=["SC03", "SC04"],
    gates=["screen", "walk"],
    clauses=[
        "CN191-4.2", "PIPL-16", "NEC39-0", "NEC39-NONE", "TC202A-4.2", "TC202A-3.9", "MINOR-32", "MIIT26-8",
        "GDPR-7", "CVERC-15", "GB35273-5.3",
    ],
)  # fmt: skip
def refusal_ends_the_app(run: Segment, profile: Profile) -> Iterator[Said]:
    """After the refusal, and the refusals of every second question, the app was gone or let nothing else
    be done."""
    if not run.refusal.came:
        yield _not_refused(run)
        return
    rounds = list(_rounds(run))
    worst = next(
        (one for kind in ("exit", "wall", "crash", "unknown") for one in rounds if one.ending == kind), None
    )
    if worst is None:
        return
    kind = app_types().get(run.whole.facts.app_type or "")
    match worst.ending:
        case "crash":
            yield Doubt(
                "The app crashed after the refusal: whether it also does without one settles it.",
                "拒绝后应用崩溃：确认未拒绝时是否同样崩溃可判断。",
                worst.evidence,
            )
        case "exit" | "wall" if profile.exit_on_refusal == "violation" or (kind and kind.needs_nothing):
            yield _finding(run, worst)
        case "exit" | "wall":
            yield _for_a_person(worst, kind)
        case _:
            yield Doubt(
                "What the app did after the refusal could not be told from its screens: the screenshots "
                "settle it.",
                "无法从界面判断拒绝后的状态：查看截图可确认。",
                worst.evidence,
            )


def _not_refused(run: Segment) -> Said:
    if run.asked.came:
        return Doubt(
            "Consent was asked, but no refusal was made: refusing by hand settles it.",
            "已征求同意但未能作出拒绝：人工拒绝后再测可确认。",
        )
    return Absent("No consent was asked, so nothing could be refused.", "未征求同意，无从拒绝。")


def _rounds(run: Segment) -> Iterator[_Round]:
    starts = [step.t_lo for step in run.steps if step.step.startswith("relaunch")]
    refusing = [tap for tap in run.taps if tap.role in REFUSE or (tap.role == "back" and tap.changed)]
    for begin, end in itertools.pairwise([run.begin.lo, *starts, run.end.hi]):
        taps = [tap for tap in refusing if begin <= tap.t_lo < end]
        if taps:
            yield _round(run, taps[0], taps[-1], end)


def _round(run: Segment, first: Event, last: Event, end: float) -> _Round:
    deaths = run.processes.where(
        lambda event: (
            event.process == run.package
            and event.action == "death"
            and last.t_lo <= event.t_hi
            and event.t_lo <= last.t_hi + EXIT_MS
            # What ends with the harness's own forced stop proves nothing; an app cannot end itself that way.
            and event.t_hi < end
            and f"stop {run.package}" not in event.cause
        )
    )
    screens = run.screens.where(lambda screen: first.t_lo <= screen.t_hi and screen.t_lo < end)
    later = [screen for screen in screens if screen.t_hi > last.t_lo]
    # A screen that the tap brought appears between the look before the tap and the look after it.
    reminded = any(
        screen.screen_kind in SECOND_CHANCE or asks(screen) for screen in screens if screen.t_hi > first.t_hi
    )
    evidence = (last.id, *deaths.ids, *(screen.id for screen in later))
    return _Round(_ending(run, last, deaths, later), reminded, evidence)


def _ending(run: Segment, last: Event, deaths: Events[Process], later: list[Screen]) -> Ending:
    if any("crash" in death.cause.lower() for death in deaths):
        return "crash"
    if deaths:
        return "exit"
    shown = [screen for screen in later if not is_permission(screen)]
    if not shown:
        return "unknown"
    final = shown[-1]
    if final.package != run.package:
        return "exit" if final.t_lo <= last.t_hi + EXIT_MS else "unknown"
    if asks(final) or final.screen_kind in SECOND_CHANCE:
        return "wall"
    return "goes_on" if is_content(final, run.package) else "unknown"


def _for_a_person(worst: _Round, kind: AppType | None) -> Doubt:
    what, what_zh = (
        ("quit", "退出") if worst.ending == "exit" else ("let nothing else be done", "无法继续使用")
    )
    after = " after a second reminder" if worst.reminded else " at the first refusal"
    after_zh = "再次提示后" if worst.reminded else "首次拒绝后即"
    if kind is not None:
        needs = "、".join(kind.necessary_zh)
        return Doubt(
            f"The app {what}{after}. The basic function of its type ({kind.title}) may need some personal data, so "
            "whether it could work without is for a person; profile cn-strict counts it.",
            f"应用{after_zh}{what_zh}。“{kind.title_zh}”的基本功能可能需要{needs}，能否不提供即使用需人工判断；cn-strict口径下计为违规。",
            worst.evidence,
        )
    return Doubt(
        f"The app {what}{after}. Whether its basic function may need personal data (PIPL Art. 16) "
        "depends on the type of app, which is not known here: naming the type settles it; profile "
        "cn-strict counts it.",
        f"应用{after_zh}{what_zh}。其基本功能是否必须个人信息（个人信息保护法第十六条）取决于应用类型，此处未知："
        "明确应用类型可确认；cn-strict口径下计为违规。",
        worst.evidence,
    )


def _finding(run: Segment, worst: _Round) -> Finding:
    what, what_zh = (
        ("quit", "退出") if worst.ending == "exit" else ("let nothing else be done", "无法继续使用")
    )
    after = "after a second reminder" if worst.reminded else "at the first refusal"
    return Finding(
        says=f"The app {what} {after} ({run.id}).",
        says_zh=f"用户拒绝后应用{what_zh}（{run.id}）。",
        evidence=list(worst.evidence),
        what="no use without consent",
        what_zh="不同意即无法使用",
        when=after,
        when_zh="再次提示后" if worst.reminded else "首次拒绝后",
        fix=FIX,
    )
