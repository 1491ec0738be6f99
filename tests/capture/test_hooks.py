"""What HookCapture writes down and claims, over a gate and an agent that play a script."""

import json
import threading

import pytest

from harness.capture import hooks
from harness.capture.hooks import HookCapture
from harness.capture.inject import Agent, Started
from harness.model.event import EVENT
from harness.model.run_folder import HEALTH, HOOKS, RunFolder

PACKAGE = "com.example.app"
HELLO = {"t": "hello", "pid": 7, "runtime": "jvm", "device_ms": 5.0, "agent": "0.1.0+x"}
TARGETS = {
    "t": "targets",
    "targets": [{"hook": "imei", "target": "a.b", "status": "installed", "reason": ""}],
}


def event(seq):
    return {
        "seq": seq, "t": 1000.5, "took_ms": 1, "tid": 7, "kind": "read", "hook": "imei", "data_type": "imei",
        "api": "a.b", "args": [], "values": ["868016054321987"], "result": "obtained", "exception": None,
        "stack": ["com.x.A.b:3"],
    }  # fmt: skip


class ScriptedAgent:
    """A session and its script in one: what it says at load, at flush and at stop is given."""

    def __init__(self, at_load=(HELLO, TARGETS), at_flush=(), at_stop=(), failing=False):
        self.at_load, self.at_flush, self.at_stop, self.failing = at_load, at_flush, at_stop, failing
        self.acknowledged = 0
        self.handlers = {}
        self.exports_sync = self

    def on(self, name, handler):
        self.handlers[name] = handler

    def create_script(self, source):
        return self

    def load(self):
        if self.failing:
            raise RuntimeError("no such process")

    def init(self, options):
        self.say(*self.at_load)

    def flush(self):
        self.say(*self.at_flush)

    def stop(self):
        self.say(*self.at_stop)

    def post(self, message):
        self.acknowledged += message["count"]

    def say(self, *messages):
        for message in messages:
            self.handlers["message"]({"type": "send", "payload": message}, None)


class ScriptedGate:
    def __init__(self):
        self.agents = {}
        self.released = []
        self.let_go = threading.Condition()

    def open(self, listener):
        self.listener = listener

    def attach(self, pid):
        return self.agents[pid]

    def release(self, pid):
        with self.let_go:
            self.released.append(pid)
            self.let_go.notify_all()

    def kill(self, pid):
        pass

    def close(self):
        pass

    def start(self, agent, pid=7, process=PACKAGE):
        self.agents[pid] = agent
        self.listener.started(Started(pid, process, process.split(":")[0]))
        with self.let_go:
            assert self.let_go.wait_for(lambda: pid in self.released, timeout=5)


class ScriptedPhone:
    def __init__(self):
        self.running = {}

    def processes(self):
        return self.running


class Scene:
    def __init__(self, path, monkeypatch):
        self.gate, self.phone = ScriptedGate(), ScriptedPhone()
        monkeypatch.setattr(hooks, "gate_of", lambda phone: self.gate)
        self.folder = RunFolder.create(path)
        self.capture = HookCapture(self.phone, self.folder, PACKAGE)
        self.capture.start()

    def lines(self, name):
        path = self.folder.path / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def health(self):
        return [(line["event"]["healthy"], line["event"]["reason"]) for line in self.lines(HEALTH)]

    def unhealthy(self):
        return [reason for healthy, reason in self.health() if not healthy]


@pytest.fixture(autouse=True)
def news_of_deaths_travel_fast(monkeypatch):
    monkeypatch.setattr(hooks, "DEATH_SECONDS", 0.01)


@pytest.fixture
def scene(tmp_path, monkeypatch):
    made = Scene(tmp_path / "run", monkeypatch)
    yield made
    made.capture._ended.set()


def test_messages_are_recorded_as_received_with_host_time(scene):
    scene.gate.start(ScriptedAgent(at_load=(HELLO, TARGETS, {"t": "events", "events": [event(1)]})))
    recorded = scene.lines(HOOKS)
    assert [line["message"]["t"] for line in recorded] == ["hello", "targets", "events"]
    assert recorded[2]["message"]["events"] == [event(1)]
    assert recorded[2]["pid"] == 7
    assert recorded[2]["process"] == PACKAGE
    assert recorded[0]["host_ms"] <= recorded[2]["host_ms"]


def test_a_process_that_said_everything_is_healthy_for_its_whole_life(scene):
    beat = {"t": "heartbeat", "seq": 1, "dropped": 0, "device_ms": 9.0}
    agent = ScriptedAgent(at_flush=({"t": "events", "events": [event(1)]}, beat))
    scene.gate.start(agent)
    scene.capture.settle()
    scene.gate.listener.died(7, "killed")
    scene.capture.stop()
    assert scene.health() == [(True, "hooked from its first line, no gap")]
    assert agent.acknowledged == 1
    line = scene.lines(HEALTH)[0]
    assert line["host_lo_ms"] < line["host_hi_ms"]
    assert line["event"]["facts"] == {"events": 1, "dropped": 0}


def test_every_statement_is_a_health_event_of_the_timeline(scene):
    scene.gate.start(ScriptedAgent(failing=True))
    scene.capture.stop()
    for line in scene.lines(HEALTH):
        evidence = {"file": HEALTH, "line": 1}
        EVENT.validate_python(
            {"id": "h", "t_lo": 1.0, "t_hi": 2.0, "source": "hook", "evidence": evidence, **line["event"]}
        )


def test_the_process_goes_on_even_when_the_agent_does_not_get_in(scene):
    scene.gate.start(ScriptedAgent(failing=True))
    assert scene.gate.released == [7]
    assert scene.unhealthy() == ["the agent did not get in: attach: RuntimeError: no such process"]
    assert scene.capture.failures == scene.unhealthy()


def test_a_process_that_died_while_it_was_held_ran_nothing_and_is_no_failure(scene):
    class Dying(ScriptedAgent):
        def load(self):
            scene.gate.listener.died(7, "killed")
            raise RuntimeError("no such process")

    scene.gate.start(Dying())
    scene.capture.stop()
    assert scene.health() == []


def test_processes_of_other_packages_are_let_through_untouched(scene):
    scene.gate.start(ScriptedAgent(failing=True), pid=9, process="com.other")
    scene.capture.stop()
    assert scene.health() == []


def packed(*events, **changes):
    """As the agent packs them: what calls of one place share is told once."""
    site = ["kind", "hook", "data_type", "api", "result", "exception"]
    row = ["seq", "t", "took_ms", "tid", "args", "values"]
    sites, stacks, rows = [], [], []
    for one in events:
        for table, value in ((sites, [one[name] for name in site]), (stacks, one["stack"])):
            if value not in table:
                table.append(value)
        number = sites.index([one[name] for name in site])
        rows.append([number, stacks.index(one["stack"]), *(one[name] for name in row)])
    whole = {"t": "events", "site": site, "row": row, "sites": sites, "stacks": stacks, "rows": rows}
    return json.dumps(whole | changes).encode()


def test_a_packed_batch_is_recorded_as_the_contract_has_it(scene):
    events = [event(1), {**event(2), "stack": [], "hook": "oaid"}, event(3)]
    agent = ScriptedAgent()
    scene.gate.start(agent)
    agent.handlers["message"]({"type": "send", "payload": {"t": "events"}}, packed(*events))
    assert scene.lines(HOOKS)[-1]["message"] == {"t": "events", "events": events}
    assert agent.acknowledged == 1
    scene.capture.stop()
    assert scene.unhealthy() == []


ROW = [0, 0, 1, 1000.5, 1, 7, [], []]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff", b"{", b"[]", b"[" * 100_000, packed(event(1), rows=5), packed(event(1), sites=[["read"]]),
        *(packed(event(1), rows=[[number, *ROW[1:]]]) for number in (1, -1, True, None, "0")),
        *(packed(event(1), rows=[[0, number, *ROW[2:]]]) for number in (1, -1, True, None, "0")),
        packed(event(1), rows=[ROW[:-1]]), packed(event(1), t="hello"), packed(event(1), row=[*"abcdef"]),
    ],
)  # fmt: skip
def test_bytes_that_are_no_batch_are_told_and_not_recorded(scene, data):
    agent = ScriptedAgent()
    scene.gate.start(agent)
    agent.handlers["message"]({"type": "send", "payload": {"t": "events"}}, data)
    assert [line["message"]["t"] for line in scene.lines(HOOKS)] == ["hello", "targets"]
    [reason] = scene.unhealthy()
    assert reason.startswith("a message was not understood: ")


def test_a_gap_in_the_numbers_is_a_failure(scene):
    scene.gate.start(ScriptedAgent(at_load=(HELLO, TARGETS, {"t": "events", "events": [event(1), event(3)]})))
    scene.capture.stop()
    assert scene.unhealthy() == ["event 3 came after 1"]


def test_events_that_the_agent_gave_and_never_came_are_a_failure(scene):
    bye = {"t": "bye", "seq": 5, "dropped": 0, "why": "exit"}
    scene.gate.start(ScriptedAgent(at_load=(HELLO, TARGETS, {"t": "events", "events": [event(1)]}, bye)))
    scene.capture.stop()
    assert scene.unhealthy() == ["events 2 to 5 never came"]


def test_dropped_events_are_a_failure_told_once(scene):
    beat = {"t": "heartbeat", "seq": 0, "dropped": 12, "device_ms": 9.0}
    scene.gate.start(ScriptedAgent(at_load=(HELLO, TARGETS, beat, beat)))
    scene.capture.stop()
    assert scene.unhealthy() == ["12 events were dropped by the agent"]


def test_a_process_killed_before_it_said_everything_has_an_unknown_tail(scene, monkeypatch):
    monkeypatch.setattr(hooks, "TAIL_MS", -1.0)
    scene.gate.start(ScriptedAgent())
    scene.gate.listener.died(7, "killed")
    scene.capture.stop()
    assert scene.unhealthy() == ["the process was ended before its last events were sent"]


def test_an_agent_that_never_speaks_is_a_failure(scene):
    scene.gate.start(ScriptedAgent(at_load=()))
    scene.capture.stop()
    assert scene.unhealthy() == ["the agent never said a word"]


def test_a_failed_target_is_a_failure_and_an_absent_one_is_not(scene):
    found = [
        {"hook": "imei", "target": "a.b", "status": "absent", "reason": "no such class"},
        {"hook": "imsi", "target": "a.c", "status": "failed", "reason": "abstract"},
    ]
    scene.gate.start(ScriptedAgent(at_load=(HELLO, {"t": "targets", "targets": found})))
    assert scene.unhealthy() == ["imsi does not watch a.c: abstract"]


def test_an_observer_that_failed_is_a_failure(scene):
    error = {"t": "error", "hook": "contacts", "api": "a.query", "error": "Error: closed"}
    scene.gate.start(ScriptedAgent(at_load=(HELLO, TARGETS, error)))
    assert scene.unhealthy() == ["contacts failed on a.query: Error: closed"]


@pytest.mark.parametrize(
    "wrong", [{"t": "events", "events": [{"seq": 1}]}, {"t": "shout"}, "text", None, {"t": "\ud800"}]
)
def test_a_message_that_is_not_understood_is_kept_as_a_failure(scene, wrong):
    scene.gate.start(ScriptedAgent(at_load=(HELLO, TARGETS, wrong)))
    assert len(scene.unhealthy()) == 1
    assert scene.unhealthy()[0].startswith("a message was not understood: ")
    assert scene.lines(HEALTH)[0]["event"]["facts"]["excerpt"]
    assert len(scene.lines(HOOKS)) == 2


def test_a_crash_of_the_agent_itself_is_a_failure(scene):
    agent = ScriptedAgent()
    scene.gate.start(agent)
    agent.handlers["message"]({"type": "error", "description": "TypeError: x", "stack": "…"}, None)
    assert scene.unhealthy() == ["a message was not understood: TypeError: x"]


def test_a_process_that_never_went_through_the_gate_is_a_failure_told_once(scene):
    scene.gate.start(ScriptedAgent())
    scene.phone.running = {7: PACKAGE, 8: f"{PACKAGE}:push", 9: f"{PACKAGE}.other"}
    scene.capture.settle()
    scene.capture.settle()
    assert scene.unhealthy() == [f"{PACKAGE}:push (8) runs without the agent"]


def test_a_process_whose_start_is_told_a_moment_after_it_is_listed_is_no_failure(scene):
    agent = ScriptedAgent()
    news = threading.Timer(0.2, scene.gate.start, [agent])
    scene.phone.running = {7: PACKAGE}
    news.start()
    scene.capture.settle()
    news.join()
    assert not [reason for reason in scene.unhealthy() if "without the agent" in reason]


def test_a_lost_gate_is_a_failure(scene):
    scene.gate.listener.lost("the twin closed its gate")
    assert scene.unhealthy() == ["the twin closed its gate: later processes run without the agent"]


def test_a_silent_agent_is_a_failure_over_its_whole_silence(scene, monkeypatch):
    monkeypatch.setattr(hooks, "SILENT_SECONDS", -1.0)
    agent = ScriptedAgent()
    scene.gate.start(agent)
    told = threading.Event()
    monkeypatch.setattr(scene.capture._ended, "wait", lambda _: told.is_set() or told.set())
    scene.capture._watch_for_silence()
    agent.say({"t": "heartbeat", "seq": 0, "dropped": 0, "device_ms": 9.0})
    assert scene.unhealthy() == ["the agent is silent", "the agent was silent"]


def test_a_full_disk_is_raised_where_the_run_can_end(scene, monkeypatch):
    agent = ScriptedAgent()
    scene.gate.start(agent)

    def full(name, record):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scene.folder, "append", full)
    agent.say({"t": "events", "events": [event(1)]})
    with pytest.raises(OSError, match="No space"):
        scene.capture.settle()


def test_a_flood_is_taken_up_to_a_limit_and_the_rest_left_to_the_agent_to_count(scene, monkeypatch):
    monkeypatch.setattr(hooks, "MAX_EVENTS", 3)
    agent = ScriptedAgent()
    scene.gate.start(agent)
    agent.say({"t": "events", "events": [event(1), event(2)]}, {"t": "events", "events": [event(3)]})
    assert agent.acknowledged == 1
    agent.say({"t": "events", "events": [event(4)]})
    assert scene.unhealthy() == ["more than 3 events; the rest is only counted"]


def test_a_call_that_hangs_ends_with_the_process_killed():
    hung = threading.Event()

    class Gate(ScriptedGate):
        def attach(self, pid):
            return self

        def kill(self, pid):
            hung.set()

        def on(self, *_):
            hung.wait(5)
            raise RuntimeError("the process is gone")

    agent = Agent(Gate(), Started(7, PACKAGE, PACKAGE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("harness.capture.inject.ATTACH_SECONDS", 0.05)
        with pytest.raises(Exception, match=r"no answer to attach in 0 s; the process was killed"):
            agent.load(PACKAGE, print, print)
