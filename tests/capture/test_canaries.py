"""What is watched from the start is what the device really said; what was planted goes away again."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from harness.capture.canaries import Canaries, photo
from harness.device.adb_server import AdbServer
from harness.device.phone import ShellResult
from harness.model.errors import RunFailure
from harness.model.run_folder import HEALTH, RunFolder
from harness.twin.host import TwinHost


class Shell:
    """A device that knows only these commands."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def shell(self, command: str, timeout: float = 30) -> ShellResult:
        return ShellResult(self.answers.get(command, ""), "", 1)

    def push(self, data: bytes, remote: str) -> None:
        pass

    def pull(self, remote: str) -> bytes:
        raise FileNotFoundError(remote)

    def is_there(self) -> bool:
        return True


class Clips:
    def __init__(self, forgets: bool = False) -> None:
        self.text = ""
        self.forgets = forgets

    def set_clipboard(self, text: str) -> None:
        self.text = "" if self.forgets else text

    def clipboard(self) -> str:
        return self.text


@pytest.fixture
def folder(tmp_path):
    with RunFolder.create(tmp_path / "run") as made:
        yield made


def said(folder):
    return json.loads((folder.path / HEALTH).read_text().splitlines()[-1])["event"]


def test_values_of_the_device_are_watched(folder):
    wlan = "3: wlan0: <UP>\n    link/ether 5c:e6:f6:94:62:f3 brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.2/24"
    answers = {
        "settings get secure android_id": "31519d32a88d7ed1\n",
        "getprop ro.serialno": "F9B3AF836302\n",
        "ip addr show dev wlan0": wlan,
        "cmd wifi status": 'Wifi is enabled\nWifi is connected to "HomeNet-5G"\n',
        "dumpsys account": "  Accounts: 3\n    Account {name=lin@example.com, type=com.google}\n"
        "    Account {name=1234567890, type=com.xiaomi}\n    Account {name=xxxx@xxxxx.xxx, type=com.masked}\n",
    }
    Canaries(Shell(answers), folder).plant()
    event = said(folder)
    assert event["healthy"] and event["gate"] == "canaries"
    assert event["facts"] == {
        "android_id": "31519d32a88d7ed1",
        "serial": "F9B3AF836302",
        "mac_address": "5c:e6:f6:94:62:f3",
        "ip_address": "10.0.0.2",
        "ssid": "HomeNet-5G",
        "accounts.0": "lin@example.com",
        "accounts.1": "1234567890",
    }
    assert "cannot be planted, read and watched: android_id, serial, mac_address" in event["reason"]
    assert "contacts (not planted)" in event["reason"] and "planted and read back" not in event["reason"]


def test_a_device_that_says_nothing_is_a_gate_that_does_not_hold(folder):
    Canaries(
        Shell({"settings get secure android_id": "null\n", "getprop ro.serialno": "unknown x\n"}), folder
    ).plant()
    event = said(folder)
    assert not event["healthy"] and not event["facts"]
    assert "android_id" in event["reason"]


def test_a_value_that_the_device_does_not_say_back_is_not_in_place(folder):
    Canaries(Shell({}), folder, Clips(forgets=True)).plant()
    assert "clipboard" not in said(folder)["facts"] and "clipboard (not planted)" in said(folder)["reason"]


KINDS = {"contacts", "calendar", "clipboard", "location", "media", "ssid", "accounts"}
"""Every kind of the device's data that is watched, however it gets there."""


def test_every_kind_is_told_as_planted_or_read_or_missing(folder):
    Canaries(
        Shell({"dumpsys account": "Account {name=someone@example.com, type=x.y}"}), folder, Clips()
    ).plant()
    reason = said(folder)["reason"]
    assert all(kind in reason for kind in KINDS), reason
    assert "planted and read back: clipboard" in reason and "read and watched: accounts" in reason


class Failing(Shell):
    """Plants until a command that ends the run."""

    def __init__(self, last: str) -> None:
        super().__init__({})
        self.last, self.lines, self.gone = last, [], False

    def shell(self, command: str, timeout: float = 30) -> ShellResult:
        self.lines.append(command)
        if self.last in command:
            raise RunFailure("device_lost", f"{command}: no answer")
        return ShellResult("", "", 0)

    def is_there(self) -> bool:
        return not self.gone


def test_what_was_planted_goes_away_after_a_failure_too(folder):
    clips = Clips()
    clips.text = "what the user had copied"
    phone = Failing("set-test-provider-enabled")
    canaries = Canaries(phone, folder, clips)
    with pytest.raises(RunFailure):
        canaries.plant()
    assert clips.text.startswith("note to self")
    phone.last = "remove-test-provider"
    canaries.remove()
    assert clips.text == "what the user had copied"
    assert "appops set com.android.shell android:mock_location default" in phone.lines
    canaries.remove()


def test_a_phone_that_is_gone_is_asked_once(folder):
    phone = Failing("set-test-provider-enabled")
    canaries = Canaries(phone, folder, Clips())
    with pytest.raises(RunFailure):
        canaries.plant()
    phone.lines.clear()
    phone.last, phone.gone = "", True
    canaries.remove()
    assert len(phone.lines) == 1


def test_a_photo_says_where_it_was_taken(tmp_path):
    (tmp_path / "p.jpg").write_bytes(photo(33.25, 115.75))
    place = Image.open(tmp_path / "p.jpg").getexif().get_ifd(0x8825)
    assert place[1] == "N" and [float(part) for part in place[2]] == [33.0, 15.0, 0.0]
    assert place[3] == "E" and [float(part) for part in place[4]] == [115.0, 45.0, 0.0]


@pytest.mark.twin
def test_a_device_gets_a_contact_an_event_a_place_and_a_clip_and_loses_them_again(folder):
    with TwinHost() as host, AdbServer() as server:
        twin = host.add(seed=7)
        phone = server.connect(twin.serial)
        canaries = Canaries(phone, folder, Clips())
        canaries.plant()
        facts = said(folder)["facts"]
        assert {
            "contacts.name",
            "contacts.phone",
            "contacts.email",
            "calendar",
            "clipboard",
            "location",
            "media",
            "location.photo",
            "ssid",
            "accounts.0",
            "accounts.1",
        } <= set(facts), said(folder)["reason"]
        contacts = "content query --uri content://com.android.contacts/data --projection data1"
        assert facts["contacts.phone"] in phone.shell(contacts).stdout
        assert facts["location"] in phone.shell("dumpsys location").stdout
        assert f"name={facts['accounts.0']}, type=com.google" in phone.shell("dumpsys account").stdout
        shots = phone.shell("ls /sdcard/DCIM/Camera").stdout
        assert facts["media"] in shots
        canaries.remove()
        assert facts["media"] not in phone.shell("ls /sdcard/DCIM/Camera").stdout
        assert facts["contacts.phone"] not in phone.shell(contacts).stdout
        assert facts["location"] not in phone.shell("dumpsys location").stdout
        events = "content query --uri content://com.android.calendar/events --projection title"
        assert facts["calendar"] not in phone.shell(events).stdout
