"""frida-server is started again from where it lay, and nothing is started where none ran."""

from __future__ import annotations

from harness.device.frida_server import FridaServer
from harness.device.phone import ShellResult


class Rooted:
    def __init__(self, running):
        self.running, self.lines = running, []

    def processes(self, timeout=10):
        return {1: "init", 812: self.running}

    def shell(self, line, timeout=30):
        self.lines.append(line)
        return ShellResult(
            "/data/local/tmp/frida server 17\n" if "readlink /proc/812/exe" in line else "", "", 0
        )


def test_it_is_started_again_as_root_from_where_it_lay():
    phone = Rooted("frida-server-17.0")
    FridaServer(phone).start()
    assert phone.lines[-1] == """su 0 sh -c ''"'"'/data/local/tmp/frida server 17'"'"' -D'"""


def test_without_one_nothing_is_started():
    phone = Rooted("zygote64")
    FridaServer(phone).start()
    assert phone.lines == []
