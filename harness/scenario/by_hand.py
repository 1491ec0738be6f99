"""A step that a person makes: nothing is touched, and what they do is kept as it shows on the screen."""

from __future__ import annotations

from harness.scenario.person import Person
from harness.scenario.record import Recorder
from harness.scenario.step import AwaitHuman
from harness.scenario.touch import Done
from harness.scenario.watch import Look, Time, Watch


class ByHand:
    def __init__(self, person: Person, watch: Watch, recorder: Recorder, clock: Time) -> None:
        self._person = person
        self._watch = watch
        self._recorder = recorder
        self._clock = clock

    def does(self, step: AwaitHuman) -> Done:
        """Ask, and watch until it is said to be done, said to be impossible, or the time is up."""
        if not self._person.present():
            return self._undone(step, f"nobody sits at the terminal to do this: {step.await_human}")
        self._person.ask(step.await_human, step.zh, step.within)
        began = self._clock.now_ms()
        before, changes = self._watch.look(), 0
        while self._clock.now_ms() - began < step.within * 1000:
            look_began = self._clock.now_ms()
            look = self._watch.look()
            if look.reading.signature != before.reading.signature:
                self._changed(step, before, look)
                before, changes = look, changes + 1
            typed = self._person.answer()
            if typed is not None and typed.casefold().startswith("s"):
                return self._undone(step, "the person says that it cannot be done")
            if typed is not None:
                end = self._watch.look()
                if end.reading.signature != before.reading.signature:
                    self._changed(step, before, end)
                    changes += 1
                if step.act is not None:
                    self._recorder.ui(
                        "user_act", began, end.after_ms, act=step.act, text=step.await_human[:200]
                    )
                return Done(detail=f"done by a person, {changes} changes of the screen")
            self._watch.pause(look_began)
        return self._undone(step, f"the person did not say that it is done in {step.within:g} s")

    def _changed(self, step: AwaitHuman, before: Look, after: Look) -> None:
        """Whatever they touched, they touched it between the two looks."""
        self._recorder.ui(
            "tap", before.before_ms, after.after_ms, role="person", reason=step.await_human[:200], changed=True,
            dump_before=before.digest, dump_after=after.digest,
        )  # fmt: skip

    def _undone(self, step: AwaitHuman, reason: str) -> Done:
        return Done(False, reason, ends=step.otherwise == "stop", goes_on=step.otherwise == "go_on")
