"""Looking at the screen again and again: every look is written down, every change becomes a screen event."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final, Protocol

from harness.device.phone import ShellResult, host_ms
from harness.device.screen import Current, Dump
from harness.model.errors import InputError, RunFailure
from harness.scenario.record import Recorder
from harness.screen.confidence import confidence
from harness.screen.dialogs import LOGIN_KINDS, ScreenReading, classify

POLL_SECONDS: Final = 0.4
"""At least twice a second, however long a look takes below that."""
HANGS: Final = 2
"""After so many looks in a row without an answer the screen counts as hung."""
BLIND_MS: Final = 5000.0
"""A screen that showed no words for less long was on its way to another one."""
MAX_SHOTS: Final = 300
"""Screenshots of one scenario; a screen that changes without end must not fill the disk."""


class Glass(Protocol):
    """DeviceScreen, or a scripted one."""

    def dump(self) -> Dump: ...
    def tap(self, x: int, y: int) -> None: ...
    def press(self, key: str) -> None: ...
    def swipe(self, x1: int, y1: int, x2: int, y2: int) -> None: ...
    def screenshot(self) -> bytes: ...
    def current(self) -> Current: ...


class Handset(Protocol):
    """Phone, or a scripted one."""

    serial: str

    def launch(self, package: str) -> str | None: ...
    def force_stop(self, package: str) -> None: ...
    def shell(self, command: str, timeout: float = 30) -> ShellResult: ...
    def reboot(self) -> str:
        """Restart the phone; returns with every witness back. Why that cannot be done, empty when it was."""


class Spent(Exception):
    """The scenario's budget of time or touches is used up: a typed end of the walk, no failure of the phone."""


class Time(Protocol):
    def now_ms(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


class HostTime:
    def now_ms(self) -> float:
        return host_ms()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Look:
    reading: ScreenReading
    before_ms: float
    after_ms: float
    """The screen was so at some host instant between the two."""
    xml: str = ""
    digest: str = ""
    """SHA-256 of the tree, as screens/ holds it."""


class Watch:
    """The eyes of one scenario. `last` is the last look that could be read."""

    def __init__(self, screen: Glass, recorder: Recorder, package: str, clock: Time) -> None:
        self.screen = screen
        self.recorder = recorder
        self.package = package
        self.clock = clock
        self.last: Look | None = None
        self.since_ms = clock.now_ms()
        """When the last look first showed what it shows."""
        self.origin_ms = clock.now_ms()
        """Before this the screen is unknown: a launch sets it."""
        self.refused = False
        """The last answer was a refusal: what asks now asks a second time."""
        self.unhealthy = False
        self.deadline_ms = float("inf")
        """After it a look raises Spent."""
        self._activity: str | None = None
        self._hangs = 0
        self._shots = 0
        self._blind_since: float | None = None
        self._asked = ""

    def look(self) -> Look:
        """One look. Raises RunFailure when the phone is gone or the screen does not answer repeatedly,
        Spent when the time of the scenario is."""
        while True:
            before = self.clock.now_ms()
            if before > self.deadline_ms:
                raise Spent("the scenario's budget of time is spent")
            try:
                dump = self.screen.dump()
                reading = classify(dump.xml)
            except (RunFailure, InputError) as error:
                self._unreadable(before, error)
                continue
            self._hangs = 0
            return self._note(dump, self._in_context(reading))

    def leave(self) -> None:
        """Before the app is ended. A screen without words that gave way to words by itself was a splash; one
        that stayed to the last may have said anything."""
        if self._blind_since is not None and self.last is not None:
            if self.last.after_ms - self._blind_since >= BLIND_MS:
                reason = "the app shows a screen whose tree has no words: what it says cannot be read"
                self.unhealthy_screen(reason, self._blind_since, self.last.after_ms)
            self._blind_since = None

    def pause(self, began_ms: float, seconds: float = POLL_SECONDS) -> None:
        """Wait for the rest of the time between two looks."""
        left = seconds - (self.clock.now_ms() - began_ms) / 1000
        if left > 0:
            self.clock.sleep(left)

    def is_second_chance(self, reading: ScreenReading) -> bool:
        """The same question again, or whether it shall really be the basic mode that refusing led to."""
        again = reading.asks or reading.kind == "basic_mode_confirm"
        return reading.kind == "retention" or (self.refused and again)

    def is_login_question(self, reading: ScreenReading) -> bool:
        """A page to log in on that asks for consent by the way: it names a policy."""
        asks = any(element.role == "policy_link" for element in reading.elements)
        return reading.package == self.package and reading.kind in LOGIN_KINDS and asks

    def is_main(self, reading: ScreenReading) -> bool:
        """The app's own content: it can be read, and nothing asks."""
        calm = not reading.asks and reading.kind not in ("permission", "notice")
        return reading.package == self.package and calm and not reading.blind

    def unhealthy_screen(self, reason: str, lo: float, hi: float) -> None:
        self.unhealthy = True
        self.recorder.health("screen", False, reason, lo, hi)

    def _in_context(self, reading: ScreenReading) -> ScreenReading:
        """Before any refusal a dialog that argues for consent is the first question, not a second one."""
        if reading.kind != "retention" or self.refused or not reading.touchable("agree"):
            return reading
        return replace(reading, kind="privacy_popup", why=reading.why + "; nothing was refused before")

    def _unreadable(self, before: float, error: RunFailure | InputError) -> None:
        after = self.clock.now_ms()
        self.recorder.failed_dump(before, after, str(error))
        self.unhealthy_screen(f"the screen could not be read: {error}"[:300], before, after)
        if isinstance(error, RunFailure) and error.kind != "screen_hung":
            raise error
        self._hangs += 1
        if self._hangs >= HANGS:
            raise RunFailure("screen_hung", f"no readable tree {self._hangs} times in a row; last: {error}")
        self.clock.sleep(POLL_SECONDS)

    def _note(self, dump: Dump, reading: ScreenReading) -> Look:
        before = self.last
        changed = before is None or before.reading.signature != reading.signature
        if changed:
            current = self.screen.current()
            # While a starting window shows, the activity manager still names the app before.
            self._activity = current.activity if current.package == reading.package else None
        digest = self.recorder.dump(dump, reading.package, self._activity)
        look = Look(reading, dump.host_before_ms, dump.host_after_ms, dump.xml, digest)
        self.last = look
        if changed:
            self.since_ms = dump.host_before_ms
            lo = before.before_ms if before else self.origin_ms
            self._screen_event(reading, digest, lo, dump.host_after_ms)
            self._question(reading, lo, dump.host_after_ms)
        self._note_blindness(look)
        return look

    def _screen_event(self, reading: ScreenReading, digest: str, lo: float, hi: float) -> None:
        picture = self._picture()
        shot = self.recorder.screenshot(picture) if picture is not None else None
        self.recorder.ui(
            "screen", lo, hi,
            screen_kind=reading.kind, package=reading.package, activity=self._activity,
            language=reading.language, why=reading.why, confidence=confidence(reading),
            dump_sha256=digest, screenshot=shot,
            elements=[element.model_dump(mode="json") for element in reading.elements], unread=reading.unread,
        )  # fmt: skip

    def _picture(self) -> bytes | None:
        if self._shots >= MAX_SHOTS:
            return None
        self._shots += 1
        try:
            return self.screen.screenshot()
        except RunFailure as failure:
            if failure.kind != "screen_hung":
                raise
            # The tree was read; a protected window (FLAG_SECURE) has no picture.
            return None

    def _question(self, reading: ScreenReading, lo: float, hi: float) -> None:
        """Written when a consent dialog appears that was not there the look before."""
        if not reading.asks:
            self._asked = ""
            return
        if not self._asked and not self.is_second_chance(reading):
            self.recorder.ui("consent_changed", lo, hi, state="asked", certain=True)
        self._asked = reading.signature

    def _note_blindness(self, look: Look) -> None:
        if not look.reading.blind or look.reading.package != self.package:
            self._blind_since = None
        elif self._blind_since is None:
            self._blind_since = look.before_ms
