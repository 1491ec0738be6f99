"""What is on the phone, and what silence would mean without it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import adbutils

from harness.device.phone import Phone
from harness.device.screen import DeviceScreen
from harness.model.errors import InputError, RunFailure

MIN_SDK: Final = 24
"""shell v2 and runtime permissions as we use them."""
FRIDA_PORT: Final = "tcp:27042"
ZYGOTE_GATE: Final = "localabstract:harness.zygote"


@dataclass(frozen=True, slots=True)
class Probe:
    name: str
    healthy: bool
    says: str
    """What was seen."""
    silence: str
    """What "nothing was seen" would mean when this fails."""


def probe(name: str, silence: str, look: Callable[[], str]) -> Probe:
    """Run one look; a typed failure is its answer."""
    try:
        return Probe(name, True, look(), silence)
    except (RunFailure, InputError) as error:
        return Probe(name, False, str(error), silence)


def device_probes(phone: Phone) -> Iterator[Probe]:
    """One after the other, so that they can be shown as they come."""
    yield probe("device", "nothing runs at all", lambda: _device(phone))
    yield probe("root", "hooks and the CA cannot be put in place", lambda: _root(phone))
    yield probe("hooks", "no read of an API would be seen", lambda: _injection(phone))
    yield probe(
        "screen", "consent could not be dated, so nothing is before or after it", lambda: _screen(phone)
    )


def _device(phone: Phone) -> str:
    facts = phone.facts()
    if facts.sdk < MIN_SDK:
        raise InputError(f"Android {facts.android} (SDK {facts.sdk}); SDK {MIN_SDK} or newer is needed")
    kind = ", emulated" if facts.emulated else ""
    return (
        f"{facts.brand} {facts.model}, Android {facts.android} (SDK {facts.sdk}){kind}; adb {adb_version()}"
    )


def adb_version() -> str:
    return f"{adbutils.adb_path()} (adbutils {adbutils.__version__})"


def _root(phone: Phone) -> str:
    for line in ("id -u", "su 0 id -u"):
        if phone.shell(line).stdout.strip() == "0":
            return "root by " + ("adb" if line == "id -u" else "su")
    if phone.getprop("ro.harness.twin") == "1":
        return "not needed: the device is set up for it"
    raise InputError("neither adb nor su gives root")


def _injection(phone: Phone) -> str:
    for address, name in ((ZYGOTE_GATE, "the device's own gate"), (FRIDA_PORT, "frida-server")):
        try:
            phone.open_socket(address).close()
        except ConnectionRefusedError:
            continue
        return f"{name} answers on {address}"
    raise InputError("no frida-server listens on the phone; start it as root")


def _screen(phone: Phone) -> str:
    screen = DeviceScreen(phone)
    screen.connect()
    try:
        screen.dump()
        began = time.monotonic()
        dump = screen.dump()
        took = (time.monotonic() - began) * 1000
        return f"uiautomator2 reads the tree in {took:.0f} ms ({len(dump.xml)} characters)"
    finally:
        screen.close()
