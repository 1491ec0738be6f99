"""Who starts a service, that the system starts it again, what wakes a receiver; and reads by reflection. All of it by
the road of a phone: spawn gating, each process of the package attached, hooked and let go."""

import os
import signal
import time

import pytest
from phone_gate import as_on_a_phone
from reading import PACKAGE, log_of

from harness.capture.clock import ClockCapture
from harness.capture.hooks import HookCapture
from harness.model.event import ApiCall, NativeCall
from harness.timeline.build import build_timeline

pytestmark = pytest.mark.twin
PUSH = f"{PACKAGE}.Push"


def test_starts_in_the_background_are_told_with_who_asked_and_reads_by_reflection_are_the_apps(
    phone, watch, monkeypatch
):
    server = as_on_a_phone(monkeypatch, phone)
    watch.capture = HookCapture(phone, watch.folder, PACKAGE)
    watch.write_facts()
    clock = ClockCapture(phone, watch.folder)
    clock.start()
    watch.capture.start()
    log_of(phone, "Background", "reflected true")
    first = wait_for(lambda: pids(watch, f"{PACKAGE}:push"))
    wait_for(lambda: told(watch, "handleCreateService"))
    # As the phone does when memory is short.
    os.kill(first[0], signal.SIGKILL)
    wait_for(lambda: told(watch, "handleServiceArgs"))
    phone.shell(f"am broadcast -a {PACKAGE}.WAKE -n {PACKAGE}/{PUSH}\\$Ears")
    wait_for(lambda: told(watch, "handleReceiver"))
    watch.capture.settle()
    watch.capture.stop()
    clock.stop()
    assert server.calls == ["remote 127.0.0.1", "gating", "no gating", "removed"]
    assert server.enumerate_pending_spawn() == []
    # Of the one that was killed, when it had not spoken for a while: this machine may be slow.
    assert set(watch.unhealthy()) <= {"the process was ended before its last events were sent"}
    timeline = build_timeline(watch.folder)
    starts = [one for one in timeline.events if isinstance(one, NativeCall) and "Service" in one.function]
    asked = [one for one in starts if one.function.endswith("startService")]
    assert [(one.target, one.actor.name, one.process) for one in asked] == [
        (f"component:{PUSH}", "net.trackly.sdk", PACKAGE)
    ]
    made = [one for one in starts if one.function.endswith("handleCreateService")]
    assert [one.target for one in made] == [f"component:{PUSH}"] * 2 and made[0].pid != made[1].pid
    [again] = [one for one in starts if one.function.endswith("handleServiceArgs")]
    assert again.target == "restarted by the system (START_STICKY)" and again.pid == made[1].pid
    assert again.actor.kind == "framework"
    [woken] = [
        one
        for one in timeline.events
        if isinstance(one, NativeCall) and one.function.endswith("handleReceiver")
    ]
    assert woken.target == f"component:{PUSH}$Ears action:{PACKAGE}.WAKE"
    reads = [one for one in timeline.events if isinstance(one, ApiCall) and one.data_type == "android_id"]
    assert [one.result for one in reads] == ["obtained"] * 2
    assert all(one.actor.kind == "app" for one in reads)
    assert all(one.actor.frame.startswith(f"{PACKAGE}.Background.onCreate:") for one in reads)
    assert any(frame.startswith("java.lang.reflect.Method.invoke") for frame in reads[0].stack)


def pids(watch, process):
    return [one["pid"] for one in watch.messages() if one["process"] == process]


def told(watch, method):
    return [one for one in watch.events() if one["api"].endswith(f".{method}")]


def wait_for(look, seconds=30):
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found
