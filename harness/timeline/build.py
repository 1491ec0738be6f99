"""Raw records to the ordered timeline. Pure: the same folder gives the same timeline, with no device."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from harness.capture.clock import ClockMap
from harness.model.data_type import CLASS_OF, DATA_TYPES, DataType, is_personal
from harness.model.event import (
    EVENT,
    Event,
    Evidence,
    Flow,
    Gate,
    Health,
    OpaqueConnection,
    PolicyText,
    Process,
    Scenario,
    Tap,
    TimelineEvent,
)
from harness.model.run_folder import CLOCK, FLOWS, HEALTH, HOOKS, SYSTEM, TLS, UI, RunFolder
from harness.timeline import gates
from harness.timeline.agents import SHORTEST_VALUE, STREAMS, Agents, sha256
from harness.timeline.asking import tied
from harness.timeline.boots import Boots
from harness.timeline.bypass import bypassing
from harness.timeline.chosen import with_designs
from harness.timeline.clocked import FAR, Clocked
from harness.timeline.connected import Connects
from harness.timeline.consent import NEVER, Moment
from harness.timeline.exposure import Exposures
from harness.timeline.gates import PROXY, Gates, Looks, ProxyNote
from harness.timeline.join import Reads
from harness.timeline.leaks import WatchedValue, Watcher
from harness.timeline.lines import Line, read_lines
from harness.timeline.noticed import notice, with_versions
from harness.timeline.parties import Operator, settled
from harness.timeline.second_witness import second_witness
from harness.timeline.share import Share
from harness.timeline.store import save
from harness.timeline.timeline import Timeline
from harness.timeline.traffic import body_loader, flow_of, opaque_of

MOST_VALUES: Final = 5000
E = TypeVar("E", bound=Event)
_BAD: Final = (KeyError, TypeError, ValueError, ValidationError)


def build_timeline(folder: RunFolder) -> Timeline:
    """Reads raw/, writes timeline.jsonl. A broken record becomes a health event, never a crash."""
    build = _Build(folder)
    events = tied(sorted(build.events(), key=lambda event: (event.t_lo, event.t_hi, event.id)))
    save(folder, events)
    return Timeline(events, folder.facts())


class _Build:
    def __init__(self, folder: RunFolder) -> None:
        self._path = folder.path
        self._package = folder.facts().app.package
        pings = list(read_lines(folder.path / CLOCK))
        told = [line.record for line in pings if line.record is not None]
        boots = Boots(told)
        self._pings = [boots.moved(ping) for ping in told]
        self._map = ClockMap.from_pings(self._pings)
        self._clocked = Clocked(self._map, boots)
        self._gates = Gates(self._clocked)
        self._broken: list[tuple[Gate, str, Moment]] = [
            ("clock", f"{CLOCK} line {line.number}: {line.problem}", Moment(-FAR, FAR))
            for line in pings
            if line.problem
        ]
        self._looks = Looks()
        self._canaries: list[tuple[DataType, str]] = []

    def events(self) -> Iterator[TimelineEvent]:
        agents = Agents(self._package, self._clocked)
        told = [
            *self._records(UI, "walk", self._recorded("ui")),
            *self._records(SYSTEM, "untouched", self._recorded("system")),
            *self._records(HEALTH, "hooks", self._recorded("health")),
        ]
        told = with_designs(with_versions(told), self._path)
        yield from told
        yield from notice(told, self._path, self._package)
        seen = list(self._records(HOOKS, "hooks", agents.events))
        yield from seen
        reads, connects = Reads(seen), Connects(seen, self._clocked)
        watcher, load = self._watcher(agents), body_loader(self._path)
        exposures = Exposures(self._path, load)
        operator = Operator.told_by(self._package, [one for one in told if isinstance(one, PolicyText)])
        selftest = False

        def read(line: Line) -> list[Flow]:
            record = line.record or {}
            flow = reads.tied(flow_of(line, self._clocked, watcher, load, operator))
            own = record["_harness"]
            flow = connects.tied(flow, own, float(own["host_ms_connected"]))
            return [exposures.on(flow, record)]

        def unread(line: Line) -> list[OpaqueConnection]:
            record = line.record or {}
            began = float(record.get("host_ms_connected", record["host_ms_start"]))
            return [connects.tied(opaque_of(line, self._clocked), record, began)]

        share = Share()
        for flow in settled(list(self._records(FLOWS, "proxy", read))):
            selftest = selftest or flow.selftest
            share.read(flow)
            yield flow
        for opaque in self._records(TLS, "proxy", unread):
            share.missed(opaque)
            yield opaque
        for opaque in bypassing(seen):
            share.missed(opaque)
            yield opaque
        notes: list[ProxyNote] = []
        yield from self._records(PROXY, "proxy", lambda line: self._proxy_note(line, notes))
        yield from self._health(told, agents, notes, selftest, share)

    def _records(self, name: str, gate: Gate, read: Callable[[Line], Iterable[E]]) -> Iterator[E]:
        """Events of one raw file, in its order. What cannot be read is remembered against the gate."""
        for line in read_lines(self._path / name):
            before = self._clocked.last if self._clocked.last > -FAR else -FAR
            if line.record is None:
                self._broken.append((gate, f"{name} line {line.number}: {line.problem}", Moment(before, FAR)))
                continue
            try:
                yield from list(read(line))
            except _BAD as error:
                why = f"{name} line {line.number}: {type(error).__name__}: {str(error)[:300]}"
                self._broken.append((gate, why, Moment(before, FAR)))

    def _recorded(self, prefix: str) -> Callable[[Line], list[TimelineEvent]]:
        def read(line: Line) -> list[TimelineEvent]:
            record = line.record or {}
            if "dump" in record:
                self._look(record["dump"])
                return []
            moment = self._clocked.of(record)
            fields = dict(record["event"])
            if fields["kind"] == "health" and fields.get("gate") == "canaries":
                fields["facts"] = self._remember(fields.get("facts") or {})
            file = {"ui": UI, "system": SYSTEM, "health": HEALTH}[prefix]
            source = {"ui": "driver", "system": "system", "health": "run"}[prefix]
            about = {
                "id": f"{prefix}-{line.number:06d}", "t_lo": moment.lo, "t_hi": moment.hi, "source": source,
                "evidence": Evidence(file=file, line=line.number),
            }  # fmt: skip
            return [EVENT.validate_python({**fields, **about})]

        return read

    def _look(self, dump: dict[str, Any]) -> None:
        moment = self._clocked.host(float(dump["host_before_ms"]), float(dump["host_after_ms"]))
        if dump.get("error"):
            self._looks.failed.append((moment, str(dump["error"])[:300]))
        else:
            self._looks.good.append(moment)

    def _remember(self, facts: dict[str, Any]) -> dict[str, str]:
        """Plain values stay in raw/; on the timeline their digests stand in for them."""
        kept: dict[str, str] = {}
        for name, value in facts.items():
            data_type = name.partition(".")[0]
            if data_type in DATA_TYPES and isinstance(value, str):
                self._canaries.append((data_type, value))
                kept[name] = sha256(value)
            else:
                kept[name] = str(value)
        return kept

    def _watcher(self, agents: Agents) -> Watcher:
        wanted: dict[tuple[DataType, str], None] = {}
        for data_type, value in [*self._canaries, *agents.values]:
            names_the_app = value.partition(":")[0] == self._package
            if (
                is_personal(data_type)
                and data_type not in STREAMS
                and len(value) >= SHORTEST_VALUE
                and not names_the_app
            ):
                wanted.setdefault((data_type, value))
        if len(wanted) > MOST_VALUES:
            # Identifiers first: what is cut must be the least telling.
            ordered = sorted(wanted, key=lambda one: int(CLASS_OF[one[0]][1:]))
            wanted = dict.fromkeys(ordered[:MOST_VALUES])
            left_out = len(ordered) - MOST_VALUES
            what = f"{left_out} of {len(ordered)} values that were read are not looked for in traffic"
            self._broken.append(("canaries", what, Moment(-FAR, FAR)))
        transforms = agents.transforms
        watcher = Watcher(
            [WatchedValue(data_type, value) for data_type, value in wanted], list(transforms.keys)
        )
        watcher.learn(transforms.done)
        if transforms.left_out:
            what = f"{transforms.left_out} hashes and ciphers of the app were not followed into the traffic"
            self._broken.append(("canaries", what, Moment(-FAR, FAR)))
        return watcher

    def _proxy_note(self, line: Line, notes: list[ProxyNote]) -> list[TimelineEvent]:
        record = line.record or {}
        at = self._clocked.host(float(record["host_ms"]), float(record["host_ms"]))
        notes.append(ProxyNote(at, str(record["event"]), str(record.get("detail", ""))[:500]))
        return []

    def _health(
        self, told: list[TimelineEvent], agents: Agents, notes: list[ProxyNote], selftest: bool, share: Share
    ) -> Iterator[Health]:
        processes = [event for event in told if isinstance(event, Process)]
        marks = sorted((event for event in told if isinstance(event, Scenario)), key=lambda mark: mark.t_lo)
        taps = [event for event in told if isinstance(event, Tap)]
        yield from gates.hooks(self._gates, agents.all, processes, self._package)
        yield from second_witness(self._gates, self._clocked, self._path, self._package, agents.sightings)
        yield from gates.proxy(self._gates, notes, selftest, share.facts())
        yield from gates.clock(self._gates, self._ping_times(), self._map.bound_ms, self._map.reason)
        yield from gates.screen(self._gates, self._looks, _scenarios(marks))
        yield from gates.walk(self._gates, marks)
        yield from gates.untouched(self._gates, processes, marks, taps, self._package)
        for gate, what, span in self._broken:
            lo, hi = max(span.lo, self._gates.first), min(span.hi, self._gates.last)
            yield self._gates.say(gate, False, what, lo, hi, what.partition(" ")[0])

    def _ping_times(self) -> list[float]:
        times = [ping.get("device_ms") for ping in self._pings]
        return sorted(float(time) for time in times if isinstance(time, int | float))


def _scenarios(marks: list[Scenario]) -> list[tuple[str, Moment, Moment]]:
    found = []
    for begin in (mark for mark in marks if mark.action == "begin"):
        end = next(
            (m for m in marks if m.action == "end" and m.scenario == begin.scenario and m.t_lo >= begin.t_lo),
            None,
        )
        found.append((begin.scenario, Moment.of(begin), Moment.of(end) if end else NEVER))
    return found
