"""How a consent question is answered, and a permission question."""

from __future__ import annotations

import re
import shlex
from typing import Final, Literal

from harness.model.event import ScreenElement
from harness.model.run_folder import UI
from harness.scenario.record import Recorder
from harness.scenario.touch import Done, Finger, question_of
from harness.scenario.watch import Handset, Time, Watch
from harness.screen.dialogs import AGREE_ROLES, REFUSE_ROLES, ScreenReading

COUNTDOWN_SECONDS: Final = 20.0
"""How long an answer that cannot be touched yet is waited for."""
DENY_ROLES: Final = ("deny", "deny_dont_ask")
GRANT_ROLES: Final = ("allow_foreground", "allow", "allow_once", "allow_always")
Manner = Literal["deny", "grant", "leave"]
_PERMISSION: Final = re.compile(r"^\s*([\w.]+): granted=(true|false)(?:, flags=\[([^\]]*)\])?", re.MULTILINE)


class Answers:
    def __init__(
        self, finger: Finger, watch: Watch, recorder: Recorder, phone: Handset, clock: Time, package: str
    ) -> None:
        self._finger = finger
        self._watch = watch
        self._recorder = recorder
        self._phone = phone
        self._clock = clock
        self._package = package
        self.told: set[str] = set()
        """Permissions whose grant has its own event."""

    # Consent

    def consent(self, answer: Literal["agree", "refuse"], back: bool) -> Done:
        """Agree or refuse on the dialog in front; with `back` by the back key where nothing refuses."""
        element, why = self._choice(AGREE_ROLES if answer == "agree" else REFUSE_ROLES)
        if element is None and answer == "refuse":
            element = self._behind()
        if element is None:
            return self._refuse_by_back() if back else Done(False, f"nothing to {answer} with: {why}")
        if answer == "agree":
            ticked = self._tick()
            if not ticked.confirmed:
                return ticked
        done = self._touch_answer(answer, element)
        if back and not done.confirmed and not element.clickable:
            # Words of a sentence, which only might be a link.
            return self._refuse_by_back()
        return done

    def _choice(self, roles: tuple[str, ...]) -> tuple[ScreenElement | None, str]:
        """The one element of the clearest role. An answer that counts down is waited for."""
        deadline = self._clock.now_ms() + COUNTDOWN_SECONDS * 1000
        while True:
            began = self._clock.now_ms()
            reading = self._watch.look().reading
            # On a second question "cancel" leads back to the first one and "later" refuses nothing.
            usable = [
                r for r in roles if not (reading.kind == "retention" and r in ("cancel", "later", "close"))
            ]
            for role in usable:
                found = reading.touchable(role)
                if len(found) == 1:
                    return found[0], ""
                if len(found) > 1:
                    return None, f"{len(found)} elements say {role}: {', '.join(e.text for e in found)[:100]}"
            waiting = any(element.role in usable for element in reading.elements)
            if not waiting or self._clock.now_ms() >= deadline:
                return None, "none of the dialog's elements says so"
            self._watch.pause(began)

    def _behind(self) -> ScreenElement | None:
        """What refuses on the page that the dialog's settings open, which is then in front; else the dialog is
        in front again."""
        assert self._watch.last is not None
        before = self._watch.last.reading
        pages = before.touchable("manage")
        if len(pages) != 1:
            return None
        opened, _ = self._finger.touch(pages[0], "nothing refuses here; what this opens may")
        if not opened:
            return None
        element, _ = self._choice(REFUSE_ROLES)
        assert self._watch.last is not None
        if element is None and self._watch.last.reading.signature != before.signature:
            self._finger.press("back", "nothing refuses there either")
        return element

    def _tick(self) -> Done:
        """Tick the consent box that stands beside the answers, when it is not ticked."""
        assert self._watch.last is not None
        for box in self._watch.last.reading.touchable("checkbox"):
            if box.checked is False:
                changed, _ = self._finger.touch(box, "an unticked consent box beside the answers")
                if not changed:
                    return Done(False, f"the box {box.text[:40]!r} was touched and did not change")
        return Done()

    def _touch_unread_boxes(self) -> None:
        """A drawn box tells no state; that agreeing had no effect says that it is not ticked."""
        assert self._watch.last is not None
        for box in self._watch.last.reading.touchable("checkbox"):
            if box.checked is None:
                reason = "a consent box whose state cannot be read, after agreeing had no effect"
                self._finger.touch(box, reason)

    def _touch_answer(self, answer: str, element: ScreenElement) -> Done:
        assert self._watch.last is not None
        question = question_of(self._watch.last.reading)
        limited = element.role in ("basic_mode", "guest_login")
        state = "granted" if answer == "agree" else "limited" if limited else "refused"
        first_lo = self._clock.now_ms()
        look = self._watch.last
        self._watch.refused = answer == "refuse"
        for attempt in (1, 2):
            if attempt == 2 and answer == "agree":
                self._touch_unread_boxes()
            again = "" if attempt == 1 else "; the first touch changed nothing"
            changed, look = self._finger.touch(element, f"the dialog's way to {answer}{again}", question)
            if changed:
                self._recorder.ui("consent_changed", first_lo, look.after_ms, state=state, certain=True)
                return Done(detail=f"{element.role} {element.text[:40]!r}")
        self._recorder.ui("consent_changed", first_lo, look.after_ms, state=state, certain=False)
        return Done(False, f"{element.text[:40]!r} was touched twice and the dialog stayed")

    def _refuse_by_back(self) -> Done:
        assert self._watch.last is not None
        question = question_of(self._watch.last.reading)
        self._watch.refused = True
        # The first one may only close a keyboard, or ask to press it once more.
        for why in ("no element refuses; the back key may", "the first back key changed nothing"):
            lo = self._clock.now_ms()
            changed, look = self._finger.press("back", why, question)
            if changed:
                self._recorder.ui("consent_changed", lo, look.after_ms, state="refused", certain=True)
                return Done(detail="by the back key")
        self._watch.refused = False
        return Done(detail="nothing on the dialog refuses, and the back key does not close it", ends=True)

    # Permissions

    def permission(self, reading: ScreenReading, manner: Manner, reason: str) -> bool:
        """Answer the permission dialog in front. False when no single button says so, or it stayed."""
        if manner == "leave":
            return False
        roles = DENY_ROLES if manner == "deny" else GRANT_ROLES
        button = next((found[0] for role in roles if len(found := reading.touchable(role)) == 1), None)
        if button is None:
            return False
        before = self._permissions()
        lo = self._clock.now_ms()
        changed, look = self._finger.insist(button, reason)
        if changed:
            words = "\n".join(one.text for one in reading.elements if one.role in ("title", "body"))
            self._tell_permissions(before, manner, words, lo, look.after_ms)
        return changed

    def _tell_permissions(
        self, before: dict[str, tuple[bool, str]], manner: Manner, words: str, lo: float, hi: float
    ) -> None:
        """What the package manager shows to have been decided: a denial leaves its mark in the flags."""
        after = self._permissions()
        for name, (granted, flags) in sorted(after.items()):
            was, had = before.get(name, (False, ""))
            if granted and not was:
                self.told.add(name)
                self._recorder.event(
                    UI, "permission", lo, hi, action="granted", permission=name, dialog=words[:500]
                )
            elif manner == "deny" and not granted and flags != had:
                self._recorder.event(
                    UI, "permission", lo, hi, action="denied", permission=name, dialog=words[:500]
                )

    def _permissions(self) -> dict[str, tuple[bool, str]]:
        text = self._phone.shell(f"dumpsys package {shlex.quote(self._package)}").stdout
        return {name: (state == "true", flags) for name, state, flags in _PERMISSION.findall(text)}
