"""What a walk through an app is about: the screens it knows, what it left out, and whoever wants to know of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

from harness.scenario.answers import Answers, Manner
from harness.scenario.record import Recorder
from harness.scenario.spots import Spot
from harness.scenario.touch import Finger
from harness.scenario.watch import Handset, Look, Spent, Time, Watch

MAX_PAGES: Final = 8
"""Times that a screen is scrolled to see what is on it; a list that has not ended then is a feed."""


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to go through an app and to tell of it."""

    finger: Finger
    watch: Watch
    answers: Answers
    recorder: Recorder
    phone: Handset
    clock: Time
    package: str
    seed: int = 0
    """Decides the order among things that are equally likely; 0 takes them as the screen has them."""


@dataclass(slots=True)
class Place:
    """A screen, and how it was first reached from where the search began."""

    mark: str
    path: tuple[Spot, ...]
    way: tuple[Place, ...]
    """Every screen before it, the first one first."""
    words: frozenset[str]
    digest: str
    """Of the look at it, under screens/."""
    shot: str | None = None
    """A picture of it, in the run folder."""
    touched: str = ""
    """Digest of the look in which its last tap was made."""
    opened_ms: float = 0.0
    """Host time just before that tap."""

    @property
    def depth(self) -> int:
        """Taps."""
        return len(self.path)


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not tried, on a screen so many taps away."""

    depth: int
    why: str
    by_log_in: bool = False
    """Only whoever has an account sees what it is."""


@dataclass(slots=True)
class Trail:
    """What a search came to."""

    start: Place | None = None
    screens: int = 0
    taps: int = 0
    left_out: list[Left] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    """Labels of what does something rather than lead somewhere; never touched, and no way to a page."""
    spent: Spent | None = None
    """The scenario's budget ended it."""
    cut: str = ""
    """What ended it before everything was tried; empty when nothing did."""

    def exhausted(self, depth: int, with_account: bool = True) -> int:
        """Every path of at most so many taps was tried, up to the depth that was planned; without `with_account`
        those that a user has who is not logged in."""
        return min([depth, *(left.depth for left in self.left_out if with_account or not left.by_log_in)])

    def why(self, depth: int, with_account: bool = True) -> str:
        """What was left out on the way to that many taps, in words."""
        reasons = dict.fromkeys(
            left.why for left in self.left_out if left.depth < depth and (with_account or not left.by_log_in)
        )
        return "; ".join(reasons)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a visitor made of a screen."""

    enough: bool = False
    """The search is over, and stays here."""
    looks: tuple[Look, ...] = ()
    """The visitor scrolled to the end itself and this is what it saw; empty when it did not."""
    known: bool = False
    """What is there was taken in: nothing is left out, whatever it is."""


class Visitor(Protocol):
    """Whoever wants to know of every screen."""

    def words(self) -> re.Pattern[str] | None:
        """What is looked for just now."""

    def reach(self) -> int:
        """Spots on screens farther away than so many taps are of no use any more."""

    def arrive(self, place: Place, look: Look, spot: Spot | None) -> Arrival:
        """A screen that was not seen before, or one outside the app."""

    def scrolled(self, place: Place, look: Look) -> None:
        """More of it."""

    def closer(self, place: Place) -> None:
        """A known screen turned out to be fewer taps away; it shows now."""


@dataclass(frozen=True, slots=True)
class Limits:
    depth: int
    taps: int
    deadline_ms: float
    manner: Manner
    pages: int = MAX_PAGES
    feature: bool = False
    """Every touch is told as a feature that the user opened."""
    alike: bool = True
    """Also open the fifth and later of rows that are built alike."""
