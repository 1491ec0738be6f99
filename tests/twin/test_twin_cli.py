"""`harness twin start`: says when it is ready, and leaves nothing behind however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness.twin.build import build_apk
from harness.twin.cli import app

pytestmark = pytest.mark.twin
START = [sys.executable, "-m", "harness.twin", "start", "--json"]
APP = Path(__file__).parent / "apps" / "life"


class Running:
    def __init__(self, *args: str, parent: list[str] | None = None) -> None:
        self.process = subprocess.Popen(
            [*(parent or []), *START, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.facts = json.loads(self.process.stdout.readline())
        self.pid = self.facts["pid"]
        self.root = Path(self.facts["root"])

    def end(self) -> None:
        if alive(self.pid):
            os.kill(self.pid, signal.SIGKILL)
        self.process.communicate()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(state, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not state() and time.monotonic() < deadline:
        time.sleep(0.05)
    return state()


def children(pid: int) -> list[int]:
    text = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True).stdout
    return [int(word) for word in text.split()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_and_nothing_is_left(number) -> None:
    running = Running()
    try:
        assert running.root.is_dir() and running.root.stat().st_mode & 0o777 == 0o700
        os.kill(running.pid, number)
        assert running.process.wait(10) == 0
        assert not running.root.exists() and not running.root.parent.exists()
    finally:
        running.end()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_its_app_processes_end_with_it(adb, tmp_path, number) -> None:
    apk = build_apk(APP, tmp_path / "life.apk")
    running = Running()
    try:
        serial = running.facts["serial"]
        adb.run("connect", serial)
        assert adb.run("-s", serial, "install", str(apk)).returncode == 0
        package = (
            adb.run("-s", serial, "shell", "pm list packages -3 | grep -v example")
            .stdout.decode()
            .split(":")[-1]
            .strip()
        )
        adb.run("-s", serial, "shell", f"am start -W {package}")
        apps = children(running.pid)
        assert apps
        os.kill(running.pid, number)
        running.process.wait(10)
        assert wait_for(lambda: not any(alive(pid) for pid in apps)), "app processes are left behind"
        adb.run("disconnect", serial)
    finally:
        running.end()


def test_it_ends_with_its_parent() -> None:
    script = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:]); p.wait()"
    running = Running(parent=[sys.executable, "-c", script])
    try:
        assert running.pid != running.process.pid
        running.process.kill()
        assert wait_for(lambda: not alive(running.pid))
        assert not running.root.exists()
    finally:
        running.end()


def test_several_are_listed_while_they_run(tmp_path) -> None:
    running = Running("--count", "2", "--seed", "5", "--root", str(tmp_path / "kept"))
    try:
        second = json.loads(running.process.stdout.readline())
        assert (running.facts["seed"], second["seed"]) == (5, 6)
        listed = json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)
        assert {running.facts["serial"], second["serial"]} <= {each["serial"] for each in listed}
        os.kill(running.pid, signal.SIGTERM)
        running.process.wait(10)
        listed = json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)
        assert running.facts["serial"] not in {each["serial"] for each in listed}
        assert running.root.is_dir(), "--root keeps the files"
    finally:
        running.end()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--fault", "frob=1"], "name one of call, clock_drift_ppm"),
        (["--fault", "hang=soon"], "'soon' is not a number"),
        (["--fault", "rpc_error=click"], "METHOD:JAVA_CLASS"),
        (["--port", "5557"], "emulator"),
    ],
)
def test_wrong_words_are_told_in_one_line(args, says) -> None:
    done = subprocess.run([*START, *args], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


def test_faults_of_the_command_line_reach_the_device(adb) -> None:
    running = Running("--fault", "clock_skew_ms=600000", "--fault", "slow_ms=200@0")
    try:
        serial = running.facts["serial"]
        adb.run("connect", serial)
        began = time.monotonic()
        uptime = float(adb.run("-s", serial, "shell", "cat /proc/uptime").stdout.split()[0])
        assert time.monotonic() - began > 0.2
        assert uptime > 600
        adb.run("disconnect", serial)
    finally:
        running.end()


def test_identity_prints_every_value() -> None:
    who = json.loads(CliRunner().invoke(app, ["identity", "--seed", "3", "--json"]).stdout)
    assert who["seed"] == 3 and who["values"]["imei"] == [sim["imei"] for sim in who["sims"]]
    plain = CliRunner().invoke(app, ["identity", "--seed", "3"]).stdout
    assert who["values"]["imei"][0] in plain


def test_build_prints_digests(tmp_path) -> None:
    done = CliRunner().invoke(app, ["build", str(APP), "-o", str(tmp_path / "x.apk"), "--json"])
    facts = json.loads(done.stdout)
    assert facts["size"] == (tmp_path / "x.apk").stat().st_size and len(facts["sha256"]) == 64
