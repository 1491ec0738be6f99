"""Walks one scenario: dump, classify, act, and again. Nothing is touched that was not told with certainty."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from harness.capture.system import permission_states
from harness.model.errors import RunFailure
from harness.model.result import AppFacts
from harness.model.run_folder import SYSTEM
from harness.scenario.answers import Answers, Manner
from harness.scenario.by_hand import ByHand
from harness.scenario.device_acts import DeviceActs
from harness.scenario.load import ScenarioPlan
from harness.scenario.person import Person, Terminal
from harness.scenario.places import Places
from harness.scenario.record import Recorder
from harness.scenario.step import (
    AnyStep,
    Await,
    AwaitHuman,
    End,
    Expect,
    Fire,
    GoTo,
    Launch,
    Locale,
    Observe,
    Permit,
    Press,
    Read,
    Relaunch,
    Repeat,
    Search,
    Situation,
    TapStep,
    Tour,
    UseStep,
    in_words,
)
from harness.scenario.touch import QUICK_POLL, Done, Finger
from harness.scenario.trail import Means
from harness.scenario.triggers import Triggers
from harness.scenario.watch import Glass, Handset, HostTime, Spent, Time, Watch
from harness.screen.dialogs import LOGIN_KINDS, ScreenReading

GONE_SECONDS: Final = 5.0
"""Another app in front for so long while a dialog is awaited: the app is not coming back by itself."""
MAX_DENIALS: Final = 10
"""Permission dialogs that one step answers; an app that asks without end must not hold the walk."""
_AGE: Final = re.compile(
    r"年龄|出生日期|出生年月|生日|周岁|\b(?:your age|date of birth|birth ?(?:day|date|year)|how old)\b|geburtsdatum",
    re.IGNORECASE,
)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class WalkResult:
    confirmed: bool
    """Every step showed its effect and the scenario reached its end."""
    detail: str


def walk(
    plan: ScenarioPlan,
    phone: Handset,
    screen: Glass,
    recorder: Recorder,
    app: AppFacts,
    pace: float,
    progress: Progress,
    clock: Time | None = None,
    person: Person | None = None,
    seed: int = 0,
) -> WalkResult:
    """Walk it on a phone where the app is freshly installed. Whatever happens, begin and end are recorded; a
    phone that goes away or a screen that hangs raises RunFailure after that."""
    return _Walk(
        plan, phone, screen, recorder, app, pace, progress, clock or HostTime(), person or Terminal(), seed
    ).run()


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
        person: Person,
        seed: int,
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
        self._person = ByHand(person, self._watch, recorder, clock)
        self._began = clock.now_ms()
        self._watch.deadline_ms = self._began + plan.allowed_seconds(pace) * 1000
        package = app.package
        self._finger = Finger(screen, self._watch, recorder, clock, plan.budget.taps)
        self._answers = Answers(self._finger, self._watch, recorder, phone, clock, package)
        self._triggers = Triggers(self._watch, phone, clock)
        self._device = DeviceActs(self._finger, screen, self._watch, phone, clock, package)
        means = Means(self._finger, self._watch, self._answers, recorder, phone, clock, package, seed)
        self._places = Places(means)
        self._unconfirmed: list[str] = []
        self._quiet_ms = self._began
        """Since when the app has been watched without a touch."""

    def run(self) -> WalkResult:
        self._mark("begin", self._began)
        try:
            before = permission_states(self._phone, self._package)
            try:
                done = self._steps(self._plan.steps)
            except Spent as spent:
                done = Done(False, str(spent))
            self._permission_changes(before)
        except BaseException as error:
            kind = error.kind if isinstance(error, RunFailure) else type(error).__name__
            self._end(False, f"{kind}: {error}"[:400])
            raise
        self._end(done.confirmed, done.detail)
        return WalkResult(done.confirmed, done.detail)

    def _steps(self, steps: list[AnyStep]) -> Done:
        """Until one ends or fails the scenario. Says whether any of them acted."""
        acted = False
        for step in steps:
            done = self._repeat(step) if isinstance(step, Repeat) else self._recorded(step)
            acted = acted or done.acted
            if (not done.confirmed and not done.goes_on) or done.ends:
                return done
        return Done(acted=acted)

    def _repeat(self, step: Repeat) -> Done:
        acted = False
        for _ in range(step.repeat):
            done = self._steps(step.do)
            acted = acted or done.acted
            if not done.confirmed or done.ends:
                return done
            if not done.acted:
                break
        return Done(acted=acted)

    def _recorded(self, step: AnyStep) -> Done:
        """One step, with an event that spans it. A step whose condition did not hold leaves none."""
        words = in_words(step)
        began = self._quiet_ms if isinstance(step, Observe) else self._clock.now_ms()
        try:
            done = self._step(step)
        except (RunFailure, Spent) as failure:
            kind = failure.kind if isinstance(failure, RunFailure) else "budget"
            self._step_event(words, began, False, f"{kind}: {failure}"[:400])
            raise
        if done.acted:
            self._step_event(words, began, done.confirmed, done.detail)
            self._quiet_ms = self._clock.now_ms()
        return done

    def _step(self, step: AnyStep) -> Done:
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
                return self._device.press(step.press)
            case Expect():
                shown, _ = self._wait(step.expect, step.within, step.within / 2)
                return Done(shown, "" if shown else f"no {step.expect} in {step.within:g} s")
            case Repeat():
                return self._repeat(step)
            case Permit():
                return self._permit(step)
            case Read():
                return self._places.read(step)
            case GoTo():
                self._progress(f"{self._plan.id}: looking for {step.goto.replace('_', ' ')}")
                return self._places.goto(step)
            case Search():
                self._progress(f"{self._plan.id}: looking through the app")
                return self._places.search(step)
            case Tour():
                self._progress(f"{self._plan.id}: going through the app")
                return self._places.tour(step, self._pace)
            case UseStep():
                return self._places.use(step)
            case End():
                return self._device.end(step.end)
            case Fire():
                return self._triggers.fire(step.trigger)
            case Locale():
                return self._device.locale(step.locale)
            case AwaitHuman():
                return self._by_hand(step)
            case _:
                assert_never(step)

    # Starting

    def _launch(self, within: float) -> Done:
        self._progress(f"{self._plan.id}: starting the app")
        watch = self._watch
        watch.last, watch.refused, watch.origin_ms = None, False, self._clock.now_ms()
        reason = self._phone.launch(self._package)
        if reason is not None:
            return Done(False, f"the app cannot be started: {reason}")
        deadline = self._clock.now_ms() + within * 1000
        while self._clock.now_ms() < deadline:
            began = self._clock.now_ms()
            reading = watch.look().reading
            if reading.package == self._package or reading.kind == "permission":
                return Done()
            watch.pause(began, QUICK_POLL)
        return Done(False, f"the app did not come to the front in {within:g} s")

    def _relaunch(self, step: Relaunch) -> Done:
        self._watch.leave()
        if step.relaunch == "cold":
            self._phone.force_stop(self._package)
            self._device.wait_gone()
        else:
            self._device.go_home("a warm start comes from the home screen")
        return self._launch(step.within)

    # Watching

    def _observe(self, seconds: float) -> Done:
        """What was waited for in vain just before counts: the app was watched just so, and nothing touched."""
        self._progress(f"{self._plan.id}: watching for {seconds:.0f} s")
        began = self._quiet_ms
        end = began + seconds * 1000
        while True:
            look_began = self._clock.now_ms()
            self._watch.look()
            left = (end - self._clock.now_ms()) / 1000
            if left <= 0:
                watched = (self._clock.now_ms() - began) / 1000
                return Done(detail=f"{watched:.1f} s at pace {self._pace:g}")
            self._watch.pause(look_began, min(left, 0.4))

    def _await(self, step: Await) -> Done:
        self._progress(f"{self._plan.id}: waiting for {step.await_.replace('_', ' ')}")
        shown, why = self._wait(step.await_, step.within, step.settled, step.deny_permissions)
        if shown:
            return Done()
        reason = f"no {step.await_.replace('_', ' ')}: {why}"
        if step.otherwise == "fail":
            return Done(False, reason)
        return Done(detail=reason, ends=step.otherwise == "stop")

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
            if reading.kind == "permission" and deny_permissions and denials < MAX_DENIALS:
                denials += 1
                self._answer_permission(
                    reading, "deny", "a permission dialog stands before the consent dialog"
                )
                continue
            if self._watch.is_main(reading) and steady >= settled:
                return False, f"the app's content stayed for {settled:g} s"
            away = reading.package != self._package and reading.kind != "permission"
            gone_since = (gone_since or now) if away else None
            if gone_since is not None and self._stays_away(now - gone_since):
                return False, "another app is in front"
            if now - began >= within * 1000:
                return False, f"not in {within:g} s"
            self._watch.pause(look_began, min(0.25, within / 2))

    def _stays_away(self, away_ms: float) -> bool:
        """At once when the app has no process left that could show anything: it must be started for that."""
        return away_ms >= GONE_SECONDS * 1000 or (away_ms > 0 and not self._device.is_running())

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
            case "login":
                return reading.package == self._package and reading.kind in LOGIN_KINDS
            case "age_gate":
                return reading.package == self._package and any(
                    _AGE.search(element.text) for element in reading.elements
                )
            case "gone":
                return reading.package != self._package and reading.kind != "permission"
            case _:
                assert_never(situation)

    # Touching

    def _answer(self, step: TapStep) -> Done:
        """Agree or refuse on the dialog in front."""
        if step.if_ == "second_chance" and not self._watch.refused:
            # Nothing was refused since the start, so nothing can be asked a second time.
            return Done(acted=False)
        shown, _ = self._wait(step.if_ or "consent_dialog", step.within, step.within)
        if not shown:
            if step.if_ is not None:
                return Done(acted=False)
            return Done(False, "no dialog asks for consent")
        self._progress(f"{self._plan.id}: {step.tap}")
        return self._answers.consent(step.tap, back=step.otherwise == "back")

    def _answer_permission(self, reading: ScreenReading, manner: Manner, reason: str) -> bool:
        began = self._clock.now_ms()
        answered = self._answers.permission(reading, manner, reason)
        if not answered:
            self._watch.pause(began)
        return answered

    def _permit(self, step: Permit) -> Done:
        answered = 0
        for _ in range(MAX_DENIALS):
            shown, _ = self._wait("permission_dialog", step.within, step.within)
            if not shown:
                return Done(acted=answered > 0, detail=f"{answered} answered")
            assert self._watch.last is not None
            reading = self._watch.last.reading
            if not self._answer_permission(reading, step.permissions, "the scenario says so"):
                return Done(
                    False, f"the permission dialog offers no single way to {step.permissions}, or stayed"
                )
            answered += 1
        return Done(False, f"after {answered} answers the app still asks for permissions")

    def _by_hand(self, step: AwaitHuman) -> Done:
        if step.if_ is not None and not self._wait(step.if_, 3, 2)[0]:
            return Done(acted=False)
        self._progress(f"{self._plan.id}: a person is needed")
        return self._person.does(step)

    # Writing down

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
            if was != now and name not in self._answers.told:
                action = "granted" if now else "revoked"
                self._recorder.event(
                    SYSTEM, "permission", self._began, max(lo, self._clock.now_ms()),
                    action=action, permission=name,
                )  # fmt: skip
