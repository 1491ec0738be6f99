# ruff: noqa: E501
"""Whole walks over real adb and the real uiautomator2 client, with the system watched beside them."""

from __future__ import annotations

import json
import time

import pytest

from harness.capture.clock import ClockCapture, ClockMap
from harness.capture.system import SystemCapture
from harness.device.adb_server import AdbServer
from harness.device.app_package import read_app
from harness.device.screen import DeviceScreen
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder
from harness.scenario.film import Film
from harness.scenario.load import load_scenarios, parse_scenario
from harness.scenario.record import Recorder
from harness.scenario.walk import walk
from harness.twin.build import build_apk
from harness.twin.host import TwinHost

pytestmark = [pytest.mark.twin, pytest.mark.timeout(120)]

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.test.walk"
    android:versionCode="1" android:versionName="1">
    <uses-sdk android:minSdkVersion="21" android:targetSdkVersion="33" />
    <uses-permission android:name="android.permission.CAMERA" />
    <application android:label="Walk">
        <activity android:name=".Main" android:exported="true">
            <intent-filter>
                <action android:name="android.intent.action.MAIN" />
                <category android:name="android.intent.category.LAUNCHER" />
            </intent-filter>
        </activity>
    </application>
</manifest>
"""
SOURCE = """package org.test.walk;
import android.app.*; import android.os.*; import android.widget.*;
public final class Main extends Activity {
    @Override protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        TextView page = new TextView(this); page.setText("Tunes"); setContentView(page);
        %s
    }
    void ask() {
        new AlertDialog.Builder(this).setTitle("Welcome")
            .setMessage("Please read our Privacy Policy. It says how we use your data.").setCancelable(false)
            .setPositiveButton("Agree", (d, w) -> { %s })
            .setNegativeButton("Disagree", (d, w) -> { %s }).show();
    }
    @Override public void onRequestPermissionsResult(int code, String[] names, int[] grants) { ask(); }
}
"""


@pytest.fixture(scope="module")
def adb():
    with AdbServer() as server:
        yield server


@pytest.fixture
def host():
    with TwinHost() as host:
        yield host


@pytest.fixture
def twin(host):
    return host.add(seed=5)


@pytest.fixture
def app(tmp_path):
    def build(start="ask();", agree="", refuse=""):
        source = tmp_path / "app"
        (source / "src/org/test/walk").mkdir(parents=True)
        (source / "AndroidManifest.xml").write_text(MANIFEST)
        (source / "src/org/test/walk/Main.java").write_text(SOURCE % (start, agree, refuse))
        return build_apk(source, tmp_path / "app.apk")

    return build


@pytest.fixture
def play(adb, twin, tmp_path):
    """Walks one scenario; the result (or failure) and the written lines of each raw file."""

    def run(apk, scenario, pace=0.02, call_seconds=10.0, during=lambda line: None):
        plan = (
            load_scenarios([scenario])[0]
            if scenario.startswith("SC")
            else parse_scenario(scenario, "own.yaml")
        )
        phone = adb.connect(twin.serial)
        facts = read_app(apk)
        folder = RunFolder.create(tmp_path / "run")
        screen, clock = DeviceScreen(phone, call_seconds), ClockCapture(phone, folder, 1.0)
        system = SystemCapture(phone, folder, facts.package, 1.0)
        screen.connect()
        clock.start()
        system.start()
        phone.install(apk)
        film = Film(phone, Recorder(folder), plan.id)
        film.start()
        try:
            result = walk(plan, phone, screen, Recorder(folder), facts, pace, during)
        except RunFailure as failure:
            result = failure
        if not isinstance(result, RunFailure):
            phone.force_stop(facts.package)
        film.stop()
        time.sleep(0.3)
        system.stop()
        clock.stop()
        screen.close()
        folder.close()
        return result, Raw(tmp_path / "run")

    return run


class Raw:
    def __init__(self, path):
        self.path = path

    def lines(self, name):
        file = self.path / "raw" / f"{name}.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def events(self, name, kind):
        return [
            line | line["event"] for line in self.lines(name) if line.get("event", {}).get("kind") == kind
        ]

    def consent(self):
        return [(event["state"], event["certain"]) for event in self.events("ui", "consent_changed")]

    def processes(self):
        return [(event["action"], event["cause"]) for event in self.events("system", "process")]

    def gate(self, name):
        return [e["healthy"] for e in self.events("health", "health") if e["gate"] == name]


def test_refusing_an_app_that_leaves_is_seen_in_its_screens_and_its_processes(app, play):
    result, raw = play(app(refuse="finish(); System.exit(0);"), "SC03")
    assert result.confirmed, result
    assert raw.consent() == [("asked", True), ("refused", True)] * 4
    starts = [action for action, _ in raw.processes() if action == "start"]
    deaths = [action for action, _ in raw.processes() if action == "death"]
    assert len(starts) == len(deaths) == 4
    assert raw.gate("screen") == raw.gate("walk") == raw.gate("untouched") == [True]


def test_system_events_and_taps_lie_in_order_on_the_devices_clock(app, play):
    _, raw = play(app(agree="finish();"), "SC05")
    clock = ClockMap.from_pings(raw.lines("clock"))
    assert clock.usable
    [tap] = raw.events("ui", "tap")
    [start] = [e for e in raw.events("system", "process") if e["action"] == "start"]
    [death] = [e for e in raw.events("system", "process") if e["action"] == "death"]
    lo, hi = clock.to_device(tap["host_lo_ms"]).lo, clock.to_device(tap["host_hi_ms"]).hi
    assert start["device_hi_ms"] < lo and hi < death["device_lo_ms"] + 100


def test_every_touch_and_every_screen_says_what_when_and_why_and_there_is_a_film(app, play):
    ask = 'requestPermissions(new String[] {"android.permission.CAMERA"}, 1);'
    own = "id: SC99-own\ntitle: x\nsteps:\n" + "".join(
        f"  - {step}\n"
        for step in ("{launch: app}", "{permissions: deny}", "{await: consent_dialog}", "{tap: agree}",
                     "{relaunch: warm}", "{press: back}", "{end: kill}")
    )  # fmt: skip
    result, raw = play(app(start=ask), own)
    assert result.confirmed, result
    clock = ClockMap.from_pings(raw.lines("clock"))
    taps = raw.events("ui", "tap")
    assert [tap["role"] for tap in taps] == ["deny", "agree", "home", "back"]
    for tap in taps:
        assert tap["reason"] and tap["changed"] is not None, tap
        lo, hi = clock.to_device(tap["host_lo_ms"]).lo, clock.to_device(tap["host_hi_ms"]).hi
        assert 0 < lo < hi < lo + 2000, tap
        for look in (tap["dump_before"], tap["dump_after"]):
            assert (raw.path / "screens" / f"{look}.xml").is_file(), tap
        if tap["role"] in ("deny", "agree"):
            left, top, right, bottom = tap["bounds"]
            x, y = tap["point"]
            assert tap["text"] and left <= x <= right and top <= y <= bottom, tap
    screens = raw.events("ui", "screen")
    assert all(
        one["screen_kind"] and one["confidence"] and one["why"] and one["screenshot"] for one in screens
    )
    assert {one["confidence"] for one in screens if one["screen_kind"] == "privacy_popup"} == {"high"}
    [film] = raw.events("ui", "recording")
    data = (raw.path / film["path"]).read_bytes()
    began = int(film["path"].removesuffix(".mp4").rpartition("-")[2])
    assert data[4:8] == b"ftyp" and b"moov" in data
    assert abs(began - clock.to_device(film["host_lo_ms"]).lo) < 1000
    assert film["host_lo_ms"] < taps[0]["host_lo_ms"] and film["host_hi_ms"] > taps[-1]["host_hi_ms"]


def test_a_crash_when_agreed_is_told_by_the_log(app, play):
    _, raw = play(app(agree='throw new IllegalStateException("broken");'), "SC05")
    [death] = [cause for action, cause in raw.processes() if action == "death"]
    assert "crash" in death and "IllegalStateException" in death
    assert False in raw.gate("untouched")
    assert raw.consent()[0] == ("asked", True) and raw.consent()[-1][0] == "granted"


def test_a_permission_asked_before_the_notice_is_denied_to_reach_it(app, play):
    ask = 'requestPermissions(new String[] {"android.permission.CAMERA"}, 1);'
    result, raw = play(app(start=ask), "SC05")
    assert result.confirmed, result
    taps = [(tap["role"], tap["changed"]) for tap in raw.events("ui", "tap")]
    assert taps == [("deny", True), ("agree", True)]
    kinds = [screen["screen_kind"] for screen in raw.events("ui", "screen")]
    assert "permission" in kinds and "privacy_popup" in kinds
    assert not [e for e in raw.events("system", "permission") if e["action"] == "granted"]


def test_at_the_first_run_the_permission_question_stays(app, play):
    ask = 'requestPermissions(new String[] {"android.permission.CAMERA"}, 1);'
    plan = "id: SC99-short\ntitle: x\nsteps:\n  - {launch: app}\n  - {expect: permission_dialog, within: 20}\n  - {observe: 50}\n"
    result, raw = play(app(start=ask), plan)
    assert result.confirmed, result
    assert raw.events("ui", "tap") == []


def test_a_screen_that_hangs_in_the_middle_ends_typed_and_soon(app, play, host, twin):
    async def hang():
        twin.device.faults.hang(60)

    def during(line):
        if "watching" in line:
            host.run(hang())

    async def go_on():
        twin.device.faults.hang(0)

    began = time.monotonic()
    try:
        result, raw = play(app(), "SC01", call_seconds=0.8, during=during)
    finally:
        host.run(go_on())
    assert isinstance(result, RunFailure) and result.kind == "screen_hung"
    assert time.monotonic() - began < 100
    assert False in raw.gate("screen") and raw.gate("walk") == [False]
    assert raw.events("ui", "scenario")[-1]["action"] == "end"


def test_a_phone_that_leaves_in_the_middle_is_a_lost_device_with_a_record(app, play, host, twin):
    async def leave():
        twin.device.faults.set_offline(True)

    result, raw = play(app(), "SC01", during=lambda line: host.run(leave()) if "watching" in line else None)
    assert isinstance(result, RunFailure) and result.kind == "device_lost"
    assert raw.consent() == [("asked", True)]
    assert raw.events("ui", "scenario")[-1]["action"] == "end"
    assert raw.gate("untouched")[-1] is False
