"""The ordered record of one run, and the questions checks ask of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, Generic, Self, TypeVar, cast, overload

from harness.model.data_type import DataType, is_personal
from harness.model.event import (
    Actor,
    ApiCall,
    ConsentChanged,
    Control,
    Crawl,
    Event,
    Flow,
    Gate,
    Health,
    NativeCall,
    OpaqueConnection,
    Permission,
    PolicyText,
    Process,
    Scenario,
    Screen,
    StorageWrite,
    Tap,
    TimelineEvent,
    UserAct,
)
from harness.model.run_facts import RunFacts
from harness.timeline import consent
from harness.timeline.consent import Moment

E = TypeVar("E", bound=Event)
_OBSERVE: Final = re.compile(r"^observe\D*(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class GateState:
    healthy: bool
    reason: str
    """For an unhealthy gate: everything that was wrong with it. For a healthy one: what vouches for it."""
    evidence: tuple[str, ...] = ()
    """Ids of the health events it rests on."""


@dataclass(frozen=True, slots=True)
class Events(Sequence[E], Generic[E]):
    """A selection in time order. `before` and `after` keep only what is certain."""

    _all: tuple[E, ...]
    _sure: Callable[[Event], bool]

    def before(self, moment: Moment) -> Self:
        """Certainly before it, and certainly inside the scenario."""
        return self.where(lambda event: self._sure(event) and moment.is_after(event))

    def after(self, moment: Moment, grace_ms: float = 0) -> Self:
        """Certainly later than `grace_ms` after it, and certainly inside the scenario."""
        return self.where(lambda event: self._sure(event) and moment.is_before(event, grace_ms))

    def straddling(self, moment: Moment, grace_ms: float = 0) -> Self:
        """Neither before nor after: it proves nothing."""
        return self.where(
            lambda event: (
                not (self._sure(event) and (moment.is_after(event) or moment.is_before(event, grace_ms)))
            )
        )

    def where(self, keep: Callable[[E], bool]) -> Self:
        return type(self)(tuple(filter(keep, self._all)), self._sure)

    def grouped(self, key: Callable[[E], Hashable]) -> list[Self]:
        """In the order of each group's first event."""
        groups: dict[Hashable, list[E]] = {}
        for event in self._all:
            groups.setdefault(key(event), []).append(event)
        return [type(self)(tuple(group), self._sure) for group in groups.values()]

    @property
    def ids(self) -> list[str]:
        return [event.id for event in self._all]

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[E, ...]: ...
    def __getitem__(self, index: int | slice) -> E | tuple[E, ...]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[E]:
        return iter(self._all)


@dataclass(frozen=True)
class Segment:
    """One scenario of the run, from its begin to its end event, on a fresh install."""

    id: str
    package: str
    """The app's."""
    events: tuple[TimelineEvent, ...]
    """Everything that may have happened in it."""
    begin: Moment
    end: Moment
    """NEVER for a scenario that was cut off."""
    finished: bool
    """It reached its end and every step was confirmed."""
    detail: str
    """Why it is not finished; empty when it is."""
    pace: float
    whole: Timeline = field(repr=False)
    """The run it is part of: what another scenario saw of the policy counts in this one too."""

    def of(self, kind: type[E]) -> Events[E]:
        """Of exactly this class of events."""
        return Events(cast("tuple[E, ...]", self._by_kind.get(kind, ())), self.holds)

    def holds(self, event: Event) -> bool:
        """Certainly within the scenario."""
        return event.t_lo >= self.begin.hi and event.t_hi <= self.end.lo

    def reads(self, *data_types: DataType) -> Events[ApiCall]:
        """Calls for personal data (D1 to D15), whatever came back; only the given types if any are given."""
        return self._reads.where(lambda call: call.data_type in data_types) if data_types else self._reads

    def calls(self, obtained: bool) -> Events[ApiCall]:
        """Calls for personal data that obtained it, or that did not."""
        return self._obtained if obtained else self._attempted

    def own_calls(self, obtained: bool) -> Events[ApiCall]:
        """The same without what the framework read on its own account."""
        return self._own_obtained if obtained else self._own_attempted

    @functools.cached_property
    def readers(self) -> Mapping[str, Actor]:
        """Digest of a value to the one actor that read it; values that several read are left out."""
        readers: dict[str, Actor] = {}
        shared: set[str] = set()
        for read in self.calls(obtained=True):
            for digest in read.value_digests:
                known = readers.setdefault(digest, read.actor)
                if known is not read.actor and (known.kind, known.name) != (read.actor.kind, read.actor.name):
                    shared.add(digest)
        return {digest: actor for digest, actor in readers.items() if digest not in shared}

    @functools.cached_property
    def flows(self) -> Events[Flow]:
        """Decrypted requests, without the harness's own."""
        return self.of(Flow).where(lambda flow: not flow.selftest)

    @functools.cached_property
    def carrying(self) -> Events[Flow]:
        """Requests in which a watched value of personal data was found, or which hold such data by what is known
        of their sender."""
        return self.flows.where(lambda flow: bool(kinds_sent(flow)))

    @property
    def opaque(self) -> Events[OpaqueConnection]:
        return self.of(OpaqueConnection)

    @property
    def screens(self) -> Events[Screen]:
        return self.of(Screen)

    @property
    def taps(self) -> Events[Tap]:
        return self.of(Tap)

    @property
    def permissions(self) -> Events[Permission]:
        return self.of(Permission)

    @property
    def processes(self) -> Events[Process]:
        return self.of(Process)

    @property
    def writes(self) -> Events[StorageWrite]:
        return self.of(StorageWrite)

    @property
    def native(self) -> Events[NativeCall]:
        return self.of(NativeCall)

    @property
    def acts(self) -> Events[UserAct]:
        return self.of(UserAct)

    @property
    def controls(self) -> Events[Control]:
        return self.of(Control)

    @property
    def crawls(self) -> Events[Crawl]:
        return self.of(Crawl)

    @property
    def documents(self) -> Events[PolicyText]:
        """Documents about personal data that were opened in this scenario."""
        return self.of(PolicyText)

    @functools.cached_property
    def steps(self) -> Events[Scenario]:
        return self.of(Scenario).where(lambda event: event.action == "step")

    def act(self, *kinds: str) -> Moment:
        """When the user first did one of these; NEVER when not in this scenario."""
        first = next((event for event in self.acts if event.act in kinds), None)
        return Moment.of(first, first.certain) if first else consent.NEVER

    @functools.cached_property
    def consent(self) -> Moment:
        """When the user agreed; NEVER when not in this scenario."""
        return consent.agreement(self.of(ConsentChanged), self.taps)

    @functools.cached_property
    def refusal(self) -> Moment:
        return consent.refusal(self.of(ConsentChanged))

    @functools.cached_property
    def asked(self) -> Moment:
        return consent.asked(self.of(ConsentChanged))

    @functools.cached_property
    def answer(self) -> Moment:
        """The first answer, yes or no: until then the user has said nothing."""
        return consent.earlier(self.consent, self.refusal)

    def gate(self, gate: Gate, kinds: Set[DataType] | None = None) -> GateState:
        return self.whole.gate(gate, self, kinds)

    @functools.cached_property
    def _by_kind(self) -> dict[type[Event], tuple[Event, ...]]:
        found: dict[type[Event], list[Event]] = {}
        for event in self.events:
            found.setdefault(type(event), []).append(event)
        return {kind: tuple(events) for kind, events in found.items()}

    @functools.cached_property
    def _reads(self) -> Events[ApiCall]:
        return self.of(ApiCall).where(lambda call: is_personal(call.data_type))

    @functools.cached_property
    def _obtained(self) -> Events[ApiCall]:
        return self._reads.where(lambda call: call.result == "obtained")

    @functools.cached_property
    def _attempted(self) -> Events[ApiCall]:
        return self._reads.where(lambda call: call.result != "obtained")

    @functools.cached_property
    def _own_obtained(self) -> Events[ApiCall]:
        return self._obtained.where(lambda call: call.actor.kind != "framework")

    @functools.cached_property
    def _own_attempted(self) -> Events[ApiCall]:
        return self._attempted.where(lambda call: call.actor.kind != "framework")

    @property
    def idle_s(self) -> float:
        """Seconds that were only watched."""
        return sum(max(0.0, step.t_hi - step.t_lo) for step in self._observed) / 1000

    @property
    def full_idle_s(self) -> float:
        """Seconds it would have been at pace 1; 0 when no step says it."""
        return sum(float(found.group(1)) for step in self._observed if (found := _OBSERVE.match(step.step)))

    @property
    def relaunches(self) -> int:
        """Confirmed ones."""
        return sum(1 for step in self.steps if step.step.startswith("relaunch") and step.confirmed)

    @property
    def window(self) -> str:
        """What was watched, for a verdict."""
        text = f"{self.id}: {self.idle_s:.1f} s idle"
        if self.relaunches:
            text += f", {self.relaunches} relaunches"
        if self.pace != 1:
            text += f" (pace {self.pace:g}; the full window is {self.full_idle_s:g} s)"
        return text

    @property
    def window_zh(self) -> str:
        text = f"{self.id}：静置{self.idle_s:.1f}秒"
        if self.relaunches:
            text += f"，重启{self.relaunches}次"
        if self.pace != 1:
            text += f"（速率{self.pace:g}；完整窗口为{self.full_idle_s:g}秒）"
        return text

    def lead(self, event: Event) -> str:
        """How far before the consent question or the answer it was, in words."""
        if self.asked.came and self.asked.is_after(event):
            return f"{_seconds(self.asked.lo - event.t_hi)} before the first consent question"
        if self.asked.came and event.t_hi < self.asked.hi:
            return f"{_seconds(self.asked.hi - event.t_hi)} before the first consent question was seen"
        if self.answer.came and self.answer.is_after(event):
            word = "agreed" if self.consent.lo <= self.refusal.lo else "answered"
            return f"{_seconds(self.answer.lo - event.t_hi)} before the user {word}"
        return "while the user had not answered" if self.asked.came else "with no consent question shown"

    def lead_zh(self, event: Event) -> str:
        if self.asked.came and self.asked.is_after(event):
            return f"首次征求同意前{_seconds_zh(self.asked.lo - event.t_hi)}"
        if self.asked.came and event.t_hi < self.asked.hi:
            return f"首次看到征求同意前{_seconds_zh(self.asked.hi - event.t_hi)}"
        if self.answer.came and self.answer.is_after(event):
            word = "同意" if self.consent.lo <= self.refusal.lo else "作出选择"
            return f"用户{word}前{_seconds_zh(self.answer.lo - event.t_hi)}"
        return "用户尚未作出选择时" if self.asked.came else "未征求同意的情况下"

    def lead_or_into(self, event: Event) -> str:
        """Before the answer as `lead`; later, how far after the agreement or into the scenario."""
        if self.answer.is_after(event):
            return self.lead(event)
        if self.consent.is_before(event):
            return f"{_seconds(event.t_lo - self.consent.hi)} after the user agreed"
        return f"{_seconds(max(0.0, event.t_lo - self.begin.hi))} into {self.id}"

    def lead_or_into_zh(self, event: Event) -> str:
        if self.answer.is_after(event):
            return self.lead_zh(event)
        if self.consent.is_before(event):
            return f"用户同意{_seconds_zh(event.t_lo - self.consent.hi)}后"
        return f"{self.id}开始{_seconds_zh(max(0.0, event.t_lo - self.begin.hi))}后"

    @property
    def _observed(self) -> list[Scenario]:
        return [step for step in self.steps if step.step.startswith("observe")]


def kinds_sent(flow: Flow) -> list[DataType]:
    """Personal kinds in a request, found ones first, each once."""
    if not flow.found and not flow.stated:
        return []
    kinds = [one.data_type for one in flow.found] + [one.data_type for one in flow.stated]
    return [kind for kind in dict.fromkeys(kinds) if is_personal(kind)]


def _concerns(health: Health, kinds: Set[DataType] | None) -> bool:
    """`only` names the kinds of data that a witness is blind for; without it, it may be all."""
    only = str(health.facts.get("only", ""))
    return kinds is None or not only or not kinds.isdisjoint(only.split(", "))


_GIVEN: Final[set[str]] = set()


def lean(event: E) -> E:
    """The same event without pydantic's memory of which fields were given: nothing asks for it, and it is a third
    of what an event weighs (700 bytes of 2,100, measured on a million events)."""
    object.__setattr__(event, "__pydantic_fields_set__", _GIVEN)
    return event


class Timeline:
    """Frozen: events in time order and the facts of the run."""

    def __init__(self, events: Iterable[TimelineEvent], facts: RunFacts) -> None:
        self.events: Final = tuple(lean(event) for event in events)
        self.facts: Final = facts
        self._segments: Final = {segment.id: segment for segment in self._cut()}

    @property
    def segments(self) -> Sequence[Segment]:
        """Scenarios that began, in order."""
        return tuple(self._segments.values())

    def segment(self, scenario: str) -> Segment | None:
        """None when the scenario never began in this run."""
        return self._segments.get(scenario)

    @functools.cached_property
    def documents(self) -> Sequence[PolicyText]:
        """What the app says about personal data, wherever in the run it was opened."""
        return tuple(event for event in self.events if isinstance(event, PolicyText))

    @functools.cached_property
    def planted(self) -> frozenset[str]:
        """Kinds of data whose values were put on the device, or read back from it, before the app could: they
        are looked for in traffic whatever a hook saw of them."""
        told = (event for event in self._health.get("canaries", ()) if event.healthy)
        return frozenset(name.partition(".")[0] for event in told for name in event.facts)

    def event(self, event_id: str) -> TimelineEvent | None:
        return self._by_id.get(event_id)

    def gate(
        self, gate: Gate, segment: Segment | None = None, kinds: Set[DataType] | None = None
    ) -> GateState:
        """Healthy when something vouches for it and nothing speaks against it: in the segment, else in
        the run.

        Args:
            kinds: what the asker is about; what speaks only of other kinds of data is passed over.
        """
        told = [
            event
            for event in self._health.get(gate, ())
            if segment is None or (event.t_hi >= segment.begin.lo and event.t_lo <= segment.end.hi)
        ]
        against = [event for event in told if not event.healthy and _concerns(event, kinds)]
        told = [event for event in told if event.healthy]
        if against:
            reasons = list(dict.fromkeys(event.reason for event in against))
            more = f" (and {len(reasons) - 3} more)" if len(reasons) > 3 else ""
            return GateState(False, "; ".join(reasons[:3]) + more, tuple(event.id for event in against))
        if not told:
            return GateState(False, f"nothing vouches for the {gate} gate")
        return GateState(True, told[0].reason, tuple(event.id for event in told))

    @functools.cached_property
    def _by_id(self) -> dict[str, TimelineEvent]:
        return {event.id: event for event in self.events}

    @functools.cached_property
    def _health(self) -> dict[str, list[Health]]:
        found: dict[str, list[Health]] = {}
        for event in self.events:
            if isinstance(event, Health):
                found.setdefault(event.gate, []).append(event)
        return found

    def _cut(self) -> Iterator[Segment]:
        marks = [event for event in self.events if isinstance(event, Scenario) and event.action != "step"]
        begins = [mark for mark in marks if mark.action == "begin"]
        for number, begin in enumerate(begins):
            following = begins[number + 1] if number + 1 < len(begins) else None
            end = next(
                (
                    mark
                    for mark in marks
                    if mark.action == "end" and mark.scenario == begin.scenario and mark.t_lo >= begin.t_lo
                    and (following is None or mark.t_lo <= following.t_lo)
                ),
                None,
            )  # fmt: skip
            yield self._segment(begin, end, following)

    def _segment(self, begin: Scenario, end: Scenario | None, following: Scenario | None) -> Segment:
        stop = Moment.of(end) if end else Moment.of(following) if following else consent.NEVER
        inside = tuple(event for event in self.events if event.t_hi >= begin.t_lo and event.t_lo <= stop.hi)
        steps = [event for event in inside if isinstance(event, Scenario) and event.action == "step"]
        doubtful = [step for step in steps if not step.confirmed]
        state = next((one for one in self.facts.scenarios if one.id == begin.scenario), None)
        if end is None:
            detail = f"{begin.scenario} was cut off before its end"
        elif not end.confirmed:
            detail = f"{begin.scenario} did not reach its end: {end.detail or 'no reason recorded'}"
        elif doubtful:
            step, why = doubtful[0].step, doubtful[0].detail or "the screen did not follow"
            detail = f"{begin.scenario}: step {step!r} was not confirmed: {why}"
        elif state is not None and state.state == "failed":
            detail = f"{begin.scenario} failed: {state.detail or 'no reason recorded'}"
        else:
            detail = ""
        return Segment(
            id=begin.scenario, package=self.facts.app.package, events=inside, begin=Moment.of(begin),
            end=stop, finished=not detail,
            detail=detail, pace=self.facts.pace, whole=self,
        )  # fmt: skip


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s" if milliseconds < 120_000 else f"{milliseconds / 60_000:.1f} min"


def _seconds_zh(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f}秒" if milliseconds < 120_000 else f"{milliseconds / 60_000:.1f}分钟"


def said(values: Iterable[str], limit: int = 3, zh: bool = False) -> str:
    """A short list for a sentence."""
    shown = list(dict.fromkeys(values))
    if zh:
        return "、".join(shown[:limit]) + (f"等{len(shown)}项" if len(shown) > limit else "")
    return ", ".join(shown[:limit]) + (f" and {len(shown) - limit} more" if len(shown) > limit else "")


def capital(text: str) -> str:
    """With its first letter large, and the rest as it is: names keep theirs."""
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str) -> str:
    """ "1 read", "3 reads"; the noun is one that takes an s, or ends in y."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else plural}"
