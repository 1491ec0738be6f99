"""Agent messages to events, and what each hooked process said of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from harness.model.data_type import DataType, is_personal
from harness.model.event import ApiCall, Evidence, NativeCall, Permission, ResultClass, StorageWrite
from harness.model.run_folder import HOOKS
from harness.sdks.match import actor_of
from harness.timeline.clocked import Clocked
from harness.timeline.consent import Moment
from harness.timeline.lines import Line
from harness.timeline.transforms import HOOKS as CRYPTO
from harness.timeline.transforms import Transforms, told

HookEvent = ApiCall | NativeCall | Permission | StorageWrite

RESOLUTION_MS: Final = 1.0
"""The agent reads a clock of whole milliseconds or finer."""
LONGEST_VALUE: Final = 4096
"""The agent cuts longer values, so they are not the value that was read."""
SHORTEST_VALUE: Final = 4
"""Characters of a value that can be looked for at all."""
STREAMS: Final[frozenset[DataType]] = frozenset({"sensors", "camera", "microphone", "screen_capture"})
"""Their readings are no values that come back in a request."""
_PORT: Final = re.compile(r"from:(\d{1,5})")


class Observed(BaseModel):
    """One event of an `events` message; other fields may come with newer agents."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    seq: int = Field(ge=1)
    t: float
    took_ms: float = Field(default=0, ge=0)
    tid: int | None = None
    kind: Literal["native", "read", "permission", "write", "exec", "context"]
    hook: str
    data_type: DataType | None = None
    api: str
    args: list[str] = []
    values: list[str] = []
    result: ResultClass = "obtained"
    exception: str | None = None
    stack: list[str] = []
    caller: str | None = None


@dataclass(slots=True)
class Lapse:
    """A time in which a hook did not live, though it was in place before."""

    hook: str
    target: str
    why: str
    since: float
    """When its process last said that all was well: it died some time after."""
    until: float = float("inf")
    """When it was in place again."""


@dataclass(slots=True)
class Agent:
    """One process from its hello on. Times are device milliseconds."""

    pid: int
    process: str
    hello_ms: float | None
    """None when events came from a process that never said hello."""
    last_seq: int = 0
    reported_seq: int = 0
    """The highest number that the agent itself said it had used."""
    reported_ms: float = float("-inf")
    """When it last said so."""
    dropped: int = 0
    bye: str | None = None
    events: int = 0
    last_event_ms: float = float("-inf")
    installed: int = 0
    absent: list[str] = field(default_factory=list)
    lapses: list[Lapse] = field(default_factory=list)
    problems: list[tuple[float, str]] = field(default_factory=list)
    """(when, what): gaps, failed targets, errors of an observer, events before the hello."""
    overdue: tuple[float, str] | None = None
    """The one among the problems that says which numbers are used and have not come yet."""


class Agents:
    """Reads raw/hooks.jsonl line by line; afterwards holds the agents and the values that were read."""

    def __init__(self, package: str, clocked: Clocked) -> None:
        self._package = package
        self._clocked = clocked
        self._current: dict[int, Agent] = {}
        self._count = 0
        self._type_of: dict[str, DataType] = {}
        self.all: list[Agent] = []
        self.values: dict[tuple[DataType, str], None] = {}
        """(data type, value), each once, in the order of first appearance."""
        self.transforms = Transforms()
        self.sightings: list[tuple[str, Moment]] = []
        """Which hook saw something, and when."""

    def events(self, line: Line) -> Iterator[HookEvent]:
        """The events of one line. Raises ValueError, KeyError or TypeError for a message that is none of
        ours."""
        record = line.record or {}
        message, pid = record["message"], int(record["pid"])
        process = str(record.get("process") or self._package)
        at = self._clocked.host(float(record["host_ms"]), float(record["host_ms"])).lo
        moved = self._clocked.boots.of_host(float(record["host_ms"]))
        match message["t"]:
            case "hello":
                self._hello(pid, process, float(message["device_ms"]) + moved)
            case "events":
                agent = self._agent(pid, process)
                for raw in message["events"]:
                    seen = Observed.model_validate(raw)
                    if moved:
                        seen = seen.model_copy(update={"t": seen.t + moved})
                    yield from self._event(agent, seen, line.number)
            case "targets":
                self._targets(self._agent(pid, process), message["targets"], at)
            case "error":
                agent = self._agent(pid, process)
                what = (
                    f"an observer failed: {message.get('hook') or message.get('api')}: {message.get('error')}"
                )
                agent.problems.append((self._now(agent), str(what)[:300]))
            case "heartbeat" | "bye" as kind:
                self._report(self._agent(pid, process), message, kind, at)
            case other:
                raise ValueError(f"message {other!r} is not one of the agent's")

    def _hello(self, pid: int, process: str, device_ms: float) -> None:
        early = self._current.get(pid)
        agent = Agent(pid, process, device_ms, reported_ms=device_ms)
        self._clocked.device(device_ms, device_ms)
        if early is not None and early.hello_ms is None and early.bye is None:
            agent.problems.append((device_ms, f"{early.events} events came before the hello"))
        self._current[pid] = agent
        self.all.append(agent)

    def _agent(self, pid: int, process: str) -> Agent:
        agent = self._current.get(pid)
        if agent is None:
            agent = self._current[pid] = Agent(pid, process, None)
            self.all.append(agent)
        return agent

    def _targets(self, agent: Agent, targets: Sequence[dict[str, Any]], at: float) -> None:
        for target in targets:
            name = f"{target['hook']} at {target['target']}"
            match target["status"]:
                case "installed":
                    agent.installed += 1
                    # It came later, with the app's own loader or another.
                    if name in agent.absent:
                        agent.absent.remove(name)
                case "absent":
                    agent.absent.append(name)
                case "dead":
                    why = str(target.get("reason", ""))[:300]
                    agent.lapses.append(Lapse(target["hook"], target["target"], why, agent.reported_ms))
                case "revived":
                    for lapse in agent.lapses:
                        if (lapse.hook, lapse.target) == (target["hook"], target["target"]):
                            lapse.until = min(lapse.until, at)
                case _:
                    why = f"{name} could not be hooked: {target.get('reason', '')}"
                    agent.problems.append((self._now(agent), why[:300]))

    def _report(self, agent: Agent, message: dict[str, Any], kind: str, at: float) -> None:
        # A heartbeat's own device time is an estimate, so the time of its arrival is taken.
        agent.reported_seq = max(agent.reported_seq, int(message["seq"]))
        agent.reported_ms = max(agent.reported_ms, at)
        dropped = int(message.get("dropped", 0))
        if dropped > agent.dropped:
            agent.problems.append((agent.reported_ms, f"{dropped - agent.dropped} events were dropped"))
            agent.dropped = dropped
        if kind == "bye":
            agent.bye = str(message.get("why", ""))
        if agent.overdue is not None:
            agent.problems.remove(agent.overdue)
            agent.overdue = None
        if agent.reported_seq > agent.last_seq:
            # A heartbeat may overtake a batch that is numbered and not sent yet: what comes later clears this.
            lost = agent.reported_seq - agent.last_seq
            agent.overdue = (
                agent.reported_ms, f"{lost} events up to number {agent.reported_seq} are missing",
            )  # fmt: skip
            agent.problems.append(agent.overdue)

    def _event(self, agent: Agent, seen: Observed, line: int) -> Iterator[HookEvent]:
        if seen.seq != agent.last_seq + 1:
            what = f"number {seen.seq} follows {agent.last_seq}"
            agent.problems.append((seen.t, f"a gap in the agent's numbers: {what}"))
        agent.last_seq = max(agent.last_seq, seen.seq)
        if agent.overdue is not None and agent.last_seq >= agent.reported_seq:
            agent.problems.remove(agent.overdue)
            agent.overdue = None
        agent.events += 1
        agent.last_event_ms = max(agent.last_event_ms, seen.t)
        moment = self._clocked.device(seen.t, seen.t + seen.took_ms + RESOLUTION_MS)
        self.sightings.append((seen.hook, moment))
        about = {
            "t_lo": moment.lo, "t_hi": moment.hi, "source": "hook", "pid": agent.pid,
            "process": agent.process,
            "evidence": Evidence(file=HOOKS, line=line), "stack": seen.stack,
            "actor": actor_of(seen.stack, self._package, seen.api),
        }  # fmt: skip
        if seen.kind == "permission":
            for name in seen.values:
                yield Permission(id=self._id(), action="requested", permission=name, **about)
        elif seen.kind == "write":
            yield from self._writes(seen, about)
        elif seen.kind == "read" or (seen.data_type is not None and is_personal(seen.data_type)):
            yield self._read(seen, about)
        elif seen.hook in CRYPTO:
            self.transforms.see(agent.pid, seen.tid, seen.hook, seen.args, seen.values)
            yield NativeCall(id=self._id(), function=seen.api, target=told(seen.hook, seen.args), **about)
        else:
            yield self._native(seen, about)

    def _native(self, seen: Observed, about: dict[str, Any]) -> NativeCall:
        ports = [
            int(port[1]) for arg in seen.args if seen.kind == "native" and (port := _PORT.fullmatch(arg))
        ]
        target = " ".join(arg for arg in seen.args if not (ports and _PORT.fullmatch(arg)))[:4096]
        return NativeCall(
            id=self._id(), function=seen.api, target=target, caller=seen.caller, thread=seen.tid,
            local_port=ports[0] or None if ports else None, **about,
        )  # fmt: skip

    def _read(self, seen: Observed, about: dict[str, Any]) -> ApiCall:
        data_type: DataType = seen.data_type or "other"
        result, values = seen.result, seen.values
        if data_type in ("running_apps", "installed_apps") and values and self._is_own(values):
            # Since Android 5.1 an app that asks what runs is told of itself only: that is no list of apps.
            data_type = "other"
        digests = [sha256(value) for value in values]
        if result == "obtained" and is_personal(data_type):
            for value, digest in zip(values, digests, strict=True):
                self._type_of.setdefault(digest, data_type)
                if len(value) < LONGEST_VALUE:
                    self.values.setdefault((data_type, value))
        return ApiCall(
            id=self._id(), hook=seen.hook, api=seen.api, data_type=data_type, arguments=seen.args,
            result=result, unsought=result == "obtained" and is_personal(data_type) and _is_unsought(data_type, values),
            exception=seen.exception, value_digests=digests, thread=seen.tid, **about,
        )  # fmt: skip

    def _is_own(self, values: Sequence[str]) -> bool:
        return all(value.partition(":")[0] == self._package for value in values)

    def _writes(self, seen: Observed, about: dict[str, Any]) -> Iterator[StorageWrite]:
        """One for each value; several values of one call have a key each, or share the only one."""
        store, name, *keys = (*seen.args, "", "")
        for i, value in enumerate(seen.values or [None]):
            digest = sha256(value) if value is not None else None
            yield StorageWrite(
                id=self._id(), hook=seen.hook, store=_store(store), name=name,
                key=keys[i] if len(seen.args) - 2 > i else keys[0],
                data_type=self._type_of.get(digest) if digest else None, value_digest=digest, **about,
            )  # fmt: skip

    def _id(self) -> str:
        self._count += 1
        return f"hook-{self._count:06d}"

    def _now(self, agent: Agent) -> float:
        known = max(agent.reported_ms, agent.last_event_ms, agent.hello_ms or float("-inf"))
        return known if known > float("-inf") else self._clocked.first


def _is_unsought(data_type: DataType, values: Sequence[str]) -> bool:
    return (
        not values
        or data_type in STREAMS
        or any(not SHORTEST_VALUE <= len(value) < LONGEST_VALUE for value in values)
    )


def sha256(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()


def _store(name: str) -> Literal["preferences", "database", "file"]:
    match name:
        case "database":
            return "database"
        case "file":
            return "file"
        case "preferences":
            return "preferences"
        case _:
            raise ValueError(f"{name!r} is not a kind of store")
