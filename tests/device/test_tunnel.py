"""A tunnel counts as up only when the phone shows its address; every way that it does not come up has its reason."""

from __future__ import annotations

import pytest

from harness.device.phone import ShellResult
from harness.device.tunnel import APP, OFFERED, Tunnel


class Phone:
    """A phone with or without the WireGuard app, that obeys broadcasts or leaves them to a person."""

    def __init__(self, installed=True, root=True, obeys=True, by_hand_after=None):
        self.installed, self.root, self.obeys = installed, root, obeys
        self.by_hand_after = by_hand_after
        self.is_up, self.now = False, 0.0
        self.files: dict[str, bytes] = {}
        self.lines: list[str] = []

    def sleep(self, seconds):
        self.now += seconds
        if self.by_hand_after is not None and self.now >= self.by_hand_after:
            self.is_up = True

    def push(self, data, remote):
        self.files[remote] = data

    def is_there(self):
        return True

    def force_stop(self, package):
        self.lines.append(f"stop {package}")

    def shell(self, command, timeout=30):
        self.lines.append(command)
        if command.startswith("pm path"):
            return ShellResult("package:/data/app/w/base.apk\n" if self.installed else "", "", 0)
        if command.startswith("ip addr"):
            return ShellResult(
                "9: tun0: <UP>\n    inet 10.0.0.1/32 scope global\n" if self.is_up else "", "", 0
            )
        if command.startswith("rm -f /sdcard"):
            self.files.pop(OFFERED, None)
        if not self.root:
            return ShellResult("", "Permission denied", 1)
        if "SET_TUNNEL_UP" in command and self.obeys:
            self.is_up = True
        if "SET_TUNNEL_DOWN" in command:
            self.is_up = False
        return ShellResult("", "", 0)


def tunnel(phone, endpoint="192.168.1.5"):
    text = "[Interface]\nIncludedApplications = com.example.shop\n"
    return Tunnel(phone, text, "10.0.0.1", endpoint, clock=lambda: phone.now, sleep=phone.sleep)


def test_with_root_it_comes_up_by_itself_and_everything_goes_away_again():
    phone, asked = Phone(), []
    made = tunnel(phone)
    assert made.up(asked.append) == "" and phone.is_up and not asked
    assert b"com.example.shop" in phone.files[OFFERED]
    assert f"stop {APP}" in phone.lines
    made.remove()
    assert not phone.is_up and not phone.files


def test_without_root_a_person_is_asked_to_switch_it_on():
    phone, asked = Phone(root=False, by_hand_after=30), []
    assert tunnel(phone).up(asked.append) == ""
    assert len(asked) == 1 and OFFERED in asked[0]


@pytest.mark.parametrize(
    ("phone", "endpoint", "why"),
    [
        (Phone(installed=False), "192.168.1.5", "is not installed"),
        (Phone(), "127.0.0.1", "--wireguard-at"),
        (Phone(root=False), "192.168.1.5", "no tunnel with the address 10.0.0.1 came up"),
        (Phone(obeys=False), "192.168.1.5", "no tunnel"),
    ],
)
def test_what_does_not_come_up_has_its_reason(phone, endpoint, why):
    assert why in tunnel(phone, endpoint).up(lambda text: None)


def test_a_tunnel_of_someone_else_is_not_taken_for_ours():
    phone = Phone(root=False)
    phone.is_up = True
    assert "another tunnel" in tunnel(phone).up(lambda text: None)
