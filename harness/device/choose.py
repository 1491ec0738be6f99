"""Which device: a twin of our own, one on the network, or a phone that the user's adb server knows."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from harness.device.adb_server import AdbServer
from harness.device.local_twin import LocalTwin
from harness.device.phone import Phone
from harness.model.errors import InputError

TWIN: Final = "twin"
PACE_PROPERTY: Final = "debug.harness.pace"


@contextmanager
def open_phone(name: str | None) -> Iterator[Phone]:
    """`twin` starts one; host:port is connected through an adb server of our own; any other serial is looked up on
    the user's adb server, which is never started or stopped. None takes the only phone attached, else the twin."""
    serial = name or only_phone() or TWIN
    if serial == TWIN:
        with LocalTwin() as twin, AdbServer() as adb:
            yield adb.connect(twin.serial)
    elif re.fullmatch(r"[^:]+:\d+", serial):
        with AdbServer() as adb:
            yield adb.connect(serial)
    else:
        with AdbServer.of_user() as adb:
            known = adb.serials()
            if serial not in known:
                raise InputError(
                    f"--device: {serial!r} is not attached; use one of {', '.join([*known, TWIN])} "
                    "(a phone must show as `device` in `adb devices`)"
                )
            yield adb.phone(serial)


def only_phone() -> str | None:
    """Serial of the single phone on the user's adb server; None without one (or without a server)."""
    server = AdbServer.of_user()
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex(("127.0.0.1", server.port)) != 0:
            return None
    with server as adb:
        serials = adb.serials()
    if len(serials) > 1:
        raise InputError(
            f"--device: {len(serials)} phones are attached; name one of {', '.join(serials)}, or twin"
        )
    return serials[0] if serials else None


def suggested_pace(phone: Phone) -> float:
    """What the device suggests for dwell times; 1 where it suggests nothing usable."""
    try:
        pace = float(phone.getprop(PACE_PROPERTY))
    except ValueError:
        return 1.0
    return pace if 0 < pace <= 1 else 1.0
