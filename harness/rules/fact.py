"""A finding about what was on the screen or was not there: everything but data that was read or sent."""

from __future__ import annotations

from collections.abc import Iterable

from harness.model.event import Actor, Event
from harness.model.result import Finding, Grade
from harness.rules.collected import actor_id, actor_name, actor_name_zh
from harness.timeline.consent import Moment
from harness.timeline.timeline import Segment


def fact(
    run: Segment,
    evidence: Iterable[Event],
    says: str,
    says_zh: str,
    *,
    what: str,
    what_zh: str,
    fix: str,
    when: str = "",
    when_zh: str = "",
    grade: Grade | None = None,
    actor: Actor | None = None,
) -> Finding:
    """`says` and `says_zh` are sentences without their full stop; the scenario is added. Without `when` the
    cell names the scenario."""
    return Finding(
        says=f"{says} ({run.id}).",
        says_zh=f"{says_zh}（{run.id}）。",
        evidence=[event.id for event in evidence],
        grade=grade,
        what=what,
        what_zh=what_zh,
        when=when or f"in {run.id}",
        when_zh=when_zh or f"{run.id}中",
        actor_id=actor_id(actor) if actor else "",
        actor=actor_name(actor) if actor else "",
        actor_zh=actor_name_zh(actor) if actor else "",
        fix=fix,
    )


def since(moment: Moment, what: str, event: Event) -> str:
    """ "3.2 s after the user agreed" for what is certainly later; else that it is not certain."""
    if moment.is_before(event):
        return f"{(event.t_lo - moment.hi) / 1000:.1f} s after {what}"
    return f"about when {what.removeprefix('the ')}" if moment.came else "with no answer given"


def since_zh(moment: Moment, what_zh: str, event: Event) -> str:
    if moment.is_before(event):
        return f"{what_zh}{(event.t_lo - moment.hi) / 1000:.1f}秒后"
    return f"{what_zh}前后" if moment.came else "未作答时"


def into(run: Segment, event: Event) -> str:
    """ "12.0 s into SC05"."""
    return f"{max(0.0, event.t_lo - run.begin.hi) / 1000:.1f} s into {run.id}"


def into_zh(run: Segment, event: Event) -> str:
    return f"{run.id}开始{max(0.0, event.t_lo - run.begin.hi) / 1000:.1f}秒后"
