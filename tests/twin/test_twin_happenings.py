"""What happens to the phone reaches the apps as the system's broadcasts; faults that strike the app in front."""

from __future__ import annotations

import pytest

from harness.twin.faults import Fault

pytestmark = pytest.mark.twin


@pytest.mark.parametrize(
    ("line", "actions"),
    [
        ("svc wifi disable", ["CONNECTIVITY_CHANGE"]),
        ("svc wifi enable", ["CONNECTIVITY_CHANGE"]),
        ("svc wifi enable", []),
        ("cmd connectivity airplane-mode enable", ["AIRPLANE_MODE", "CONNECTIVITY_CHANGE"]),
        ("cmd connectivity airplane-mode disable", ["AIRPLANE_MODE", "CONNECTIVITY_CHANGE"]),
        ("input keyevent KEYCODE_SLEEP", ["SCREEN_OFF"]),
        ("input keyevent KEYCODE_WAKEUP", ["SCREEN_ON"]),
        ("wm dismiss-keyguard", ["USER_PRESENT"]),
        ("wm dismiss-keyguard", []),
        ("dumpsys battery unplug", ["ACTION_POWER_DISCONNECTED"]),
        ("dumpsys battery set ac 1", ["ACTION_POWER_CONNECTED"]),
        ("dumpsys battery reset", []),
        ("cmd alarm set-timezone Europe/Berlin", ["TIMEZONE_CHANGED"]),
        ("pm uninstall -k --user 0 com.android.egg", ["PACKAGE_REMOVED"]),
        ("cmd package install-existing --user 0 com.android.egg", ["PACKAGE_ADDED"]),
    ],
)
def test_what_happens_is_told_once(local, line, actions):
    before = len(local.device.journal.of("happening"))
    assert local.sh(line).code == 0
    told = [one["action"].rpartition(".")[2] for one in local.device.journal.of("happening")[before:]]
    assert told == actions


def test_fingers_can_be_ignored(local):
    faults, windows = local.device.faults, local.device.windows

    async def apply(name, value):
        faults.apply(Fault(name, value))

    before = windows.input.last_at
    local.host.run(apply("taps_ignored", "1"))
    assert local.sh("input tap 300 300").code == 0
    assert windows.input.last_at == before
    local.host.run(apply("taps_ignored", "0"))
    local.sh("input tap 300 300")
    assert windows.input.last_at > before
