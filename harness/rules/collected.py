"""Findings about personal data that was read or sent, one per data type and actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.model.data_type import NAMES, DataType
from harness.model.event import UNATTRIBUTED, Actor, ApiCall, Event, Flow
from harness.model.result import Finding, Grade
from harness.rules.carried import carried
from harness.timeline.timeline import Events, Segment, capital, kinds_sent, said


@dataclass(slots=True)
class Group:
    """What one actor did with one type of data."""

    data_type: DataType
    actor: Actor
    reads: list[ApiCall] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        return sorted([*self.reads, *self.flows], key=lambda event: (event.t_lo, event.id))

    @property
    def first(self) -> float:
        """When its first event began."""
        return min(event.t_lo for event in (*self.reads[:1], *self.flows[:1]))

    @property
    def grade(self) -> Grade:
        """A needs a value of the device in a request. What only stands at a place where a known sender puts this
        kind of data is B: the place may hold something else today."""
        if any(carries(flow, self.data_type) for flow in self.flows):
            return "A"
        return "B" if self.flows or any(read.result == "obtained" for read in self.reads) else "C"


def carries(flow: Flow, data_type: DataType) -> bool:
    """Whether a watched value of this kind was found in it."""
    return any(one.data_type == data_type for one in flow.found)


def groups_of(segment: Segment, reads: Events[ApiCall], flows: Events[Flow]) -> list[Group]:
    """In the order of each group's first event. A flow whose host nobody owns goes to who read its value."""
    groups: dict[tuple[DataType, str, str], Group] = {}
    readers = segment.readers
    for read in reads:
        _group(groups, read.data_type, read.actor).reads.append(read)
    for flow in flows:
        for data_type in kinds_sent(flow):
            _group(groups, data_type, _sender(flow, data_type, readers)).flows.append(flow)
    return sorted(groups.values(), key=lambda group: group.first)


@dataclass(frozen=True, slots=True)
class Carried:
    """Flows by the values that they carry."""

    flows: Sequence[Flow]
    of: Mapping[tuple[DataType, str], Sequence[int]]
    """Kind and digest of a value to the places in `flows`."""

    def by(self, reads: Iterable[ApiCall]) -> list[Flow]:
        """Those that carry a value which one of the reads returned, in their order."""
        values = {(read.data_type, digest) for read in reads for digest in read.value_digests}
        places = set().union(*(self.of[value] for value in values if value in self.of))
        return [self.flows[place] for place in sorted(places)]


def carried_in(flows: Sequence[Flow]) -> Carried:
    of: dict[tuple[DataType, str], list[int]] = {}
    for place, flow in enumerate(flows):
        for value in dict.fromkeys((one.data_type, one.value_digest) for one in flow.found):
            of.setdefault(value, []).append(place)
    return Carried(flows, of)


def finding(
    segment: Segment,
    group: Group,
    when: Callable[[Event], str],
    when_zh: Callable[[Event], str],
    fix: str,
) -> Finding:
    events = group.events
    first = events[0]
    name, name_zh = NAMES[group.data_type]
    hosts = list(dict.fromkeys(flow.host for flow in group.flows))
    who, who_zh = actor_name(group.actor), actor_name_zh(group.actor)
    first_word = "first " if len(events) > 1 else ""
    grade = group.grade
    how, how_zh = carried(segment, group.flows, group.data_type, actor_name, actor_name_zh)
    return Finding(
        grade=grade,
        data_type=group.data_type,
        what=name,
        what_zh=name_zh,
        actor_id=actor_id(group.actor),
        actor=who,
        actor_zh=who_zh,
        when=when(first),
        when_zh=when_zh(first),
        sent_to=hosts,
        evidence=[event.id for event in events],
        says=f"{capital(who)} {_did(group, grade, name, hosts)}, {first_word}{when(first)} ({segment.id}).{how}",
        says_zh=f"{when_zh(first)}，{who_zh}{_did_zh(group, grade, name_zh, hosts)}（{segment.id}）。{how_zh}",
        fix=fix,
    )


def is_nameless(actor: Actor) -> bool:
    """Code of the app's package that no signature can tell apart, such as obfuscated classes. Whoever wrote it,
    it runs as the app; a read without any frame that the app loaded is another matter: nobody is known for it."""
    return actor.kind == "unknown" and actor.name == UNATTRIBUTED.name and actor.frame is not None


def is_nobodys(actor: Actor) -> bool:
    """Not even a frame tells whose read it was."""
    return actor.name == UNATTRIBUTED.name and actor.frame is None


def actor_id(actor: Actor) -> str:
    if is_nameless(actor):
        return "app"
    return actor.sdk or "unknown" if actor.kind == "sdk" else actor.kind


def actor_name(actor: Actor) -> str:
    match actor.kind:
        case "app":
            return "the app"
        case "sdk":
            return f"{actor.name} (SDK)"
        case "framework":
            return f"{actor.name} (framework)"
        case "unknown":
            if is_nameless(actor):
                return "the app (code whose author cannot be told)"
            return "unattributed code" if is_nobodys(actor) else f"code in {actor.name}"


def actor_name_zh(actor: Actor) -> str:
    match actor.kind:
        case "app":
            return "应用自身"
        case "sdk":
            return f"{actor.name}（SDK）"
        case "framework":
            return f"{actor.name}（系统框架）"
        case "unknown":
            if is_nameless(actor):
                return "应用自身（无法区分作者的代码）"
            return "未能归属的代码" if is_nobodys(actor) else f"{actor.name}中的代码"


def doubtful_reads(reads: Events[ApiCall]) -> str:
    """Reads in words, for a reason."""
    return said(f"{NAMES[read.data_type][0]} by {actor_name(read.actor)}" for read in reads)


def doubtful_reads_zh(reads: Events[ApiCall]) -> str:
    return said((f"{actor_name_zh(read.actor)}读取{NAMES[read.data_type][1]}" for read in reads), zh=True)


def _sender(flow: Flow, data_type: DataType, readers: Mapping[str, Actor]) -> Actor:
    if flow.actor.kind != "unknown":
        return flow.actor
    found = (readers.get(value.value_digest) for value in flow.found if value.data_type == data_type)
    return next((actor for actor in found if actor is not None), flow.actor)


def _group(groups: dict[tuple[DataType, str, str], Group], data_type: DataType, actor: Actor) -> Group:
    key = (data_type, actor.kind, actor.name)
    found = groups.get(key)
    if found is None:
        found = groups[key] = Group(data_type, actor)
    return found


def _did(group: Group, grade: Grade, name: str, hosts: list[str]) -> str:
    reads, flows = len(group.reads), len(group.flows)
    verb = "read" if grade != "C" else "tried to read"
    sink = any(flow.answered_by == "sinkhole" for flow in group.flows)
    to = f" to {said(hosts)}" + (" (taken by the harness's sinkhole)" if sink else "")
    if reads and flows:
        return f"{verb} {name} {_times(reads)} and sent it{to} {_times(flows)}"
    if flows:
        return f"sent {name}{to} {_times(flows)}"
    return f"{verb} {name} {_times(reads)}"


def _did_zh(group: Group, grade: Grade, name_zh: str, hosts: list[str]) -> str:
    reads, flows = len(group.reads), len(group.flows)
    verb = "读取" if grade != "C" else "尝试读取"
    to = f"向{said(hosts, zh=True)}发送"
    if reads and flows:
        return f"{verb}{name_zh}（{reads}次）并{to}（{flows}次）"
    return f"{to}{name_zh}（{flows}次）" if flows else f"{verb}{name_zh}（{reads}次）"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
