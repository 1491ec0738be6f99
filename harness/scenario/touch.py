"""One touch and what it led to: nothing is touched that was not told with certainty, and every touch is written
down with its reason, the looks before and after it, and whether it changed anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harness.model.event import ScreenElement
from harness.scenario.record import Recorder
from harness.scenario.watch import Glass, Look, Spent, Time, Watch
from harness.screen.dialogs import ScreenReading

CONFIRM_SECONDS: Final = 5.0
"""How long a tap may take to show its effect."""
QUICK_POLL: Final = 0.1


@dataclass(frozen=True, slots=True)
class Done:
    """What a step came to."""

    confirmed: bool = True
    detail: str = ""
    acted: bool = True
    """False when its condition did not hold."""
    ends: bool = False
    """The scenario has reached its end here."""
    goes_on: bool = False
    """Not confirmed, and the steps after it make sense all the same."""


class Finger:
    """Touches, keys and swipes of one scenario, counted against its budget."""

    def __init__(self, screen: Glass, watch: Watch, recorder: Recorder, clock: Time, budget: int) -> None:
        self._screen = screen
        self._watch = watch
        self._recorder = recorder
        self._clock = clock
        self._left = budget
        self._budget = budget

    def touch(
        self, element: ScreenElement, reason: str, question: str = "", seconds: float = CONFIRM_SECONDS
    ) -> tuple[bool, Look]:
        """Touch it and look until the screen is another one. With a question, only a screen that asks something
        else is another one."""
        assert element.tap is not None and self._watch.last is not None
        self._spend()
        before = self._watch.last
        lo = hi = self._clock.now_ms()
        changed: bool | None = None
        try:
            self._screen.tap(*element.tap)
            hi = self._clock.now_ms()
            changed, look = self.confirm(question, before.reading.signature, seconds)
            return changed, look
        finally:
            self._tell(element.role, element.text, element, reason, lo, max(lo, hi), changed, before)

    def insist(self, element: ScreenElement, reason: str, question: str = "") -> tuple[bool, Look]:
        """A touch that changes nothing is made once more."""
        changed, look = self.touch(element, reason, question)
        if not changed:
            changed, look = self.touch(element, f"{reason}; the first touch changed nothing", question)
        return changed, look

    def press(self, key: str, reason: str, question: str = "") -> tuple[bool, Look]:
        """A key: home, back, recent …"""
        self._spend()
        before = self._watch.last
        lo = hi = self._clock.now_ms()
        changed: bool | None = None
        try:
            self._screen.press(key)
            hi = self._clock.now_ms()
            changed, look = self.confirm(question, before.reading.signature if before else "")
            return changed, look
        finally:
            self._tell(key, "", None, reason, lo, max(lo, hi), changed, before)

    def scroll(
        self, bounds: tuple[int, int, int, int], reason: str, up: bool = False, share: float = 0.5
    ) -> bool:
        """Move what stands there by a part of its height, so that more of what is below shows (with `up`: above);
        whether other words show."""
        left, top, right, bottom = bounds
        x, margin = (left + right) // 2, int((bottom - top) * (1 - share) / 2)
        low, high = bottom - margin, top + margin
        self._spend()
        before = self._watch.last
        lo = self._clock.now_ms()
        self._screen.swipe(x, high if up else low, x, low if up else high)
        hi = self._clock.now_ms()
        changed, _ = self.confirm("", before.reading.signature if before else "", seconds=1.0)
        self._tell("scroll", "", None, reason, lo, hi, changed, before)
        return changed

    def confirm(
        self, question: str, signature: str = "", seconds: float = CONFIRM_SECONDS
    ) -> tuple[bool, Look]:
        """Look until the screen is another one, or the time for that is up."""
        deadline = self._clock.now_ms() + seconds * 1000
        while True:
            began = self._clock.now_ms()
            look = self._watch.look()
            reading = look.reading
            if question:
                asks = reading.asks or self._watch.is_login_question(reading)
                changed = not (asks and question_of(reading) == question)
            else:
                changed = reading.signature != signature
            if changed or self._clock.now_ms() >= deadline:
                return changed, look
            self._watch.pause(began, QUICK_POLL)

    def _spend(self) -> None:
        if self._left <= 0:
            raise Spent(f"the scenario's budget of {self._budget} touches is spent")
        self._left -= 1

    def _tell(
        self, role: str, text: str, element: ScreenElement | None, reason: str, lo: float, hi: float,
        changed: bool | None, before: Look | None,
    ) -> None:  # fmt: skip
        after = self._watch.last
        self._recorder.ui(
            "tap", lo, hi, role=role, text=text[:200], point=element.tap if element else None, reason=reason,
            changed=changed, bounds=element.bounds if element else None,
            dump_before=before.digest if before else None,
            dump_after=after.digest if after and after is not before else None,
        )  # fmt: skip


def question_of(reading: ScreenReading) -> str:
    """What a dialog asks, without its countdowns and boxes: the same words are the same question."""
    said = [element.text for element in reading.elements if element.role in ("title", "body")]
    return f"{reading.kind} " + "\n".join(said)
