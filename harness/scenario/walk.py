"""Walks one scenario: dump, classify, act, and again. Nothing is touched that was not told with certainty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from harness.capture.system import permission_states
from harness.model.errors import RunFailure
from harness.model.event import ScreenElement
from harness.model.result import AppFacts
from harness.model.run_folder import SYSTEM
from harness.scenario.load import ScenarioPlan
from harness.scenario.record import Recorder
from harness.scenario.step import (
    AnyStep,
    Await,
    Expect,
    Launch,
    Observe,
    Press,
    Relaunch,
    Repeat,
    Situation,
    TapStep,
    in_words,
)
from harness.scenario.watch import Glass, Handset, HostTime, Look, Time, Watch
from harness.screen.dialogs import AGREE_ROLES, REFUSE_ROLES, ScreenReading

CONFIRM_SECONDS: Final = 5.0
"""How long a tap may take to show its effect."""
COUNTDOWN_SECONDS: Final = 20.0
"""How long an answer that cannot be touched yet is waited for."""
QUICK_POLL: Final = 0.1
GONE_SECONDS: Final = 5.0
"""Another app in front for so long while a dialog is awaited: the app is not coming back by itself."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class WalkResult:
    confirmed: bool
    """Every step showed its effect and the scenario reached its end."""
    detail: str


@dataclass(frozen=True, slots=True)
class _Done:
    """What a step came to."""

    confirmed: bool = True
    detail: str = ""
    acted: bool = True
    """False when its condition did not hold."""
    ends: bool = False
    """The scenario has reached its end here."""


def walk(
    plan: ScenarioPlan,
    phone: Handset,
    screen: Glass,
    recorder: Recorder,
    app: AppFacts,
    pace: float,
    progress: Progress,
    clock: Time | None = None,
) -> WalkResult:
    """Walk it on a phone where the app is freshly installed. Whatever happens, begin and end are recorded; a
    phone that goes away or a screen that hangs raises RunFailure after that."""
    return _Walk(plan, phone, screen, recorder, app, pace, progress, clock or HostTime()).run()


class _Walk:
    def __init__(
        self,
        plan: ScenarioPlan,
        phone: Handset,
        screen: Glass,
        recorder: Recorder,
        app: AppFacts,
        pace: float,
        progress: Progress,
        clock: Time,
    ) -> None:
        self._plan = plan
        self._phone = phone
        self._screen = screen
        self._recorder = recorder
        self._package = app.package
        self._pace = pace
        self._progress = progress
        self._clock = clock
        self._watch = Watch(screen, recorder, app.package, clock)
        self._began = clock.now_ms()
        self._unconfirmed: list[str] = []

    def run(self) -> WalkResult:
        self._mark("begin", self._began)
        try:
            before = permission_states(self._phone, self._package)
            done = self._steps(self._plan.steps)
            self._permission_changes(before)
        except BaseException as error:
            kind = error.kind if isinstance(error, RunFailure) else type(error).__name__
            self._end(False, f"{kind}: {error}"[:400])
            raise
        self._end(done.confirmed, done.detail)
        return WalkResult(done.confirmed, done.detail)

    def _steps(self, steps: list[AnyStep]) -> _Done:
        """Until one ends or fails the scenario. Says whether any of them acted."""
        acted = False
        for step in steps:
            done = self._repeat(step) if isinstance(step, Repeat) else self._recorded(step)
            acted = acted or done.acted
            if not done.confirmed or done.ends:
                return done
        return _Done(acted=acted)

    def _repeat(self, step: Repeat) -> _Done:
        acted = False
        for _ in range(step.repeat):
            done = self._steps(step.do)
            acted = acted or done.acted
            if not done.confirmed or done.ends:
                return done
            if not done.acted:
                break
        return _Done(acted=acted)

    def _recorded(self, step: AnyStep) -> _Done:
        """One step, with an event that spans it. A step whose condition did not hold leaves none."""
        words = in_words(step)
        began = self._clock.now_ms()
        try:
            done = self._step(step)
        except RunFailure as failure:
            self._step_event(words, began, False, f"{failure.kind}: {failure}"[:400])
            raise
        if done.acted:
            self._step_event(words, began, done.confirmed, done.detail)
        return done

    def _step(self, step: AnyStep) -> _Done:
        match step:
            case Launch():
                return self._launch(step.within)
            case Await():
                return self._await(step)
            case TapStep():
                return self._answer(step)
            case Observe():
                return self._observe(step.observe * self._pace)
            case Relaunch():
                return self._relaunch(step)
            case Press():
                return self._press(step.press)
            case Expect():
                shown, _ = self._wait(step.expect, step.within, step.within / 2)
                return _Done(shown, "" if shown else f"no {step.expect} in {step.within:g} s")
            case Repeat():
                return self._repeat(step)
            case _:
                assert_never(step)

    # Starting

    def _launch(self, within: float) -> _Done:
        self._progress(f"{self._plan.id}: starting the app")
        watch = self._watch
        watch.last, watch.refused, watch.origin_ms = None, False, self._clock.now_ms()
        reason = self._phone.launch(self._package)
        if reason is not None:
            return _Done(False, f"the app cannot be started: {reason}")
        deadline = self._clock.now_ms() + within * 1000
        while self._clock.now_ms() < deadline:
            began = self._clock.now_ms()
            reading = watch.look().reading
            if reading.package == self._package or reading.kind == "permission":
                return _Done()
            watch.pause(began, QUICK_POLL)
        return _Done(False, f"the app did not come to the front in {within:g} s")

    def _relaunch(self, step: Relaunch) -> _Done:
        self._watch.leave()
        if step.relaunch == "cold":
            self._phone.force_stop(self._package)
        else:
            self._screen.press("home")
        self._clock.sleep(0.5)
        return self._launch(step.within)

    # Watching

    def _observe(self, seconds: float) -> _Done:
        self._progress(f"{self._plan.id}: watching for {seconds:.0f} s")
        end = self._clock.now_ms() + seconds * 1000
        began = self._clock.now_ms()
        while True:
            look_began = self._clock.now_ms()
            self._watch.look()
            left = (end - self._clock.now_ms()) / 1000
            if left <= 0:
                watched = (self._clock.now_ms() - began) / 1000
                return _Done(detail=f"{watched:.1f} s at pace {self._pace:g}")
            self._watch.pause(look_began, min(left, 0.4))

    def _await(self, step: Await) -> _Done:
        self._progress(f"{self._plan.id}: waiting for {step.await_.replace('_', ' ')}")
        shown, why = self._wait(step.await_, step.within, step.settled, step.deny_permissions)
        if shown:
            return _Done()
        reason = f"no {step.await_.replace('_', ' ')}: {why}"
        if step.otherwise == "fail":
            return _Done(False, reason)
        return _Done(detail=reason, ends=step.otherwise == "stop")

    def _wait(
        self, situation: Situation, within: float, settled: float, deny_permissions: bool = False
    ) -> tuple[bool, str]:
        """Whether it showed, else why no longer was waited."""
        began = self._clock.now_ms()
        denials = 0
        gone_since: float | None = None
        while True:
            look_began = self._clock.now_ms()
            reading = self._watch.look().reading
            now = self._clock.now_ms()
            steady = (now - max(self._watch.since_ms, began)) / 1000
            if self._holds(situation, reading, steady, settled):
                return True, ""
            if reading.kind == "permission" and deny_permissions and denials < 10:
                denials += self._deny(reading)
                continue
            if self._watch.is_main(reading) and steady >= settled:
                return False, f"the app's content stayed for {settled:g} s"
            away = reading.package != self._package and reading.kind != "permission"
            gone_since = (gone_since or now) if away else None
            if gone_since is not None and now - gone_since >= GONE_SECONDS * 1000:
                return False, "another app is in front"
            if now - began >= within * 1000:
                return False, f"not in {within:g} s"
            self._watch.pause(look_began, min(0.25, within / 2))

    def _holds(self, situation: Situation, reading: ScreenReading, steady: float, settled: float) -> bool:
        match situation:
            case "consent_dialog":
                return reading.asks
            case "consent_or_login":
                return reading.asks or (self._watch.is_login_question(reading) and steady >= settled)
            case "second_chance":
                return self._watch.is_second_chance(reading)
            case "main_screen":
                return self._watch.is_main(reading) and steady >= settled
            case "permission_dialog":
                return reading.kind == "permission"
            case "gone":
                return reading.package != self._package and reading.kind != "permission"
            case _:
                assert_never(situation)

    # Touching

    def _answer(self, step: TapStep) -> _Done:
        """Agree or refuse on the dialog in front."""
        if step.if_ == "second_chance" and not self._watch.refused:
            # Nothing was refused since the start, so nothing can be asked a second time.
            return _Done(acted=False)
        shown, _ = self._wait(step.if_ or "consent_dialog", step.within, step.within)
        if not shown:
            if step.if_ is not None:
                return _Done(acted=False)
            return _Done(False, "no dialog asks for consent")
        self._progress(f"{self._plan.id}: {step.tap}")
        roles = AGREE_ROLES if step.tap == "agree" else REFUSE_ROLES
        element, why = self._choice(roles)
        if element is None:
            if step.otherwise == "back":
                return self._refuse_by_back()
            return _Done(False, f"nothing to {step.tap} with: {why}")
        if step.tap == "agree":
            ticked = self._tick()
            if not ticked.confirmed:
                return ticked
        return self._touch_answer(step.tap, element)

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

    def _tick(self) -> _Done:
        """Tick the consent box that stands beside the answers, when it is not ticked."""
        assert self._watch.last is not None
        for box in self._watch.last.reading.touchable("checkbox"):
            if box.checked is False:
                changed, _ = self._touch(box, "an unticked consent box beside the answers")
                if not changed:
                    return _Done(False, f"the box {box.text[:40]!r} was touched and did not change")
        return _Done()

    def _touch_unread_boxes(self) -> None:
        """A drawn box tells no state; that agreeing had no effect says that it is not ticked."""
        assert self._watch.last is not None
        for box in self._watch.last.reading.touchable("checkbox"):
            if box.checked is None:
                self._touch(box, "a consent box whose state cannot be read, after agreeing had no effect")

    def _touch_answer(self, answer: str, element: ScreenElement) -> _Done:
        assert self._watch.last is not None
        question = _question(self._watch.last.reading)
        limited = element.role in ("basic_mode", "guest_login")
        state = "granted" if answer == "agree" else "limited" if limited else "refused"
        first_lo = self._clock.now_ms()
        look = self._watch.last
        self._watch.refused = answer == "refuse"
        for attempt in (1, 2):
            if attempt == 2 and answer == "agree":
                self._touch_unread_boxes()
            again = "" if attempt == 1 else "; the first touch changed nothing"
            changed, look = self._touch(element, f"the dialog's way to {answer}{again}", question)
            if changed:
                self._recorder.ui("consent_changed", first_lo, look.after_ms, state=state, certain=True)
                return _Done(detail=f"{element.role} {element.text[:40]!r}")
        self._recorder.ui("consent_changed", first_lo, look.after_ms, state=state, certain=False)
        return _Done(False, f"{element.text[:40]!r} was touched twice and the dialog stayed")

    def _refuse_by_back(self) -> _Done:
        assert self._watch.last is not None
        question = _question(self._watch.last.reading)
        self._watch.refused = True
        # The first one may only close a keyboard, or ask to press it once more.
        for why in ("no element refuses; the back key may", "the first back key changed nothing"):
            lo = self._clock.now_ms()
            self._screen.press("back")
            hi = self._clock.now_ms()
            changed, look = self._confirm(question)
            self._tap_event("back", "", None, why, lo, hi, changed)
            if changed:
                self._recorder.ui("consent_changed", lo, look.after_ms, state="refused", certain=True)
                return _Done(detail="by the back key")
        self._watch.refused = False
        return _Done(detail="nothing on the dialog refuses, and the back key does not close it", ends=True)

    def _deny(self, reading: ScreenReading) -> int:
        """Deny a permission dialog that stands in front; 1 when it was touched."""
        buttons = reading.touchable("deny") or reading.touchable("deny_dont_ask")
        if len(buttons) == 1:
            self._touch(buttons[0], "a permission dialog stands before the consent dialog")
        else:
            self._watch.pause(self._clock.now_ms())
        return 1

    def _touch(self, element: ScreenElement, reason: str, question: str = "") -> tuple[bool, Look]:
        """One tap and what it led to. With a question, only a screen that asks something else is a change."""
        assert element.tap is not None and self._watch.last is not None
        before = self._watch.last.reading.signature
        lo = self._clock.now_ms()
        changed: bool | None = None
        hi = lo
        try:
            self._screen.tap(*element.tap)
            hi = self._clock.now_ms()
            changed, look = self._confirm(question, before)
            return changed, look
        finally:
            self._tap_event(element.role, element.text, element.tap, reason, lo, max(lo, hi), changed)

    def _confirm(self, question: str, signature: str = "") -> tuple[bool, Look]:
        """Look until the screen is another one, or the time for that is up."""
        deadline = self._clock.now_ms() + CONFIRM_SECONDS * 1000
        while True:
            began = self._clock.now_ms()
            look = self._watch.look()
            reading = look.reading
            same = (
                (reading.asks or self._watch.is_login_question(reading)) and _question(reading) == question
                if question
                else reading.signature == signature
            )
            changed = not same
            if changed or self._clock.now_ms() >= deadline:
                return changed, look
            self._watch.pause(began, QUICK_POLL)

    def _press(self, key: str) -> _Done:
        lo = self._clock.now_ms()
        self._screen.press(key)
        hi = self._clock.now_ms()
        signature = self._watch.last.reading.signature if self._watch.last else ""
        changed, _ = self._confirm("", signature)
        self._tap_event(key, "", None, "the scenario says so", lo, hi, changed)
        return _Done(changed or key == "back", "" if changed else "nothing changed")

    # Writing down

    def _tap_event(
        self,
        role: str,
        text: str,
        point: tuple[int, int] | None,
        reason: str,
        lo: float,
        hi: float,
        changed: bool | None,
    ) -> None:
        self._recorder.ui(
            "tap", lo, hi, role=role, text=text[:200], point=point, reason=reason, changed=changed
        )

    def _step_event(self, words: str, began: float, confirmed: bool, detail: str) -> None:
        if not confirmed:
            self._unconfirmed.append(f"step {words!r} was not confirmed: {detail}")
        self._recorder.ui(
            "scenario", began, self._clock.now_ms(),
            scenario=self._plan.id, action="step", step=words, confirmed=confirmed, detail=detail,
        )  # fmt: skip

    def _mark(self, action: str, at: float, confirmed: bool = True, detail: str = "") -> None:
        self._recorder.ui(
            "scenario", at, at, scenario=self._plan.id, action=action, confirmed=confirmed, detail=detail
        )

    def _end(self, confirmed: bool, detail: str) -> None:
        self._watch.leave()
        now = self._clock.now_ms()
        if not self._watch.unhealthy:
            self._recorder.health("screen", True, "every look showed a readable tree", self._began, now)
        if confirmed and not self._unconfirmed:
            self._recorder.health("walk", True, "every step was confirmed", self._began, now)
        else:
            reason = "; ".join(self._unconfirmed) or detail or "the scenario was cut off"
            self._recorder.health("walk", False, f"{self._plan.id}: {reason}"[:400], self._began, now)
        self._mark("end", now, confirmed, detail)

    def _permission_changes(self, before: dict[str, bool]) -> None:
        lo = self._clock.now_ms()
        after = permission_states(self._phone, self._package)
        for name in sorted(set(before) | set(after)):
            was, now = before.get(name, False), after.get(name, False)
            if was != now:
                action = "granted" if now else "revoked"
                self._recorder.event(
                    SYSTEM, "permission", self._began, max(lo, self._clock.now_ms()),
                    action=action, permission=name,
                )  # fmt: skip


def _question(reading: ScreenReading) -> str:
    """What a dialog asks, without its countdowns and boxes: the same words are the same question."""
    said = [element.text for element in reading.elements if element.role in ("title", "body")]
    return f"{reading.kind} " + "\n".join(said)
