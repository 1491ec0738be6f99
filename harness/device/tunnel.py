"""Leads one app of the phone through a WireGuard tunnel, with the WireGuard app that is installed there.

Written from the public description of that app; what differs on a phone ends in a reason, never in a run that is
taken for watched: the tunnel counts as up only when the phone shows its address.
"""

from __future__ import annotations

import ipaddress
import shlex
import time
from collections.abc import Callable
from typing import Final

from harness.device.phone import Phone

APP: Final = "com.wireguard.android"
NAME: Final = "harness"
OFFERED: Final = f"/sdcard/Download/{NAME}.conf"
_OWN: Final = f"/data/data/{APP}/files/{NAME}.conf"
_RECEIVER: Final = f"{APP}/.model.TunnelManager$IntentReceiver"
AUTOMATIC_SECONDS: Final = 10.0
BY_HAND_SECONDS: Final = 120.0


class Tunnel:
    """up() after each install of the app: Android lets a tunnel take apps by the number that an install gives."""

    def __init__(
        self,
        phone: Phone,
        configuration: str,
        address: str,
        endpoint: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            address: of the phone inside the tunnel.
            endpoint: host at which the phone is to find the tunnel's other end.
        """
        self._phone = phone
        self._configuration = configuration
        self._address = address
        self._endpoint = endpoint
        self._clock = clock
        self._sleep = sleep
        self._offered = False

    def up(self, say: Callable[[str], None]) -> str:
        """Empty when the app is led through it; else why not. Takes down what was up before."""
        phone = self._phone
        if not phone.shell(f"pm path {APP}").stdout.startswith("package:"):
            return f"the app {APP} is not installed on the phone"
        if _is_loopback(self._endpoint):
            return f"the phone cannot reach {self._endpoint}: give this machine's address with --wireguard-at"
        self._offer()
        self._set("DOWN")
        if not self._wait(AUTOMATIC_SECONDS, there=False):
            return "another tunnel with the same address is up on the phone"
        if self._place():
            self._set("UP")
            if self._wait(AUTOMATIC_SECONDS, there=True):
                return ""
        say(
            f"phone: import {OFFERED} in the WireGuard app and switch it on; waiting {BY_HAND_SECONDS:.0f} s, "
            "then the proxy setting is used"
        )
        if self._wait(BY_HAND_SECONDS, there=True):
            return ""
        return f"no tunnel with the address {self._address} came up"

    def remove(self) -> None:
        """A phone that is gone keeps a tunnel that leads nowhere."""
        if self._offered and self._phone.is_there():
            self._set("DOWN")
            self._root(f"rm -f {_OWN}")
            self._phone.shell(f"rm -f {OFFERED}")
            self._offered = False

    def _offer(self) -> None:
        self._phone.push(self._configuration.encode(), OFFERED)
        self._offered = True

    def _place(self) -> bool:
        """Into the WireGuard app's own folder; needs root. It looks there when it starts."""
        self._phone.shell(f"cmd appops set {APP} ACTIVATE_VPN allow")
        owner = f"$(stat -c %u:%g /data/data/{APP})"
        placed = self._root(
            f"cp {OFFERED} {_OWN} && chown {owner} {_OWN} && chmod 600 {_OWN} && restorecon {_OWN}"
        )
        if placed:
            self._phone.force_stop(APP)
        return placed

    def _set(self, state: str) -> None:
        # The app obeys when its setting for control by other apps is on; root passes its permission.
        command = (
            f"am broadcast -a {APP}.action.SET_TUNNEL_{state} -n {shlex.quote(_RECEIVER)} -e tunnel {NAME}"
        )
        self._root(command)

    def _root(self, command: str) -> bool:
        lines = (command, f"su 0 sh -c {shlex.quote(command)}")
        return any(self._phone.shell(line).code == 0 for line in lines)

    def _wait(self, seconds: float, there: bool) -> bool:
        end = self._clock() + seconds
        while self._is_up() != there:
            if self._clock() >= end:
                return False
            self._sleep(0.5)
        return True

    def _is_up(self) -> bool:
        return f"inet {self._address}/" in self._phone.shell("ip addr show").stdout


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
