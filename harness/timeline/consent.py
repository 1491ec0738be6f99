"""When the user answered: each answer is an interval that holds the true moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from harness.model.event import ConsentChanged, Event, Tap

AGREEING: Final = frozenset(
    {"agree", "agree_login", "agree_implicit", "acknowledge", "confirm", "login_submit", "one_key_login"}
)
"""Roles whose tap may be taken as agreement, so nothing after it is certainly before consent."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant lies in [lo, hi] (device boot milliseconds). NEVER: it did not come."""

    lo: float
    hi: float

    @property
    def came(self) -> bool:
        return self.lo != float("inf")

    def is_after(self, event: Event) -> bool:
        """The event certainly happened before this moment."""
        return event.t_hi < self.lo

    def is_before(self, event: Event, grace_ms: float = 0) -> bool:
        """The event certainly happened more than `grace_ms` after this moment."""
        return event.t_lo > self.hi + grace_ms

    @classmethod
    def of(cls, event: Event, certain: bool = True) -> Self:
        return cls(event.t_lo, event.t_hi if certain else float("inf"))


NEVER: Final = Moment(float("inf"), float("inf"))


def agreement(changes: Sequence[ConsentChanged], taps: Sequence[Tap]) -> Moment:
    """The first agreement. A tap that may have agreed moves its lower bound forward; an end that was not
    confirmed leaves the upper bound open."""
    granted = [change for change in changes if change.state == "granted"]
    tapped = [tap for tap in taps if tap.role in AGREEING]
    starts = [event.t_lo for event in (*granted, *tapped)]
    if not starts:
        return NEVER
    ends = [change.t_hi for change in granted if change.certain]
    return Moment(min(starts), min(ends, default=float("inf")))


def refusal(changes: Sequence[ConsentChanged]) -> Moment:
    """The first refusal whose effect was seen; without one, the first that was only tapped."""
    refused = [change for change in changes if change.state in ("refused", "limited")]
    certain = [change for change in refused if change.certain]
    if certain:
        return Moment.of(certain[0])
    return Moment.of(refused[0], certain=False) if refused else NEVER


def asked(changes: Sequence[ConsentChanged]) -> Moment:
    """When the first consent question appeared."""
    first = next((change for change in changes if change.state == "asked"), None)
    return Moment.of(first) if first else NEVER


def earlier(one: Moment, other: Moment) -> Moment:
    """Whichever came first; before both is before this, after either is after this."""
    return Moment(min(one.lo, other.lo), min(one.hi, other.hi))
