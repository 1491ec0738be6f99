"""Questions for one's own tests over all scenarios of a run. Nothing found is only said when the watch was sound.

    assert not timeline.reads("imei").before(consent)

is inconclusive, not passed, where a hook did not answer, or where a read lies so close to the tap that nobody
can tell which came first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Self, TypeVar, overload

from harness.model.data_type import DATA_TYPES, DataType
from harness.model.event import (
    ApiCall,
    Event,
    Flow,
    Gate,
    OpaqueConnection,
    Permission,
    Process,
    Screen,
    StorageWrite,
    Tap,
)
from harness.rules.judge import RUN_WIDE
from harness.timeline.consent import Moment
from harness.timeline.timeline import Events, Segment, Timeline

E = TypeVar("E", bound=Event)
_ANSWERS: Final = ("consent", "refusal", "asked", "answer")


class Inconclusive(Exception):
    """Neither found nor ruled out. The test is reported as inconclusive."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A moment that each scenario has its own of: consent, refusal, asked, answer."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in _ANSWERS:
            raise ValueError(f"{self.name!r}: use one of {', '.join(_ANSWERS)}")

    def of(self, segment: Segment) -> Moment:
        moment: Moment = getattr(segment, self.name)
        return moment


@dataclass(frozen=True, slots=True)
class Seen(Sequence[E], Generic[E]):
    """A selection of events in time order. Asking an unsound one whether it is empty raises Inconclusive."""

    _run: Timeline
    _parts: tuple[tuple[Segment, Events[E]], ...]
    _gates: tuple[Gate, ...]
    _close: tuple[E, ...] = ()
    """Events of which nobody can tell on which side of an answer they lie."""

    def before(self, answer: Answer) -> Self:
        """Certainly earlier, in each scenario. Where the answer never came, everything is; such a scenario also
        settles what lay too close to the answer in another."""
        found, close = self._sided(answer, lambda events, moment: events.before(moment), 0)
        settled = any(not answer.of(segment).came for segment, _ in self._parts)
        return self._narrowed(found, () if settled else close)

    def after(self, answer: Answer, grace_ms: float = 0) -> Self:
        """Certainly later than `grace_ms` after it."""
        return self._narrowed(
            *self._sided(answer, lambda events, moment: events.after(moment, grace_ms), grace_ms)
        )

    def where(self, keep: Callable[[E], bool]) -> Self:
        return type(self)(
            self._run,
            tuple((segment, events.where(keep)) for segment, events in self._parts),
            self._gates,
            tuple(event for event in self._close if keep(event)),
        )

    def by(self, actor: str) -> Self:
        """Of one actor: an SDK's id, "app", "framework" or "unknown"."""
        return self.where(lambda event: actor in _names_of(event))

    def to(self, host: str) -> Self:
        """Sent to this host or a host below it."""
        return self.where(lambda event: f".{getattr(event, 'host', '')}".endswith(f".{host}"))

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[E, ...]: ...
    def __getitem__(self, index: int | slice) -> E | tuple[E, ...]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[E]:
        return iter(self._all())

    def __repr__(self) -> str:
        shown = [_words(event) for _, events in self._parts for event in events]
        return "\n".join([f"{len(shown)} events", *(f"  {line}" for line in shown[:20])])

    def _all(self) -> tuple[E, ...]:
        found = tuple(event for _, events in self._parts for event in events)
        doubts = [] if found else self._doubts()
        if doubts:
            raise Inconclusive("nothing was found, but that proves nothing: " + "; ".join(doubts))
        return found

    def _doubts(self) -> list[str]:
        doubts = [] if self._parts else ["no scenario began"]
        for segment, _ in self._parts:
            if not segment.finished:
                doubts.append(segment.detail)
            for gate in self._gates:
                state = self._run.gate(gate) if gate in RUN_WIDE else segment.gate(gate)
                if not state.healthy:
                    where = "" if gate in RUN_WIDE else f"{segment.id}: "
                    doubts.append(f"{where}{gate}: {state.reason}")
        if self._close:
            shown = "; ".join(_words(event) for event in self._close[:3])
            doubts.append(f"{len(self._close)} so close to the answer that the order is not known ({shown})")
        return list(dict.fromkeys(doubts))

    def _sided(
        self, answer: Answer, side: Callable[[Events[E], Moment], Events[E]], grace_ms: float
    ) -> tuple[tuple[tuple[Segment, Events[E]], ...], tuple[E, ...]]:
        """What is on that side, and what may be."""
        parts = tuple((segment, side(events, answer.of(segment))) for segment, events in self._parts)
        close = tuple(
            event
            for segment, events in self._parts
            if answer.of(segment).came
            for event in events.straddling(answer.of(segment), grace_ms)
            if grace_ms == 0 or not answer.of(segment).is_before(event)
        )
        return parts, close

    def _narrowed(self, parts: tuple[tuple[Segment, Events[E]], ...], close: tuple[E, ...]) -> Self:
        gates = tuple(dict.fromkeys((*self._gates, "clock")))
        return type(self)(self._run, parts, gates, (*self._close, *close))


class SeenTimeline:
    """A run's record, all scenarios or some of them. `run` is the whole Timeline with its segments."""

    def __init__(self, run: Timeline, scenarios: Sequence[str] = ()) -> None:
        self.run: Final = run
        self._segments: Final = [one for one in run.segments if not scenarios or one.id in scenarios]

    def scenario(self, *ids: str) -> SeenTimeline:
        """Only these. One that was not walked is inconclusive when asked."""
        return SeenTimeline(self.run, ids)

    def reads(self, *data_types: DataType) -> Seen[ApiCall]:
        """Calls that obtained personal data, of these kinds or of all."""
        _known(data_types)
        return self._seen(
            lambda one: one.reads(*data_types).where(lambda call: call.result == "obtained"), "hooks"
        )

    def attempts(self, *data_types: DataType) -> Seen[ApiCall]:
        """Calls for personal data, whatever came back."""
        _known(data_types)
        return self._seen(lambda one: one.reads(*data_types), "hooks")

    def sent(self, *data_types: DataType) -> Seen[Flow]:
        """Requests in which personal values were found, of these kinds or of all."""
        _known(data_types)
        wanted = set(data_types or DATA_TYPES)
        return self._seen(
            lambda one: one.flows.where(lambda flow: any(value.data_type in wanted for value in flow.found)),
            "proxy",
            "canaries",
        )

    @property
    def flows(self) -> Seen[Flow]:
        """Decrypted requests."""
        return self._seen(lambda one: one.flows, "proxy")

    @property
    def opaque(self) -> Seen[OpaqueConnection]:
        """Connections that could not be read."""
        return self._seen(lambda one: one.opaque, "proxy")

    @property
    def permissions(self) -> Seen[Permission]:
        return self._seen(lambda one: one.permissions, "hooks")

    @property
    def writes(self) -> Seen[StorageWrite]:
        return self._seen(lambda one: one.writes, "hooks")

    @property
    def screens(self) -> Seen[Screen]:
        return self._seen(lambda one: one.screens, "screen")

    @property
    def taps(self) -> Seen[Tap]:
        return self._seen(lambda one: one.taps, "walk")

    @property
    def processes(self) -> Seen[Process]:
        return self._seen(lambda one: one.processes, "untouched")

    def _seen(self, select: Callable[[Segment], Events[E]], *gates: Gate) -> Seen[E]:
        return Seen(self.run, tuple((segment, select(segment)) for segment in self._segments), gates)


def _known(data_types: Sequence[str]) -> None:
    wrong = [one for one in data_types if one not in DATA_TYPES]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: no kind of data; use some of {', '.join(DATA_TYPES)}")


def _names_of(event: Event) -> set[str]:
    actor = getattr(event, "actor", None)
    if actor is None:
        return set()
    return {actor.sdk or actor.kind, actor.kind} - ({"sdk"} if actor.sdk else set())


def _words(event: Event) -> str:
    """One line for a failure: the id leads to the record."""
    match event:
        case ApiCall():
            what = f"{event.data_type} read through {event.api} by {event.actor.name}"
        case Flow():
            kinds = ", ".join(sorted({value.data_type for value in event.found})) or "nothing known"
            what = f"{event.method} {event.scheme}://{event.host}{event.path[:80]} with {kinds}"
        case Permission():
            what = f"{event.permission} {event.action}"
        case OpaqueConnection():
            what = f"unreadable connection to {event.host}:{event.port}"
        case StorageWrite():
            what = f"{event.store} {event.name} {event.key}"
        case _:
            what = str(getattr(event, "kind", ""))
    return f"{event.id} at {event.t_lo / 1000:.3f} s: {what}"
