"""Walks over real adb and uiautomator2 on a twin that a fault strikes at a step: fixtures `ground` and `struck`."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

import harness.scenario.walk as walking
from harness.device.adb_server import AdbServer
from harness.device.app_package import read_app
from harness.device.screen import DeviceScreen
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder
from harness.scenario.load import builtin_scenarios
from harness.scenario.record import Recorder
from harness.twin.build import build_apk
from harness.twin.faults import Fault
from harness.twin.host import TwinHost

PLANS = {plan.id: plan for plan in builtin_scenarios()}
APP = Path(__file__).with_name("e2e") / "all_in_one"
MENDED = ("taps_ignored=0", "dialogs_late_ms=0")
PACE = 0.005


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    with TwinHost() as host, AdbServer() as server:
        twin = host.add(seed=11)
        phone = server.connect(twin.serial)
        screen = DeviceScreen(phone)
        screen.connect()
        apk = build_apk(APP, tmp_path_factory.mktemp("app") / "all.apk")
        yield host, twin, phone, screen, apk
        screen.close()


class Hand:
    """The phone without its restart: that is a whole check's affair."""

    def __init__(self, phone):
        self.serial, self.launch = phone.serial, phone.launch
        self.force_stop, self.shell = phone.force_stop, phone.shell

    def reboot(self):
        return "not in this test"


@pytest.fixture
def struck(ground, tmp_path, monkeypatch):
    host, twin, phone, screen, apk = ground
    facts = read_app(apk)

    def set_to(text):
        async def put():
            twin.device.faults.apply(Fault.parse(text))

        host.run(put())

    def run(number, fault, at):
        plan, steps, words = PLANS[number], iter(range(10_000)), walking.in_words

        def begins(step):
            if next(steps) == at:
                set_to(fault)
            return words(step)

        monkeypatch.setattr(walking, "in_words", begins)
        phone.uninstall(facts.package)
        phone.install(apk)
        folder, began = RunFolder.create(tmp_path / "run"), time.monotonic()
        try:
            result = walking.walk(plan, Hand(phone), screen, Recorder(folder), facts, PACE, lambda line: None)
        except RunFailure as failure:
            result = failure
        finally:
            for mended in MENDED:
                set_to(mended)
        seconds = time.monotonic() - began
        folder.close()
        lines = [json.loads(line) for line in (tmp_path / "run/raw/ui.jsonl").read_text().splitlines()]
        return plan, result, seconds, [line["event"] for line in lines if "event" in line]

    return run


def ends_typed(plan, result, seconds, events):
    marks = [event for event in events if event["kind"] == "scenario"]
    assert (marks[0]["action"], marks[-1]["action"]) == ("begin", "end")
    assert marks[-1]["confirmed"] or marks[-1]["detail"]
    assert not isinstance(result, RunFailure), result
    assert seconds <= plan.allowed_seconds(PACE) + 30
    for tap in (event for event in events if event["kind"] == "tap"):
        assert tap["reason"] and tap["dump_before"] and tap["changed"] is not None, tap
