"""Which device is taken, and what a wrong name says."""

from __future__ import annotations

import pytest

from harness.device import choose
from harness.device.choose import open_phone, suggested_pace
from harness.model.errors import InputError


class Suggests:
    def __init__(self, pace: str) -> None:
        self.pace = pace

    def getprop(self, name: str) -> str:
        assert name == "debug.harness.pace"
        return self.pace


@pytest.mark.parametrize(
    ("said", "pace"),
    [("0.2", 0.2), ("", 1.0), ("fast", 1.0), ("0", 1.0), ("-1", 1.0), ("7", 1.0), ("nan", 1.0)],
)
def test_only_a_usable_pace_is_taken_from_the_device(said, pace):
    assert suggested_pace(Suggests(said)) == pace


def test_without_an_adb_server_there_is_no_phone(monkeypatch):
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "1")
    assert choose.only_phone() is None


def test_a_serial_without_an_adb_server_says_what_to_do(monkeypatch):
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "1")
    with pytest.raises(InputError, match="adb start-server"), open_phone("R58M123ABC"):
        pass
