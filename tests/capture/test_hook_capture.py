"""The agent in real app processes: from their first line, in all of them, and without the app noticing."""

import json
import re
import time
from pathlib import Path

import pytest

from harness.capture.hooks import HookCapture
from harness.capture.messages import MESSAGE
from harness.device.adb_server import AdbServer
from harness.device.local_twin import LocalTwin
from harness.model.run_folder import HEALTH, HOOKS, RunFolder
from harness.twin.build import build_apk

pytestmark = pytest.mark.twin
PACKAGE = "com.example.reader"
READER = Path(__file__).parent / "reader"
MANIFEST = (READER / "AndroidManifest.xml").read_text()


@pytest.fixture(scope="module")
def phone(tmp_path_factory):
    apk = build_apk(READER, tmp_path_factory.mktemp("reader") / "reader.apk")
    # Frida's ptrace and the twin's own waiting for its children must not share a process.
    with LocalTwin() as twin, AdbServer() as adb:
        phone = adb.connect(twin.serial)
        phone.install(apk)
        for permission in re.findall(r'uses-permission android:name="([^"]+)"', MANIFEST):
            phone.shell(f"pm grant {PACKAGE} {permission}")
        yield phone


def whole_lines(path):
    """Without one that is being written."""
    return path.read_text().rpartition("\n")[0].splitlines()


class Watch:
    def __init__(self, phone, path):
        self.phone = phone
        self.folder = RunFolder.create(path)
        self.capture = HookCapture(phone, self.folder, PACKAGE)

    def messages(self):
        path = self.folder.path / HOOKS
        return [json.loads(line) for line in whole_lines(path)] if path.exists() else []

    def events(self, process=PACKAGE):
        found = [line["message"] for line in self.messages() if line["process"] == process]
        return [event for message in found if message["t"] == "events" for event in message["events"]]

    def hooks(self, process=PACKAGE):
        return [event["hook"] for event in self.events(process)]

    def health(self):
        path = self.folder.path / HEALTH
        lines = [json.loads(line)["event"] for line in path.read_text().splitlines()] if path.exists() else []
        return [(line["healthy"], line.get("process"), line["reason"]) for line in lines]

    def wait_for(self, condition):
        end = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < end, (
                self.messages(),
                self.health(),
                self.phone.shell("logcat -d").stdout,
            )
            time.sleep(0.05)


@pytest.fixture
def watch(phone, tmp_path):
    phone.force_stop(PACKAGE)
    phone.shell("logcat -c")
    made = Watch(phone, tmp_path / "run")
    yield made
    phone.force_stop(PACKAGE)
    made.capture.stop()


def start(phone, activity, more=""):
    result = phone.shell(f"am start -n {PACKAGE}/.{activity} {more}")
    assert result.code == 0, result


def app_log(phone):
    lines = phone.shell("logcat -d").stdout.splitlines()
    return [line.split("reader  : ", 1)[1] for line in lines if "reader  : " in line]


HEALTHY = "hooked from its first line, no gap"


def test_every_process_is_hooked_before_the_first_line_of_the_app(watch):
    watch.capture.start()
    start(watch.phone, "Main")
    watch.wait_for(lambda: "android-id" in watch.hooks() and "imei" in watch.hooks(f"{PACKAGE}:push"))
    watch.capture.settle()
    for process in (PACKAGE, f"{PACKAGE}:push"):
        first = watch.events(process)[0]
        assert first["hook"] == "network-interface-mac"
        assert any(frame.startswith("com.example.reader.App.<clinit>:") for frame in first["stack"])
    watch.phone.force_stop(PACKAGE)
    watch.capture.stop()
    assert sorted(watch.health()) == [(True, PACKAGE, HEALTHY), (True, f"{PACKAGE}:push", HEALTHY)]
    for line in watch.messages():
        MESSAGE.validate_python(line["message"])


def test_the_app_sees_the_same_with_the_agent_and_without_and_every_hook_sees_its_read(watch):
    start(watch.phone, "Everything")
    watch.wait_for(lambda: "everything" in app_log(watch.phone))
    without = app_log(watch.phone)
    watch.phone.force_stop(PACKAGE)
    watch.phone.shell("logcat -c")

    watch.capture.start()
    start(watch.phone, "Everything")
    watch.wait_for(lambda: "everything" in app_log(watch.phone))
    assert app_log(watch.phone) == without
    watch.capture.settle()
    read = [line.split(": ")[0] for line in without if ": " in line]
    expected = [hook for hook in read if not hook.startswith("none ")]
    seen = [event for event in watch.events() if "com.example.reader.App.<clinit>" not in str(event["stack"])]
    # What stands around reads (context) is told too; what the app asked for must be there in its order.
    told = iter([event["hook"] for event in seen])
    missing = next((hook for hook in expected if hook not in told), None)
    assert missing is None, (missing, [event["hook"] for event in seen])
    assert [reason for healthy, _, reason in watch.health() if not healthy] == []
    obtained = {event["hook"] for event in seen if event["result"] == "obtained"}
    assert {"android-id", "oaid", "location", "contacts", "ssid", "installed-apps", "accounts"} <= obtained
    denied = {event["hook"] for event in seen if event["result"] == "denied"}
    assert {"imei", "imsi", "serial"} <= denied


def test_a_process_that_exits_says_how_far_it_got(watch):
    watch.capture.start()
    start(watch.phone, "Main", "--ez exit true")
    watch.wait_for(lambda: any(line["message"]["t"] == "bye" for line in watch.messages()))
    bye = next(line["message"] for line in watch.messages() if line["message"]["t"] == "bye")
    assert bye["why"] == "exit"
    assert bye["seq"] == watch.events()[-1]["seq"]
    watch.phone.force_stop(PACKAGE)
    watch.capture.stop()
    assert (True, PACKAGE, HEALTHY) in watch.health()


def test_a_process_that_ran_before_the_gate_was_watched_is_told(watch):
    start(watch.phone, "Main")
    watch.wait_for(lambda: app_log(watch.phone) != [])
    watch.capture.start()
    watch.capture.settle()
    assert any(
        reason.startswith(f"{PACKAGE} (") and "without the agent" in reason for _, _, reason in watch.health()
    )


def test_when_the_twin_goes_the_gate_is_told_lost(tmp_path):
    with AdbServer() as adb:
        with LocalTwin() as twin:
            watch = Watch(adb.connect(twin.serial), tmp_path / "run")
            watch.capture.start()
        watch.wait_for(lambda: watch.health() != [])
        assert "without the agent" in watch.health()[0][2]
        watch.capture.stop()
