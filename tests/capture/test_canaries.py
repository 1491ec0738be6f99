"""What is watched from the start is what the device really said."""

from __future__ import annotations

import json

import pytest

from harness.capture.canaries import read_canaries
from harness.device.phone import ShellResult
from harness.model.run_folder import HEALTH, RunFolder


class Shell:
    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def shell(self, command: str, timeout: float = 30) -> ShellResult:
        return ShellResult(self.answers.get(command, ""), "", 0)


@pytest.fixture
def folder(tmp_path):
    return RunFolder.create(tmp_path / "run")


def said(folder):
    return json.loads((folder.path / HEALTH).read_text().splitlines()[-1])["event"]


def test_values_of_the_device_are_watched(folder):
    wlan = "3: wlan0: <UP>\n    link/ether 5c:e6:f6:94:62:f3 brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.2/24"
    answers = {
        "settings get secure android_id": "31519d32a88d7ed1\n",
        "getprop ro.serialno": "F9B3AF836302\n",
        "ip addr show dev wlan0": wlan,
    }
    read_canaries(Shell(answers), folder)
    event = said(folder)
    assert event["healthy"] and event["gate"] == "canaries"
    assert event["facts"] | {} == event["facts"]
    assert {
        "android_id": "31519d32a88d7ed1",
        "serial": "F9B3AF836302",
        "mac_address": "5c:e6:f6:94:62:f3",
    }.items() <= (event["facts"].items())


def test_a_device_that_says_nothing_is_a_gate_that_does_not_hold(folder):
    read_canaries(
        Shell({"settings get secure android_id": "null\n", "getprop ro.serialno": "unknown x\n"}), folder
    )
    event = said(folder)
    assert not event["healthy"] and not event["facts"]
    assert "android_id" in event["reason"]
