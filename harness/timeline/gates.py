"""What each capture source can claim, derived from its own record: one health event an interval."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.capture.agent_data import kind_of
from harness.capture.clock import USABLE_MS
from harness.model.event import Evidence, Gate, Health, Process, Scenario, Tap
from harness.model.run_folder import CLOCK, FLOWS, HOOKS, SYSTEM, UI
from harness.timeline.agents import Agent
from harness.timeline.clocked import Clocked
from harness.timeline.consent import Moment

PROXY: Final = "raw/proxy.jsonl"
TAIL_MS: Final = 3000.0
"""What a process did this long before it was ended may be missing without harm: a heartbeat comes every
second."""
HEARTBEAT_MS: Final = 1000.0
"""Silence is only silence from when the agent should have spoken again."""
BLIND_MS: Final = 20_000.0
"""A longer time without one readable screen leaves out a dialog."""
AFTER_TAP_MS: Final = 15_000.0
"""A process that ends within it ended because of the tap."""
LATE_PING_MS: Final = 60_000.0
"""The clock is pinged every 30 s; without one for so long it is not held."""


@dataclass(slots=True)
class Looks:
    """Dumps of the screen, as device intervals."""

    good: list[Moment] = field(default_factory=list)
    failed: list[tuple[Moment, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ProxyNote:
    at: Moment
    event: str
    detail: str


class Gates:
    """Numbers health events and knows where the record ends."""

    def __init__(self, clocked: Clocked) -> None:
        self._clocked = clocked
        self._count = 0

    def say(
        self, gate: Gate, healthy: bool, reason: str, lo: float, hi: float, file: str, **facts: str | float
    ) -> Health:
        self._count += 1
        return Health(
            id=f"gate-{self._count:06d}", t_lo=lo, t_hi=max(lo, hi), source="run",
            evidence=Evidence(file=file),
            gate=gate, healthy=healthy, reason=reason[:1000], facts=facts,
        )  # fmt: skip

    @property
    def first(self) -> float:
        return self._clocked.first

    @property
    def last(self) -> float:
        return self._clocked.last


def hooks(
    gates: Gates, agents: Sequence[Agent], processes: Sequence[Process], package: str
) -> Iterator[Health]:
    """Every process of the package said hello before anything else, lost nothing and told its end. A run in
    which none was seen watched nothing."""
    own = [event for event in processes if event.process and _is_own(event.process, package)]
    starts = [event for event in own if event.action == "start"]
    deaths = [event for event in own if event.action == "death"]
    if not agents and not starts:
        what = "no process of the app was seen at all, so nothing of it could be watched"
        yield gates.say("hooks", False, what, gates.first, gates.last, HOOKS)
    for start in starts:
        following = min(
            (one.t_lo for one in starts if one.pid == start.pid and one.t_lo > start.t_lo), default=None
        )
        until = gates.last if following is None else following
        if not any(_is_of(agent, start, until) for agent in agents):
            end = min(
                (one.t_hi for one in deaths if one.pid == start.pid and one.t_lo >= start.t_lo), default=until
            )
            what = f"process {start.process} ({start.pid}) ran without the agent"
            yield gates.say("hooks", False, what, start.t_lo, end, SYSTEM)
    for agent in agents:
        yield from _agent(gates, agent, [*deaths, *starts])


def _agent(gates: Gates, agent: Agent, own: Sequence[Process]) -> Iterator[Health]:
    name = f"{agent.process} ({agent.pid})"
    if agent.hello_ms is None:
        what = f"{name} sent events but never said hello: hooked late"
        yield gates.say("hooks", False, what, gates.first, gates.last, HOOKS)
        return
    for when, what in agent.problems:
        yield gates.say("hooks", False, f"{name}: {what}", min(when, agent.hello_ms), when, HOOKS)
    # A process is over with its death, or at the latest when another of its name begins.
    ends = [
        one.t_lo
        for one in own
        if one.action == "death" and one.pid == agent.pid and one.t_hi >= agent.hello_ms
    ]
    ends += [
        one.t_lo
        for one in own
        if one.action == "start"
        and one.process == agent.process
        and one.pid != agent.pid
        and one.t_lo > agent.hello_ms
    ]
    known = agent.reported_ms
    end = min(ends, default=gates.last)
    if agent.bye is None and end - known > TAIL_MS:
        what = f"{name}: its last {(end - known) / 1000:.1f} s are not known, it said nothing more"
        yield gates.say("hooks", False, what, known + HEARTBEAT_MS, end, HOOKS)
    for lapse in agent.lapses:
        kind = kind_of(lapse.hook, lapse.target)
        facts = {} if kind is None else {"only": kind}
        what = f"{name}: {lapse.hook} at {lapse.target} was dead: {lapse.why}"
        yield gates.say("hooks", False, what, lapse.since, min(lapse.until, end), HOOKS, **facts)
    yield gates.say(
        "hooks", True, f"{name} was hooked from its first line", agent.hello_ms,
        max(known, agent.hello_ms), HOOKS,
        events=float(agent.events), targets=float(agent.installed), absent="; ".join(agent.absent)[:4000],
    )  # fmt: skip


def _is_of(agent: Agent, start: Process, until: float) -> bool:
    # A process is parked until the agent is in, so its hello may come late but never before its start.
    return (
        agent.pid == start.pid and agent.hello_ms is not None and start.t_lo - 1000 <= agent.hello_ms <= until
    )


def _is_own(process: str, package: str) -> bool:
    return process == package or process.startswith(package + ":")


def proxy(
    gates: Gates, notes: Sequence[ProxyNote], selftest_seen: bool, share: Mapping[str, float]
) -> Iterator[Health]:
    """It started, decrypted the harness's own request, and lived to the end; `share` is how much of what the
    app sent it could read."""
    started = next((note for note in notes if note.event == "started"), None)
    if started is None:
        yield gates.say("proxy", False, "the proxy never started", gates.first, gates.last, PROXY)
        return
    if not selftest_seen or not any(note.event == "selftest" for note in notes):
        what = "the harness's own request was not seen decrypted"
        yield gates.say("proxy", False, what, gates.first, gates.last, FLOWS)
    for note in notes:
        if note.event == "died":
            yield gates.say("proxy", False, f"the proxy died: {note.detail}", note.at.lo, gates.last, PROXY)
        elif note.event == "error":
            yield gates.say("proxy", False, f"the proxy failed: {note.detail}", note.at.lo, note.at.hi, PROXY)
    ends = [note for note in notes if note.event in ("stopped", "died")]
    end = ends[-1].at.lo if ends else notes[-1].at.lo
    if not ends:
        yield gates.say("proxy", False, "how the proxy ended is not recorded", end, gates.last, PROXY)
    what = "the proxy decrypted its self-test and lived"
    yield gates.say("proxy", True, what, started.at.lo, end, PROXY, **share)


def clock(gates: Gates, pings: Sequence[float], bound_ms: float, why: str) -> Iterator[Health]:
    """The map from host to device time is tight enough to tell what came first.

    Args:
        pings: device times of the pings that count, in order.
        bound_ms: half the widest interval that a host instant maps to.
        why: why there is no map; empty when there is one.
    """
    if why or bound_ms > USABLE_MS:
        what = why or f"the clock is known to {bound_ms:.0f} ms only, {USABLE_MS:g} ms are needed"
        yield gates.say("clock", False, what, gates.first, gates.last, CLOCK)
        return
    for before, after in itertools.pairwise([*pings, gates.last]):
        if after - before > LATE_PING_MS:
            what = f"the clock was not compared for {(after - before) / 1000:.0f} s"
            yield gates.say("clock", False, what, before, after, CLOCK)
    yield gates.say(
        "clock", True, f"known to {bound_ms:.1f} ms", gates.first, gates.last, CLOCK, bound_ms=bound_ms
    )


def screen(gates: Gates, looks: Looks, scenarios: Sequence[tuple[str, Moment, Moment]]) -> Iterator[Health]:
    """In each scenario the screen was read, without a long time blind. Scenarios are (id, begin, end)."""
    for scenario, begin, end in scenarios:
        until = min(end.lo, gates.last)
        seen = [look for look in looks.good if look.hi >= begin.lo and look.lo <= until]
        if not seen:
            yield gates.say("screen", False, f"no screen could be read in {scenario}", begin.lo, until, UI)
            continue
        marks = [begin.hi, *(look.lo for look in seen), until]
        longest = max(after - before for before, after in itertools.pairwise(sorted(marks)))
        for before, after in itertools.pairwise(sorted(marks)):
            if after - before > BLIND_MS:
                what = f"the screen was not read for {(after - before) / 1000:.0f} s in {scenario}"
                yield gates.say("screen", False, what, before, after, UI)
        yield gates.say(
            "screen", True, f"read {len(seen)} times in {scenario}", begin.lo, until, UI,
            looks=float(len(seen)), longest_gap_ms=round(longest, 1),
        )  # fmt: skip


def walk(gates: Gates, marks: Sequence[Scenario]) -> Iterator[Health]:
    """Every step did what it should, and each scenario that began reached its end."""
    for begin in (mark for mark in marks if mark.action == "begin"):
        later = [mark for mark in marks if mark.scenario == begin.scenario and mark.t_lo >= begin.t_lo]
        end = next((mark for mark in later if mark.action == "end"), None)
        until = end.t_hi if end else gates.last
        undone = [mark for mark in later if mark.action == "step" and not mark.confirmed]
        if end is None:
            what = f"{begin.scenario} has no end"
        elif not end.confirmed:
            what = f"{begin.scenario} did not reach its end: {end.detail}"
        elif undone:
            what = f"{begin.scenario}: {undone[0].step!r} was not confirmed: {undone[0].detail}"
        else:
            what = ""
        reason = what or f"{begin.scenario}: every step was confirmed"
        yield gates.say("walk", not what, reason, begin.t_lo, until, UI)


def untouched(
    gates: Gates, processes: Sequence[Process], marks: Sequence[Scenario], taps: Iterable[Tap], package: str
) -> Iterator[Health]:
    """The app neither crashed nor left without being told to: nothing hints that it noticed the harness."""
    touched = [tap.t_lo for tap in taps]
    steps = [mark for mark in marks if mark.action == "step"]
    any_bad = False
    for death in processes:
        if death.action != "death" or death.process is None or not _is_own(death.process, package):
            continue
        if "crash" in death.cause.lower() or "anr" in death.cause.lower().split():
            any_bad = True
            what = f"{death.process} crashed: {death.cause}"
            yield gates.say("untouched", False, what, death.t_lo, death.t_hi, SYSTEM)
        elif death.process == package and not _explained(death, steps, touched):
            any_bad = True
            what = f"{death.process} left by itself while nothing was touched" + (
                f": {death.cause}" if death.cause else ""
            )
            yield gates.say("untouched", False, what, death.t_lo, death.t_hi, SYSTEM)
    if not any_bad and any(event.action == "start" for event in processes):
        what = "the app neither crashed nor left by itself"
        yield gates.say("untouched", True, what, gates.first, gates.last, SYSTEM)


def _explained(death: Process, steps: Sequence[Scenario], touched: Sequence[float]) -> bool:
    if f"stop {death.process}" in death.cause or any(
        0 <= death.t_hi - tap <= AFTER_TAP_MS for tap in touched
    ):
        # Android names a forced stop so; an app cannot end itself that way.
        return True
    during = [step for step in steps if step.t_lo <= death.t_hi and death.t_lo <= step.t_hi]
    # Starting, relaunching and the time between two steps belong to the harness; only watching does not.
    return not during or any(step.step.split(" ")[0] not in ("observe", "await") for step in during)
