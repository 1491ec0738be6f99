"""The gates: what they tell the harness, and how they fail."""

import socket
import threading
from types import SimpleNamespace

import pytest

from harness.capture.inject import MAX_LINE, FridaServerGate, Listener, Started, TwinGate, gate_of
from harness.model.errors import RunFailure


class Heard:
    """A listener that remembers."""

    def __init__(self):
        self.started, self.died, self.lost = [], [], []
        self.news = threading.Condition()
        self.listener = Listener(
            lambda started: self._note(self.started, started),
            lambda pid, cause: self._note(self.died, (pid, cause)),
            lambda reason: self._note(self.lost, reason),
        )

    def _note(self, notes, what):
        with self.news:
            notes.append(what)
            self.news.notify_all()

    def wait_for(self, notes):
        with self.news:
            assert self.news.wait_for(lambda: notes, timeout=5)
        return notes


class Device:
    """The twin's end of its gate."""

    def __init__(self):
        self.ours, theirs = socket.socketpair()
        self.phone = SimpleNamespace(open_socket=lambda address: theirs, serial="127.0.0.1:5555")

    def say(self, line):
        self.ours.sendall(line if isinstance(line, bytes) else line.encode() + b"\n")


@pytest.fixture
def gate():
    device, heard = Device(), Heard()
    gate = TwinGate(device.phone)
    gate.open(heard.listener)
    yield device, gate, heard
    gate.close()
    device.ours.close()


def test_a_held_process_is_told_and_goes_on_when_released(gate):
    device, twin, heard = gate
    device.say('{"started": {"pid": 12, "process": "com.x:push", "package": "com.x", "cause": "service"}}')
    assert heard.wait_for(heard.started) == [Started(12, "com.x:push", "com.x")]
    twin.release(12)
    assert device.ours.recv(100) == b'{"resume": 12}\n'


def test_a_death_is_told_with_its_cause(gate):
    device, _, heard = gate
    device.say('{"died": {"pid": 12, "process": "com.x", "cause": "killed"}}')
    assert heard.wait_for(heard.died) == [(12, "killed")]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "7",
        '{"started": {}}',
        '{"sung": 1}',
        '{"started": {"pid": "x"}}',
        "x" * (MAX_LINE + 9),
    ],
)
def test_a_gate_that_talks_nonsense_counts_as_lost(gate, line):
    device, _, heard = gate
    device.say(line)
    assert "gate failed" in heard.wait_for(heard.lost)[0]


def test_a_gate_that_goes_away_is_told_lost(gate):
    device, _, heard = gate
    device.ours.close()
    assert heard.wait_for(heard.lost) == ["the twin closed its gate"]


def test_a_gate_that_we_close_is_not_lost(gate):
    device, twin, heard = gate
    twin.close()
    assert device.ours.recv(100) == b""
    assert heard.lost == []


def test_releasing_over_a_gate_that_is_gone_is_no_error(gate):
    device, twin, _ = gate
    device.ours.close()
    twin.release(12)
    twin.release(13)


def test_killing_a_process_that_is_gone_is_no_error():
    TwinGate(SimpleNamespace()).kill(2**22 - 1)


def test_a_twin_without_a_gate_is_a_typed_failure():
    def refuse(address):
        raise ConnectionRefusedError("nothing listens")

    with pytest.raises(RunFailure) as caught:
        TwinGate(SimpleNamespace(open_socket=refuse)).open(Heard().listener)
    assert caught.value.kind == "agent_failed"


def test_a_phone_without_frida_server_is_a_typed_failure():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    phone = SimpleNamespace(serial="R58M", adb=SimpleNamespace(forward_port=lambda remote: port))
    with pytest.raises(RunFailure, match="frida-server") as caught:
        FridaServerGate(phone).open(Heard().listener)
    assert caught.value.kind == "agent_failed"


def test_the_device_says_by_its_property_which_gate_it_has():
    assert isinstance(gate_of(SimpleNamespace(getprop=lambda name: "1")), TwinGate)
    assert isinstance(gate_of(SimpleNamespace(getprop=lambda name: "")), FridaServerGate)
