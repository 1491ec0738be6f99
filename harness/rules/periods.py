"""When the app was in the background, and when it was in front and nobody touched it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harness.model.event import Event, Process
from harness.rules.profile import Limits
from harness.timeline.timeline import Segment


@dataclass(frozen=True, slots=True)
class Period:
    kind: Literal["background", "idle"]
    lo: float
    """What begins later than this is certainly in it."""
    hi: float

    def holds(self, event: Event) -> bool:
        return event.t_lo > self.lo and event.t_hi < self.hi

    def touches(self, event: Event) -> bool:
        """It may lie in it."""
        return event.t_hi >= self.lo and event.t_lo <= self.hi


def periods(run: Segment, limits: Limits) -> list[Period]:
    """In order. An app whose switch to the background was not seen has no background here."""
    return sorted([*_background(run, limits), *_idle(run, limits)], key=lambda one: one.lo)


def _background(run: Segment, limits: Limits) -> list[Period]:
    found: list[Period] = []
    moves = [
        one for one in run.processes if one.action in ("foreground", "background", "death") and _own(run, one)
    ]
    for number, move in enumerate(moves):
        if move.action != "background":
            continue
        after = next((one for one in moves[number + 1 :] if one.action != "background"), None)
        end = after.t_lo if after is not None else min(run.end.lo, _last(run))
        lo = move.t_hi + limits.background_grace_s * 1000 * min(1.0, run.pace)
        if end > lo:
            found.append(Period("background", lo, end))
    return found


def _idle(run: Segment, limits: Limits) -> list[Period]:
    """While watching only, in front, so long after the last tap that nothing answers it any more."""
    found: list[Period] = []
    away = _background(run, limits)
    for step in run.steps:
        if not step.step.startswith("observe"):
            continue
        touched = max((tap.t_hi for tap in run.taps if tap.t_lo < step.t_hi), default=step.t_lo)
        lo = max(step.t_lo, touched + limits.idle_after_s * 1000 * min(1.0, run.pace))
        behind = any(one.lo < step.t_hi and step.t_lo < one.hi for one in away)
        if lo < step.t_hi and not behind:
            found.append(Period("idle", lo, step.t_hi))
    return found


def _own(run: Segment, event: Process) -> bool:
    return event.process == run.package


def _last(run: Segment) -> float:
    return max((event.t_hi for event in run.steps), default=run.begin.hi)
