"""A class that the app brings later, through a loader of its own, is hooked before its first call."""

import json
import time
from pathlib import Path

import pytest

from harness.capture.hooks import HookCapture
from harness.device.adb_server import AdbServer
from harness.device.local_twin import LocalTwin
from harness.model.run_folder import HEALTH, HOOKS, RunFolder
from harness.twin.build import build_apk

pytestmark = pytest.mark.twin
PACKAGE = "com.example.plugin"
PLUGIN = Path(__file__).parent / "plugin"
SDK = "com.heytap.openid.sdk.OpenIDSDK.getOAID"


def test_copies_of_an_sdk_in_other_loaders_are_hooked_before_their_first_call(tmp_path):
    apk = build_apk(PLUGIN, tmp_path / "plugin.apk")
    with LocalTwin() as twin, AdbServer() as adb:
        phone = adb.connect(twin.serial)
        phone.install(apk)
        folder = RunFolder.create(tmp_path / "run")
        capture = HookCapture(phone, folder, PACKAGE)
        capture.start()
        phone.launch(PACKAGE)
        log = wait_for_log(phone)
        capture.settle()
        phone.force_stop(PACKAGE)
        capture.stop()
    messages = [json.loads(line)["message"] for line in (folder.path / HOOKS).read_text().splitlines()]
    events = [one for message in messages if message["t"] == "events" for one in message["events"]]
    reads = [(one["values"][0], one["stack"]) for one in events if one["api"] == SDK]
    assert [value.split("-4f1c")[0] for value, _ in reads] == ["alone", "by-hand", "own"]
    assert [value for value, _ in reads] == log, "the app saw what it would have seen"
    assert all("first call at call" in value for value in log), (
        "its static initialiser ran when the app called it"
    )
    for _, stack in reads:
        assert any(frame.startswith(f"{PACKAGE}.Main.") for frame in stack)
    later = [message["targets"] for message in messages if message["t"] == "targets"][1:]
    assert [[(one["target"], one["status"]) for one in targets] for targets in later] == [
        [(SDK, "installed")]
    ] * 2
    health = [json.loads(line)["event"] for line in (folder.path / HEALTH).read_text().splitlines()]
    assert [one["reason"] for one in health] == ["hooked from its first line, no gap"]


def wait_for_log(phone):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        lines = phone.shell("logcat -d").stdout.splitlines()
        found = [line.split("plugin  : ", 1)[1] for line in lines if "plugin  : " in line]
        if len(found) == 3:
            return found
        time.sleep(0.1)
    raise AssertionError(phone.shell("logcat -d").stdout[-3000:])
