"""What apps start themselves by, made to happen: each is read back where the phone tells, and put back as it was."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Final

from harness.scenario.answered import refused, said
from harness.scenario.step import Trigger
from harness.scenario.touch import Done
from harness.scenario.watch import Handset, Time, Watch

SETTLE_SECONDS: Final = 1.0
"""Between doing something and undoing it: receivers are told one after the other."""
READ_BACK_SECONDS: Final = 5.0
ZONES: Final = ("Asia/Shanghai", "Europe/Berlin")
SPARE_APPS: Final = ("com.android.egg", "com.android.dreams.basic", "com.android.wallpaper.livepicker")
"""Of the system image, harmless and on most phones: removed for the user and installed again from the image."""


class Triggers:
    def __init__(self, watch: Watch, phone: Handset, clock: Time) -> None:
        self._watch = watch
        self._phone = phone
        self._clock = clock

    def fire(self, what: Trigger) -> Done:
        """What this phone does not let the shell do is told, and the scenario goes on unconfirmed."""
        acts: dict[Trigger, Callable[[], str]] = {
            "boot": self._boot, "connectivity": self._connectivity, "airplane": self._airplane,
            "unlock": self._unlock, "power": self._power, "time": self._time, "package": self._package,
        }  # fmt: skip
        problem = acts[what]()
        return Done(not problem, problem, goes_on=True)

    # Each gives why it did not happen; empty when it did.

    def _boot(self) -> str:
        if self._over_the_network():
            return f"{self._phone.serial} is reached over the network: adb would not be there after a restart"
        self._watch.leave()
        return self._phone.reboot()

    def _connectivity(self) -> str:
        if self._over_the_network():
            return f"{self._phone.serial} is reached over the network that would be cut"
        return self._switch(
            "svc wifi disable", "svc wifi enable", "settings get global wifi_on", lambda value: value == "0"
        )

    def _airplane(self) -> str:
        if self._over_the_network():
            return f"{self._phone.serial} is reached over the network that would be cut"
        command = "cmd connectivity airplane-mode"
        setting = "settings get global airplane_mode_on"
        return self._switch(f"{command} enable", f"{command} disable", setting, lambda value: value == "1")

    def _unlock(self) -> str:
        problem = self._switch(
            "input keyevent KEYCODE_SLEEP", "input keyevent KEYCODE_WAKEUP", "dumpsys power",
            lambda text: "mWakefulness=" not in text or "mWakefulness=Awake" not in text,
        )  # fmt: skip
        return problem or self._line("wm dismiss-keyguard")

    def _power(self) -> str:
        unplugged = self._line("dumpsys battery unplug")
        self._clock.sleep(SETTLE_SECONDS)
        plugged = "" if unplugged else self._line("dumpsys battery set ac 1")
        self._clock.sleep(SETTLE_SECONDS)
        return unplugged or plugged or self._line("dumpsys battery reset")

    def _time(self) -> str:
        """The time zone, which the shell may set; setting the clock itself would tear the record's times apart."""
        before = self._phone.shell("getprop persist.sys.timezone").stdout.strip() or ZONES[0]
        other = next(zone for zone in ZONES if zone != before)
        return self._switch(
            f"cmd alarm set-timezone {other}", f"cmd alarm set-timezone {shlex.quote(before)}",
            "getprop persist.sys.timezone", lambda value: value == other,
        )  # fmt: skip

    def _package(self) -> str:
        listed = self._phone.shell("pm list packages -s").stdout.split()
        name = next((app for app in SPARE_APPS if f"package:{app}" in listed), None)
        if name is None:
            return f"none of {', '.join(SPARE_APPS)} is on this phone"
        return self._switch(
            f"pm uninstall -k --user 0 {name}", f"cmd package install-existing --user 0 {name}",
            "pm list packages -s", lambda text: f"package:{name}" not in text.split(),
        )  # fmt: skip

    def _switch(self, do: str, undo: str, look: str, done: Callable[[str], bool]) -> str:
        """Do it, see it, undo it, and see that it is as it was."""
        problem = self._line(do)
        if problem:
            return problem
        happened = self._shows(look, done)
        self._clock.sleep(SETTLE_SECONDS)
        problem = self._line(undo)
        if problem:
            return f"{problem}; the phone is left as {do!r} made it"
        if not happened:
            return f"{do}: the phone did not show that it did it"
        if not self._shows(look, lambda text: not done(text)):
            return f"{undo}: the phone did not show that it did it"
        self._clock.sleep(SETTLE_SECONDS)
        return ""

    def _line(self, line: str) -> str:
        result = self._phone.shell(line)
        return f"{line}: the phone says: {said(result) or result.code}" if refused(result) else ""

    def _shows(self, look: str, done: Callable[[str], bool]) -> bool:
        deadline = self._clock.now_ms() + READ_BACK_SECONDS * 1000
        while not done(self._phone.shell(look).stdout.strip()):
            if self._clock.now_ms() >= deadline:
                return False
            self._clock.sleep(0.2)
        return True

    def _over_the_network(self) -> bool:
        serial = self._phone.serial
        return ":" in serial and not serial.startswith("127.0.0.1:")
