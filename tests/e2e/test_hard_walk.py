"""One run of what is hardest to walk, as a lab does it: steps of its own, a person at the terminal, a permission
asked twice, everything that apps wake up by, and a phone that restarts in the middle."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_faulty_twin import twin

from harness.device.adb_server import AdbServer
from harness.screen.tree import parse
from harness.twin.build import build_apk

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(200)]
CAMERA = "android.permission.CAMERA"
STEPS = """
package: org.test.all
scenarios:
  SC11:
    - {launch: app}
    - {await: consent_dialog}
    - {tap: agree}
    - {await_human: Open the scanner, zh: 请打开扫一扫, act: opened_feature, within: 60}
    - {permissions: deny, within: 1}
    - {relaunch: cold}
    - {await: permission_dialog, settled: 20}
    - {permissions: deny, within: 1}
    - {end: kill}
    - {trigger: connectivity}
    - {trigger: airplane}
    - {trigger: unlock}
    - {trigger: power}
    - {trigger: time}
    - {trigger: package}
    - {trigger: boot}
    - {observe: 120}
"""


class Terminal:
    """The run at a terminal of its own, and a person in front of it who has the phone in the other hand."""

    def __init__(self, arguments):
        self.here, there = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harness.cli.main", *map(str, arguments)],
            stdin=there, stdout=subprocess.PIPE, stderr=there, cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        os.close(there)
        self.shown = ""

    def wait_for(self, words, seconds=90):
        end = time.monotonic() + seconds
        os.set_blocking(self.here, False)
        while words not in self.shown:
            assert time.monotonic() < end and self.process.poll() is None, self.shown[-2000:]
            self.read()
            time.sleep(0.1)

    def read(self):
        try:
            while more := os.read(self.here, 65536):
                self.shown += more.decode(errors="replace")
        except OSError:
            # Nothing more now (EAGAIN), or for good (EIO: nobody writes any more).
            return

    def type(self, line):
        os.write(self.here, line.encode())


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hard")
    apk = build_apk(Path(__file__).with_name("all_in_one"), folder / "all.apk")
    (folder / "steps.yaml").write_text(STEPS)
    with twin() as serial, AdbServer() as server:
        phone = server.connect(serial)
        terminal = Terminal(["check", apk, "--device", serial, "--scenario", "SC11", "--steps", folder / "steps.yaml",
                             "--pace", "0.07", "--out", folder / "run", "--json"])  # fmt: skip
        try:
            terminal.wait_for("请打开扫一扫")
            tree = parse(phone.shell("uiautomator dump /dev/tty").stdout.rpartition(">")[0] + ">")
            left, top, right, bottom = next(node for node in tree.nodes if node.label == "扫一扫").bounds
            phone.shell(f"input tap {(left + right) // 2} {(top + bottom) // 2}")
            time.sleep(1.0)
            terminal.type("\n")
            out, _ = terminal.process.communicate(timeout=150)
            terminal.read()
            assert terminal.process.returncode in (0, 1, 3), terminal.shown[-3000:]
        finally:
            terminal.process.kill()
            os.close(terminal.here)
    lines = (folder / "run/timeline.jsonl").read_text().splitlines()
    return json.loads(out), [json.loads(line) for line in lines], folder / "run", terminal.shown


def of(run, kind):
    return [event for event in run[1] if event["kind"] == kind]


def test_every_step_of_the_labs_own_is_confirmed(run):
    steps = [(one["step"], one["confirmed"], one["detail"]) for one in of(run, "scenario") if one["step"]]
    assert [step for step, _, _ in steps][-9:] == [
        "end kill", "trigger connectivity", "trigger airplane", "trigger unlock", "trigger power",
        "trigger time", "trigger package", "trigger boot", "observe 120",
    ]  # fmt: skip
    assert all(confirmed for _, confirmed, _ in steps), steps


def test_the_person_is_asked_in_both_languages_and_what_they_did_is_recorded(run):
    assert "Open the scanner" in run[3]
    [act] = of(run, "user_act")
    assert act["act"] == "opened_feature" and act["text"] == "Open the scanner"
    [touch] = [tap for tap in of(run, "tap") if tap["role"] == "person"]
    assert act["t_lo"] <= touch["t_hi"] <= act["t_hi"]
    for look in ("dump_before", "dump_after"):
        assert (run[2] / "screens" / f"{touch[look]}.xml").exists()


def test_a_permission_asked_twice_has_its_askers_occasions_words_and_answers(run):
    events = {event["id"]: event for event in run[1]}
    permissions = [one for one in of(run, "permission") if one["permission"] == CAMERA]
    asked = [one for one in permissions if one["action"] == "requested"]
    denied = [one for one in permissions if one["action"] == "denied"]
    assert len(asked) == len(denied) == 2
    first, again = asked
    assert events[first["trigger"]]["role"] == "person" and again["trigger"] != first["trigger"]
    assert [one["repeats"] for one in asked] == [0, 1]
    for request, answer in zip(asked, denied, strict=True):
        assert any("org.test.all.Main" in frame for frame in request["stack"])
        assert request["answer"] == answer["id"] and answer["request"] == request["id"]
        assert "全能" in request["dialog"] and events[request["window"]]["screen_kind"] == "permission"
        assert request["t_hi"] < answer["t_hi"]


def test_the_restart_starts_the_app_under_the_hooks_and_the_axis_goes_on(run):
    boot = next(one for one in of(run, "scenario") if one["step"] == "trigger boot")
    starts = [one for one in of(run, "process") if one["action"] == "start"]
    assert [one for one in starts if one["t_lo"] > boot["t_lo"]] == starts[-1:]
    assert "broadcast" in starts[-1]["cause"]
    [read] = [
        one
        for one in of(run, "api_call")
        if one["data_type"] == "android_id" and one["actor"]["kind"] == "app"
    ]
    assert read["t_lo"] > starts[-1]["t_lo"] and any("Boot.onReceive" in frame for frame in read["stack"])
    clocks = [json.loads(line) for line in (run[2] / "raw/clock.jsonl").read_text().splitlines()]
    assert clocks[0]["device_ms"] > clocks[-1]["device_ms"] and clocks[-1]["boot"] == 1
    unhealthy = [one for one in of(run, "health") if not one["healthy"]]
    assert not unhealthy, unhealthy
    films = [one["path"] for one in of(run, "recording")]
    assert len(films) == 2 and all((run[2] / film).exists() for film in films)


def test_a_start_by_itself_after_the_restart_is_judged(run):
    [check] = [one for one in run[0]["checks"] if one["id"] == "PB-S06"]
    assert "started by itself" in check["reason"] and "org.test.all.Boot" in check["reason"]
