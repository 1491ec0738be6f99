"""What a check is: metadata, and one function from a scenario's record to what it says about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from harness.model.data_type import DataType
from harness.model.event import Gate
from harness.model.result import Finding
from harness.rules.profile import Profile
from harness.timeline.timeline import Segment


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that proves nothing but forbids `clear`; says what would settle it."""

    says: str
    says_zh: str
    evidence: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """The precondition never arose."""

    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class Note:
    """Worth telling, without weight."""

    says: str
    says_zh: str
    evidence: Sequence[str] = ()


Said = Finding | Doubt | Absent | Note
Logic = Callable[[Segment, Profile], Iterable[Said]]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str
    title_zh: str
    severity: Literal["critical", "high", "medium", "low"]
    fix_zh: str
    """What a developer should do, in Chinese; findings carry the English words themselves."""
    scenarios: tuple[str, ...]
    """The scenarios that decide it; each that the run planned must be sound for `clear`."""
    gates: tuple[Gate, ...]
    clauses: tuple[str, ...]
    logic: Logic
    needs: tuple[str, ...] = ()
    """Scenarios of which at least one must be part of the run: without them it may find a violation but is
    otherwise not tested."""
    reads_policy: bool = False
    """It compares with what the app declares: without any document it may find a violation but is otherwise
    not tested, or inconclusive when a scenario that opens documents was planned."""
    also: tuple[str, ...] = ()
    """Scenarios in which it may find a violation but that are never needed for `clear`."""
    rests_on_order: bool = False
    """Its findings stand or fall with which of two events came first."""
    idle_s: float = 0
    """Seconds at pace 1 that a scenario must have been watched idle for `clear`."""
    relaunches: int = 0
    """Cold relaunches that must have been made for `clear`."""
    kinds: frozenset[DataType] | None = None
    """What alone it is about: a witness that is blind for other kinds of data only does not matter to it. None:
    any kind."""
    about: str = field(default="")
    """The logic's docstring."""


def rule(
    *,
    id: str,
    title: str,
    title_zh: str,
    severity: Literal["critical", "high", "medium", "low"],
    fix_zh: str,
    scenarios: Sequence[str],
    gates: Sequence[Gate],
    clauses: Sequence[str],
    needs: Sequence[str] = (),
    reads_policy: bool = False,
    also: Sequence[str] = (),
    rests_on_order: bool = False,
    idle_s: float = 0,
    relaunches: int = 0,
    kinds: Iterable[DataType] | None = None,
) -> Callable[[Logic], Rule]:
    """Makes a Rule of the function below it."""

    def declare(logic: Logic) -> Rule:
        return Rule(
            id=id, title=title, title_zh=title_zh, severity=severity,
            fix_zh=fix_zh, scenarios=tuple(scenarios),
            gates=tuple(gates), clauses=tuple(clauses), logic=logic, needs=tuple(needs),
            reads_policy=reads_policy, also=tuple(also),
            rests_on_order=rests_on_order, idle_s=idle_s, relaunches=relaunches,
            kinds=None if kinds is None else frozenset(kinds),
            about=(logic.__doc__ or "").strip(),
        )  # fmt: skip

    return declare
