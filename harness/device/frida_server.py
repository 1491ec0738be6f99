"""frida-server on a phone that was restarted: it does not come back by itself, so it is started as it was before."""

from __future__ import annotations

import shlex
from typing import Final

from harness.device.phone import Phone

NAME: Final = "frida-server"


class FridaServer:
    """Made before the restart. On a device without a running frida-server nothing is remembered or started."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self.path = self._path()
        """Where its binary lies on the phone; empty when none runs, or the phone does not tell."""

    def start(self) -> None:
        """Start it in the background as root. Whether it answers is for who talks to it to say."""
        if self.path:
            self._phone.shell(f"su 0 sh -c {shlex.quote(shlex.quote(self.path) + ' -D')}", timeout=15)

    def _path(self) -> str:
        pid = next((pid for pid, name in self._phone.processes().items() if NAME in name), None)
        if pid is None:
            return ""
        said = self._phone.shell(f"su 0 readlink /proc/{pid}/exe").stdout.strip()
        return said if said.startswith("/") else ""
