"""Records what the agent says, as received, and what can be claimed of it: which processes it watched."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from harness.capture.agent_data import agent_sha256, kind_of
from harness.capture.inject import Agent, AgentLost, Gate, Listener, Started, gate_of
from harness.capture.messages import (
    MESSAGE,
    AgentMessage,
    Bye,
    Events,
    Heartbeat,
    Hello,
    ObserverError,
    Targets,
)
from harness.capture.wire import unpacked
from harness.device.phone import Phone, host_ms
from harness.model.run_folder import HEALTH, HOOKS, RunFolder

__all__ = ["HookCapture", "agent_sha256"]

SILENT_SECONDS: Final = 10.0
"""The agent has a heartbeat every second; after this long without a word it is not taken for alive."""
TAIL_MS: Final = 3000.0
"""A process killed this soon after its agent said everything has told all that matters: the walk was over."""
DEATH_SECONDS: Final = 1.0
"""How long the news of a death may take."""
NEWS_SECONDS: Final = 1.0
"""How long the news of a start may take."""
MAX_EXCERPT: Final = 1000
MAX_EVENTS: Final = 500_000
"""Of one process: an app that reads in a tight loop must not fill the disk."""


@dataclass(slots=True)
class Watched:
    """What is known of one process. Times are host milliseconds."""

    started: Started
    since: float
    agent: Agent
    hello: bool = False
    targets: bool = False
    seq: int = 0
    """Last number received."""
    dropped: int = 0
    said: int = 0
    """Last number that the agent says it gave; above `seq`, something is missing."""
    heard: float = 0.0
    settled: float | None = None
    """When it last said that nothing was held back."""
    bye: bool = False
    gone: float | None = None
    silent_since: float | None = None
    dead: threading.Event = field(default_factory=threading.Event)
    never_ran: bool = False
    """It was ended while it was held: no line of the app ran in it."""
    full: bool = False
    troubles: list[str] = field(default_factory=list)
    """Why this process was not watched as it should have been."""


class HookCapture:
    """start() before the app is installed, settle() before it is stopped, stop() at the end."""

    def __init__(
        self, phone: Phone, folder: RunFolder, package: str, interveners: Sequence[str] = ()
    ) -> None:
        """`interveners`: ids of harness.capture.interveners; what the app gets is changed by them."""
        self._phone = phone
        self._interveners = interveners
        self._folder = folder
        self._package = package
        self._gate: Gate = gate_of(phone)
        self._lock = threading.Lock()
        self._watched: dict[int, Watched] = {}
        self._past: list[Watched] = []
        self._loading: dict[int, threading.Thread] = {}
        self._unwatched: set[int] = set()
        self._ended = threading.Event()
        self._write_error: OSError | None = None
        self._monitor = threading.Thread(target=self._watch_for_silence, daemon=True)
        self.failures: list[str] = []
        """Each is also a line in raw/health.jsonl."""

    def start(self) -> None:
        """When it returns, every process of the package that starts is hooked before its first line."""
        agent_sha256()
        self._gate.open(Listener(self._on_started, self._on_died, self._on_lost))
        self._monitor.start()

    def settle(self) -> None:
        """Every live agent sends what it holds. Call it before the app is stopped."""
        for thread in list(self._loading.values()):
            thread.join(timeout=60)
        self._each_live(lambda watched: watched.agent.flush(), "settle")
        self._look_for_unwatched()
        self._raise_write_error()

    def stop(self) -> None:
        """Observing ends; what each process's record is worth is written down."""
        if self._ended.is_set():
            return
        self._each_live(lambda watched: watched.agent.stop(), "stop")
        self._ended.set()
        self._gate.close()
        now = host_ms()
        with self._lock:
            everyone = [*self._past, *self._watched.values()]
        for watched in everyone:
            self._conclude(watched, now)
        self._raise_write_error()

    # What the gate says.

    def _on_started(self, started: Started) -> None:
        if started.package != self._package:
            self._gate.release(started.pid)
            return
        watched = Watched(started, host_ms(), Agent(self._gate, started))
        with self._lock:
            previous = self._watched.get(started.pid)
            if previous is not None:
                self._past.append(previous)
            self._watched[started.pid] = watched
        thread = threading.Thread(target=self._load, args=(watched,), daemon=True)
        self._loading[started.pid] = thread
        thread.start()

    def _load(self, watched: Watched) -> None:
        pid = watched.started.pid
        try:
            watched.agent.load(
                self._package,
                lambda message, data: self._on_message(watched, message, data),
                lambda reason: self._on_gone(watched, reason),
                self._interveners,
            )
        except AgentLost as error:
            watched.never_ran = not error.killed and watched.dead.wait(DEATH_SECONDS)
            if not watched.never_ran:
                self._trouble(watched, f"the agent did not get in: {error}", watched.since, host_ms())
        finally:
            self._gate.release(pid)
            self._loading.pop(pid, None)

    def _on_died(self, pid: int, cause: str) -> None:
        with self._lock:
            watched = self._watched.get(pid)
        if watched is not None:
            self._on_gone(watched, cause)

    def _on_gone(self, watched: Watched, _reason: str) -> None:
        if watched.gone is None:
            watched.gone = host_ms()
            watched.dead.set()

    def _on_lost(self, reason: str) -> None:
        now = host_ms()
        if not self._ended.is_set():
            self._say(False, f"{reason}: later processes run without the agent", now, now, {}, None)

    # What the agents say.

    def _on_message(self, watched: Watched, message: dict[str, Any], data: bytes | None) -> None:
        """Runs in frida's thread, where an exception would be lost."""
        now = host_ms()
        try:
            payload = message.get("payload")
            if message.get("type") != "send" or not isinstance(payload, dict):
                self._bad(watched, now, str(message.get("description", "no message of ours")), message)
                return
            try:
                payload = payload if data is None else unpacked(data)
                parsed = MESSAGE.validate_python(payload)
            except ValidationError as error:
                self._bad(watched, now, _first_error(error), payload)
                return
            except ValueError as error:
                self._bad(watched, now, str(error), payload)
                return
            started = watched.started
            record = {"host_ms": now, "pid": started.pid, "process": started.process, "message": payload}
            if not self._ended.is_set() or isinstance(parsed, Bye):
                self._folder.append(HOOKS, record)
            self._take_note(watched, parsed, now)
            if isinstance(parsed, Events) and self._has_room(watched, now):
                watched.agent.acknowledge(1)
        except OSError as error:
            self._write_error = error

    def _has_room(self, watched: Watched, now: float) -> bool:
        """Past the limit nothing is taken any more: the agent holds its events, and counts those it drops."""
        if watched.seq < MAX_EVENTS:
            return True
        if not watched.full:
            watched.full = True
            self._trouble(watched, f"more than {MAX_EVENTS} events; the rest is only counted", now, now)
        return False

    def _take_note(self, watched: Watched, message: AgentMessage, now: float) -> None:
        watched.heard = now
        self._end_silence(watched, now)
        match message:
            case Hello():
                watched.hello = True
            case Targets(targets=targets):
                watched.targets = True
                for target in targets:
                    if target.status == "failed":
                        why = f"{target.hook} does not watch {target.target}: {target.reason}"
                        self._trouble(watched, why, watched.since, now)
                    elif target.status == "dead":
                        why = f"{target.hook} is dead on {target.target}: {target.reason}"
                        kind = kind_of(target.hook, target.target)
                        facts = {} if kind is None else {"only": kind}
                        self._trouble(watched, why, watched.settled or watched.since, now, **facts)
            case Events(events=events):
                for event in events:
                    if event.seq != watched.seq + 1:
                        gap = f"event {event.seq} came after {watched.seq}"
                        self._trouble(watched, gap, watched.settled or watched.since, now)
                    watched.seq = event.seq
            case ObserverError(hook=hook, api=api, error=error):
                self._trouble(watched, f"{hook} failed on {api}: {error}", now, now)
            case Heartbeat(seq=seq, dropped=dropped):
                self._note_report(watched, seq, dropped, now)
            case Bye(seq=seq, dropped=dropped):
                watched.bye = True
                self._note_report(watched, seq, dropped, now)

    def _note_report(self, watched: Watched, seq: int, dropped: int, now: float) -> None:
        watched.said = seq
        if dropped > watched.dropped:
            lost = f"{dropped - watched.dropped} events were dropped by the agent"
            self._trouble(watched, lost, watched.settled or watched.since, now)
            watched.dropped = dropped
        if watched.seq >= seq:
            watched.settled = now

    def _bad(self, watched: Watched, now: float, why: str, message: object) -> None:
        excerpt = ascii(message)[:MAX_EXCERPT]
        self._trouble(watched, f"a message was not understood: {why}", now, now, excerpt=excerpt)

    # What can be claimed.

    def _conclude(self, watched: Watched, now: float) -> None:
        if watched.never_ran:
            return
        end = watched.gone or now
        self._end_silence(watched, end)
        if not watched.hello and not watched.troubles:
            self._trouble(watched, "the agent never said a word", watched.since, end)
        elif watched.said > watched.seq:
            missing = f"events {watched.seq + 1} to {watched.said} never came"
            self._trouble(watched, missing, watched.settled or watched.since, end)
        elif watched.gone is not None and not watched.bye and watched.gone - (watched.settled or 0) > TAIL_MS:
            heard = watched.settled or watched.heard or watched.since
            self._trouble(watched, "the process was ended before its last events were sent", heard, end)
        if not watched.troubles:
            facts = {"events": watched.seq, "dropped": watched.dropped}
            self._say(True, "hooked from its first line, no gap", watched.since, end, facts, watched)

    def _look_for_unwatched(self) -> None:
        """Processes of the package that run and never went through the gate."""
        now = host_ms()
        running = {
            pid: name
            for pid, name in self._phone.processes().items()
            if name == self._package or name.startswith(f"{self._package}:")
        }
        # The news of a start is on its way while the phone lists the process already.
        until = now + NEWS_SECONDS * 1000
        while running.keys() - self._watched.keys() - self._unwatched and host_ms() < until:
            time.sleep(0.05)
        for pid, name in running.items():
            if pid not in self._watched and pid not in self._unwatched:
                self._unwatched.add(pid)
                self._say(False, f"{name} ({pid}) runs without the agent", now, now, {"pid": pid}, None)

    def _watch_for_silence(self) -> None:
        while not self._ended.wait(1.0):
            now = host_ms()
            with self._lock:
                everyone = list(self._watched.values())
            for watched in everyone:
                silent = now - watched.heard > SILENT_SECONDS * 1000
                if watched.hello and watched.gone is None and silent and watched.silent_since is None:
                    watched.silent_since = watched.heard
                    self._trouble(watched, "the agent is silent", watched.heard, now)

    def _end_silence(self, watched: Watched, now: float) -> None:
        if watched.silent_since is not None:
            self._trouble(watched, "the agent was silent", watched.silent_since, now)
            watched.silent_since = None

    def _each_live(self, call: Any, what: str) -> None:
        """In parallel: a process that hangs holds up the others by one call's time limit at most."""

        def run(watched: Watched) -> None:
            try:
                call(watched)
            except AgentLost as error:
                if watched.gone is None and not watched.bye:
                    self._trouble(watched, f"{what}: {error}", watched.settled or watched.since, host_ms())

        with self._lock:
            live = [one for one in self._watched.values() if one.hello and one.gone is None and not one.bye]
        threads = [threading.Thread(target=run, args=(watched,), daemon=True) for watched in live]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

    def _trouble(self, watched: Watched, reason: str, lo: float, hi: float, **facts: str) -> None:
        watched.troubles.append(reason)
        self._say(False, reason, lo, hi, dict(facts), watched)

    def _say(
        self, healthy: bool, reason: str, lo: float, hi: float, facts: dict[str, Any], watched: Watched | None
    ) -> None:
        if not healthy:
            self.failures.append(reason)
        event: dict[str, Any] = {"kind": "health", "gate": "hooks", "healthy": healthy, "reason": reason}
        event["facts"] = facts
        if watched is not None:
            event |= {"pid": watched.started.pid, "process": watched.started.process}
        try:
            self._folder.append(HEALTH, {"host_lo_ms": lo, "host_hi_ms": hi, "event": event})
        except OSError as error:
            self._write_error = error

    def _raise_write_error(self) -> None:
        if self._write_error is not None:
            raise self._write_error


def _first_error(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
