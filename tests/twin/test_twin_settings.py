"""The settings tables, the proxy they carry, and the system properties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.twin.identity import Identity
from harness.twin.settings import Properties, Settings


@dataclass
class Process:
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def post(self, event, args):
        self.heard.append((event, args))


@dataclass
class Processes:
    running: list[Process]

    def live(self):
        return self.running


class Device:
    def __init__(self, *processes):
        self.identity = Identity.from_seed(1)
        self.processes = Processes(list(processes))


def test_the_shell_reads_the_devices_own_android_id():
    settings = Settings(Device())
    assert settings.get("secure", "android_id") == Identity.from_seed(1).android_id
    assert settings.get("secure", "no_such_setting") is None


def test_a_change_is_told_to_every_process_once():
    one, other = Process(), Process()
    settings = Settings(Device(one, other))
    settings.put("system", "font_scale", "1.3")
    settings.put("system", "font_scale", "1.3")
    assert one.heard == other.heard
    assert one.heard == [("settings.changed", {"namespace": "system", "name": "font_scale", "value": "1.3"})]


def test_a_proxy_comes_with_its_setting_and_goes_only_with_the_empty_one():
    process = Process()
    settings = Settings(Device(process))
    settings.put("global", "http_proxy", "127.0.0.1:8080")
    assert settings.proxy == "127.0.0.1:8080"
    settings.delete("global", "http_proxy")
    assert settings.proxy == "127.0.0.1:8080"
    settings.put("global", "http_proxy", ":0")
    assert settings.proxy is None
    assert [args for event, args in process.heard if event == "proxy.changed"] == [
        {"proxy": "127.0.0.1:8080"},
        {"proxy": None},
    ]


def test_other_settings_do_not_touch_the_proxy():
    settings = Settings(Device())
    settings.put("system", "http_proxy", "127.0.0.1:8080")
    assert settings.proxy is None


def test_delete_says_whether_there_was_something():
    settings = Settings(Device())
    settings.put("global", "x", "1")
    assert settings.delete("global", "x") and not settings.delete("global", "x")
    assert "x" not in settings.list("global")


def test_an_unknown_namespace_is_named_with_the_known_ones():
    with pytest.raises(KeyError, match="secure, system, global"):
        Settings(Device()).get("secret", "x")


def test_properties_tell_who_the_device_is():
    identity = Identity.from_seed(2)
    properties = Properties(identity)
    assert properties.get("ro.serialno") == identity.serial
    assert properties.get("ro.product.model") == identity.build.model
    assert (properties.get("ro.build.version.sdk"), properties.get("ro.build.version.release")) == (
        "33",
        "13",
    )
    assert (properties.get("ro.harness.twin"), properties.get("debug.harness.pace")) == ("1", "0.2")
    assert properties.get("never.set") == ""


def test_a_read_only_property_keeps_its_first_value():
    properties = Properties(Identity.from_seed(2))
    assert not properties.put("ro.product.model", "another")
    assert properties.put("ro.fresh", "1") and not properties.put("ro.fresh", "2")
    assert properties.put("debug.x", "1") and properties.put("debug.x", "2")
    assert not properties.put("debug.x", "v" * 92)
    assert properties.get("debug.x") == "2"
