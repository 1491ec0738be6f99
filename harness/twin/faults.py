"""Faults that a test or the command line puts into a twin: now, or some seconds from now."""

from __future__ import annotations

import asyncio
import errno
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from harness.model.errors import InputError

NAMES: Final = (
    "call",
    "clock_drift_ppm",
    "clock_skew_ms",
    "crash",
    "dialogs_late_ms",
    "disk_full",
    "drop",
    "hang",
    "home",
    "offline",
    "rpc_error",
    "rpc_hang",
    "slow_ms",
    "taps_ignored",
    "unauthorized",
)


@dataclass(frozen=True, slots=True)
class JavaError:
    """What an RPC method answers instead of its result."""

    java_class: str
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    value: str
    after_s: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Fault:
        """`name=value[@seconds]`, e.g. `hang=5@2`, `offline=1@10`, `rpc_error=click:java.lang.X:why`."""
        name, equals, value = text.partition("=")
        if not equals or name not in NAMES:
            raise InputError(f"--fault {text!r}: give name=value[@seconds], name one of {', '.join(NAMES)}")
        value, at, after = value.rpartition("@") if "@" in value else (value, "", "0")
        fault = cls(name, value, _number(text, after if at else "0"))
        if name != "rpc_error":
            _number(text, value)
        elif value.count(":") < 1:
            raise InputError(f"--fault {text!r}: rpc_error is METHOD:JAVA_CLASS[:MESSAGE]")
        return fault


def _number(text: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"--fault {text!r}: {value!r} is not a number") from None


class Faults:
    """Current faults of one device. Timed changes need the host's loop."""

    def __init__(self) -> None:
        self.clock_skew_ms = 0.0
        """Added to the device's clocks from the start."""
        self.clock_drift_ppm = 0.0
        self.slow_ms = 0.0
        """Every shell command and every RPC waits so long first."""
        self.dialogs_late_ms = 0.0
        """A dialog of an app shows so long after the app has opened it."""
        self.taps_ignored = False
        """Fingers reach nothing; keys do."""
        self.disk_full = False
        self.offline = False
        self.unauthorized = False
        self.rpc_errors: dict[str, JavaError] = {}
        """By RPC method; "*" stands for all."""
        self.listeners: list[Callable[[str], None]] = []
        """Told the name of each fault as it is set."""
        self._hang_until = 0.0
        self._rpc_hang_until = 0.0

    @property
    def hanging(self) -> bool:
        return time.monotonic() < self._hang_until

    def hang(self, seconds: float) -> None:
        """Shell and RPC answers stay out for so long; 0 ends it."""
        self._hang_until = time.monotonic() + seconds
        self._tell("hang")

    def rpc_hang(self, seconds: float) -> None:
        """Answers of uiautomator2's server alone stay out for so long: the shell goes on."""
        self._rpc_hang_until = time.monotonic() + seconds
        self._tell("rpc_hang")

    def set_offline(self, offline: bool) -> None:
        """True drops the link and refuses new ones until False."""
        self.offline = offline
        self._tell("offline")

    def drop(self) -> None:
        """Cut every link once; the adb server may connect again at once."""
        self._tell("drop")

    async def gate(self) -> None:
        """Awaited before an answer: here slow devices are slow and hanging ones hang."""
        if self.slow_ms:
            await asyncio.sleep(self.slow_ms / 1000)
        while (left := self._hang_until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 0.05))

    async def rpc_gate(self) -> None:
        """`gate` for RPCs, which can hang by themselves."""
        await self.gate()
        while (left := self._rpc_hang_until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 0.05))

    def check_disk(self) -> None:
        """Called before bytes are stored; raises ENOSPC on a full disk."""
        if self.disk_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def apply(self, fault: Fault, loop: asyncio.AbstractEventLoop | None = None) -> None:
        if fault.after_s > 0:
            (loop or asyncio.get_running_loop()).call_later(fault.after_s, self._set, fault)
        else:
            self._set(fault)

    def _set(self, fault: Fault) -> None:
        if fault.name == "rpc_error":
            method, java_class, *message = fault.value.split(":", 2)
            self.rpc_errors[method] = JavaError(java_class, message[0] if message else "")
            return self._tell("rpc_error")
        value = float(fault.value)
        match fault.name:
            case "hang":
                self.hang(value)
            case "rpc_hang":
                self.rpc_hang(value)
            case "drop":
                self.drop()
            case "offline":
                self.set_offline(bool(value))
            case "crash" | "home" | "call":
                self._tell(fault.name)
            case "disk_full" | "taps_ignored" | "unauthorized":
                setattr(self, fault.name, bool(value))
                self._tell(fault.name)
            case _:
                setattr(self, fault.name, value)
                self._tell(fault.name)
        return None

    def _tell(self, name: str) -> None:
        for listener in list(self.listeners):
            listener(name)
