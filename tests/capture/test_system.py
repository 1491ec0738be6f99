"""What the system says of an app: told by its log, found in its process table, and never twice."""

from __future__ import annotations

import json
import socket
import time

import pytest

from harness.capture.system import SystemCapture, permission_states
from harness.device.phone import ShellResult
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder


class Handset:
    """A phone that acts: a boot clock 100 s behind the wall, a log to write into, a process table."""

    def __init__(self):
        self.log, self._device = socket.socketpair()
        self.table = {1: "init"}
        self.gone = False

    def shell(self, command, timeout=30):
        if self.gone:
            raise RunFailure("device_lost", "gone")
        if "uptime" in command:
            boot = time.monotonic()
            return ShellResult(f"{boot:.2f} 1\n{int((boot + 1.7e9) * 1e9)}\n{boot:.2f} 1\n", "", 0)
        return ShellResult(
            "  android.permission.CAMERA: granted=true\n      android.permission.INTERNET: granted=false, flags",
            "",
            0,
        )

    def stream(self, command):
        assert "-b events" in command
        return self._device

    def processes(self, timeout=10):
        if self.gone:
            raise RunFailure("device_lost", "gone")
        return dict(self.table)

    def write(self, text):
        wall = time.monotonic() + 1.7e9
        self.log.sendall(f"{wall:.3f}  100  101 I {text}\n".encode())


@pytest.fixture
def phone():
    return Handset()


@pytest.fixture
def watch(phone, tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    capture = SystemCapture(phone, folder, "com.x", poll_seconds=0.03)
    capture.start()

    def stop():
        time.sleep(0.2)
        capture.stop()
        folder.close()
        lines = {}
        for name in ("system", "health"):
            file = tmp_path / "run" / "raw" / f"{name}.jsonl"
            lines[name] = (
                [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
            )
        return lines

    return stop


def told(lines):
    return [(line["event"]["action"], line["event"].get("pid")) for line in lines["system"]]


def test_start_and_death_are_told_once_with_device_times(phone, watch):
    phone.table[50] = "com.x"
    phone.write("am_proc_start: [0,50,10001,com.x,activity,{com.x/.Main}]")
    time.sleep(0.2)
    del phone.table[50]
    phone.write("am_kill : [0,50,com.x,0,stop com.x,100]")
    phone.write("am_proc_died: [0,50,com.x,0,2]")
    lines = watch()
    assert told(lines) == [("start", 50), ("death", 50)]
    assert "stop com.x" in lines["system"][1]["event"]["cause"]
    now = time.monotonic() * 1000
    assert all(
        now - 5000 < line["device_lo_ms"] < line["device_hi_ms"] < now + 100 for line in lines["system"]
    )
    assert [line["event"]["healthy"] for line in lines["health"]] == [True]


def test_what_the_log_does_not_tell_is_found_in_the_table(phone, watch):
    born = time.monotonic() * 1000
    phone.table[60] = "com.x:push"
    phone.table[61] = "com.xy"
    time.sleep(0.3)
    dead = time.monotonic() * 1000
    del phone.table[60]
    lines = watch()
    assert told(lines) == [("start", 60), ("death", 60)]
    for line, moment in zip(lines["system"], (born, dead), strict=True):
        assert line["host_lo_ms"] <= moment <= line["host_hi_ms"]
        assert line["host_hi_ms"] - line["host_lo_ms"] < 250


def test_a_late_log_line_is_not_a_second_start(phone, watch):
    phone.write("am_proc_start: [0,70,10001,com.x,service,{}]")
    phone.table[70] = "com.x"
    assert told(watch()) == [("start", 70)]


def test_a_process_that_still_has_the_name_of_zygote_is_not_dead(phone, watch):
    phone.write("am_proc_start: [0,75,10001,com.x,activity,{}]")
    phone.table[75] = "<pre-initialized>"
    time.sleep(0.2)
    phone.table[75] = "com.x"
    assert told(watch()) == [("start", 75)]


def test_other_apps_do_not_matter(phone, watch):
    phone.write("am_proc_start: [0,80,10002,com.xx,activity,{}]")
    phone.write("am_crash: [80,0,com.xx,1,java.lang.Error,x,A.java,1]")
    lines = watch()
    assert told(lines) == [] and lines["health"][-1]["event"]["healthy"]


def test_a_crash_is_a_sign_and_the_cause_of_the_death(phone, watch):
    phone.table[90] = "com.x"
    phone.write("am_proc_start: [0,90,10001,com.x,activity,{}]")
    phone.write("am_crash: [90,0,com.x,1,java.lang.IllegalStateException,broken,A.java,1]")
    phone.write("am_proc_died: [0,90,com.x,0,2]")
    del phone.table[90]
    lines = watch()
    assert "IllegalStateException" in lines["system"][-1]["event"]["cause"]
    assert lines["health"][0]["event"]["gate"] == "untouched" and not lines["health"][0]["event"]["healthy"]


def test_the_permission_dialog_is_not_another_app_in_front(phone, watch):
    phone.write("wm_set_resumed_activity: [0,com.x/.Main,x]")
    phone.write("wm_set_resumed_activity: [0,com.android.permissioncontroller/.Grant,x]")
    phone.write("wm_set_resumed_activity: [0,com.x/.Main,x]")
    phone.write("wm_set_resumed_activity: [0,com.launcher/.Home,x]")
    assert [action for action, _ in told(watch())] == ["foreground", "background"]


def test_a_log_that_ends_early_vouches_for_nothing(phone, watch):
    phone.log.close()
    lines = watch()
    assert [line["event"]["healthy"] for line in lines["health"]] == [False]
    assert "ended early" in lines["health"][0]["event"]["reason"]


def test_a_phone_that_goes_away_is_told_and_stop_raises_nothing(phone, watch):
    phone.gone = True
    lines = watch()
    assert lines["health"][-1]["event"]["healthy"] is False


def test_a_line_without_end_is_bounded(phone, watch):
    phone.log.settimeout(5)
    for _ in range(40):
        phone.log.sendall(b"x" * 65536)
    phone.log.sendall(b"\n")
    phone.table[95] = "com.x"
    phone.write("am_proc_start: [0,95,10001,com.x,activity,{}]")
    assert told(watch()) == [("start", 95)]


def test_permissions_are_read_from_the_package_dump(phone):
    assert permission_states(phone, "com.x") == {
        "android.permission.CAMERA": True,
        "android.permission.INTERNET": False,
    }
