"""On a phone: the gate of frida-server, and the pool of ready-made processes that would pass it."""

from types import SimpleNamespace

import pytest

from harness.capture import inject
from harness.capture.inject import FridaServerGate, Listener, Started
from harness.capture.usap import FLAG, PROPERTIES, ProcessPool
from harness.model.errors import RunFailure


class ScriptedPhone:
    """A phone with a pool: `looks` is how often it is asked for its processes before the pool is empty."""

    serial = "R58M"

    def __init__(self, on="true", flag="null", refuses=False, looks=2):
        self.on, self.flag, self.refuses, self.looks = on, flag, refuses, looks
        self.said = []
        self.adb = SimpleNamespace(forward_port=lambda remote: 1)

    def getprop(self, name):
        return self.on if name == PROPERTIES[1] else ""

    def shell(self, command, timeout=30):
        self.said.append(command)
        if command.startswith("device_config get"):
            return SimpleNamespace(stdout=f"{self.flag}\n", stderr="", code=0)
        return SimpleNamespace(stdout="", stderr="no permission", code=1 if self.refuses else 0)

    def processes(self):
        self.looks -= 1
        return {1: "init", 9: "usap64"} if self.looks > 0 else {1: "init"}


def test_a_pool_is_switched_off_until_it_is_empty_and_put_back():
    phone, waits = ScriptedPhone(), []
    pool = ProcessPool(phone, waits.append)
    pool.switch_off()
    assert waits == [1.0]
    pool.restore()
    pool.restore()
    assert phone.said == [
        f"device_config get {FLAG}",
        f"device_config put {FLAG} false",
        f"device_config delete {FLAG}",
    ]


def test_a_flag_that_was_set_gets_its_value_back():
    phone = ScriptedPhone(flag="true", looks=0)
    pool = ProcessPool(phone)
    pool.switch_off()
    pool.restore()
    assert phone.said[-1] == f"device_config put {FLAG} true"


@pytest.mark.parametrize("on", ["", "false"])
def test_a_phone_without_a_pool_is_left_alone(on):
    phone = ScriptedPhone(on=on)
    pool = ProcessPool(phone)
    pool.switch_off()
    pool.restore()
    assert phone.said == []


@pytest.mark.parametrize(
    ("phone", "told"), [(ScriptedPhone(refuses=True), "no permission"), (ScriptedPhone(looks=999), "still")]
)
def test_a_pool_that_stays_is_a_typed_failure(phone, told):
    with pytest.raises(RunFailure, match=told) as caught:
        ProcessPool(phone, lambda seconds: None).switch_off()
    assert caught.value.kind == "agent_failed"


class ScriptedServer:
    """frida's device and its manager in one."""

    def __init__(self):
        self.handlers, self.calls = {}, []

    def add_remote_device(self, address):
        return self

    def remove_remote_device(self, address):
        self.calls.append("removed")

    def on(self, name, handler):
        self.handlers[name] = handler

    def enable_spawn_gating(self):
        self.calls.append("gating")

    def disable_spawn_gating(self):
        self.calls.append("no gating")

    def enumerate_pending_spawn(self):
        return [SimpleNamespace(pid=7)]

    def resume(self, pid):
        self.calls.append(f"resume {pid}")


@pytest.fixture
def server(monkeypatch):
    server = ScriptedServer()
    monkeypatch.setattr(inject.frida, "get_device_manager", lambda: server)
    return server


def test_every_process_of_a_package_is_told_while_it_is_held(server):
    started, lost = [], []
    gate = FridaServerGate(ScriptedPhone(looks=0))
    gate.open(Listener(started.append, lambda pid, cause: None, lost.append))
    for pid, name in ((11, "com.x"), (12, "com.x:push"), (13, None)):
        server.handlers["spawn-added"](SimpleNamespace(pid=pid, identifier=name))
    assert started == [Started(11, "com.x", "com.x"), Started(12, "com.x:push", "com.x"), Started(13, "", "")]
    server.handlers["lost"]()
    assert lost == ["frida-server is gone"]


def test_closing_lets_the_held_go_on_and_puts_the_pool_back(server):
    phone = ScriptedPhone(looks=0)
    gate = FridaServerGate(phone)
    gate.open(Listener(lambda started: None, lambda pid, cause: None, lambda reason: None))
    gate.close()
    assert server.calls == ["gating", "resume 7", "no gating", "removed"]
    assert phone.said[-1] == f"device_config delete {FLAG}"


def test_a_phone_whose_pool_stays_is_not_left_gated(server):
    with pytest.raises(RunFailure, match="pool"):
        FridaServerGate(ScriptedPhone(refuses=True)).open(
            Listener(lambda started: None, lambda pid, cause: None, lambda reason: None)
        )
    assert server.calls[-2:] == ["no gating", "removed"]
