"""The fault sweep: every built-in scenario, with one thing going wrong at each of its steps. Whatever happens the
walk ends typed, within its budget, and says of nothing that it was done when it was not."""

from __future__ import annotations

import functools
import json

import pytest
from test_scenarios import APP, Nobody, device

import harness.scenario.walk as walking
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder
from harness.scenario import watch
from harness.scenario.load import builtin_scenarios
from harness.scenario.record import Recorder
from harness.screen.dialogs import classify
from harness.testing import draw, hung, lost, page

PLANS = builtin_scenarios()
PACE = 0.01
OURS = ("com.x", "com.android.permissioncontroller", "")
BLANK = draw(page())


def ignored(phone):
    """From here on no touch and no key does anything."""
    phone.on = {}
    phone.press = lambda key: phone.done.append(f"press {key}")


def late(phone):
    """What is in front is blank for nine seconds, and so is every start after it."""
    phone.screens["blank"] = BLANK
    phone.after = {"blank": (9.0, phone.at if phone.at in phone.screens else "first")}
    phone.start = phone.start_again = "blank"
    if phone.at != "home":
        phone.go("blank")


def crash(phone):
    """The app is gone, this once."""
    phone.go("home")


def crash_at_touch(phone):
    """Every touch from here on ends the app."""
    phone.on = dict.fromkeys(phone.on, "home")


def background(phone):
    """Another app comes to the front, and the app's process lives on."""
    phone.screens["call"] = draw(page(package="com.android.dialer"))
    phone.go("call")


def hangs(phone):
    def fail(_, name):
        if name in ("dump", "tap", "press"):
            raise hung()

    phone.fail = fail


def gone(phone):
    def fail(_, name):
        raise lost()

    phone.fail = fail


class Fault:
    """Strikes once, at the n-th thing that the walk asks of the phone in its step `at`."""

    def __init__(self, does=None, at=-1, place=0):
        self.does, self.at, self.place = does, at, place
        self.step, self.acts, self.struck = -1, 0, False

    def begins(self):
        self.step, self.acts = self.step + 1, 0

    def __call__(self, phone, name):
        if self.struck or self.does is None or self.step < self.at:
            return
        if self.step > self.at or self.acts >= self.place:
            self.struck = True
            self.does(phone)
            if phone.fail is not self:
                phone.fail(phone, name)
        self.acts += 1


@pytest.fixture
def sweep(tmp_path, monkeypatch):
    """Walks a plan with a fault in it; the result (or failure), the events, the phone and the seconds it took."""
    monkeypatch.setattr(watch, "classify", functools.cache(classify))
    words, fault, count = walking.in_words, Fault(), iter(range(100_000))

    def begins(step):
        fault.begins()
        return words(step)

    monkeypatch.setattr(walking, "in_words", begins)

    def run(plan, new_fault):
        nonlocal fault
        fault = new_fault
        phone = device(fail=fault, start_again="main")
        began, path = phone.now_ms(), tmp_path / f"run{next(count)}"
        folder = RunFolder.create(path)
        try:
            result = walking.walk(
                plan, phone, phone, Recorder(folder), APP, PACE, lambda _: None, phone, Nobody()
            )
        except RunFailure as failure:
            result = failure
        folder.close()
        lines = [json.loads(line) for line in (path / "raw/ui.jsonl").read_text().splitlines()]
        folder.release_reserve()
        return result, lines, phone, (phone.now_ms() - began) / 1000

    return run


FAULTS = [(ignored, 0), (late, 0), (crash, 0), (crash, 2), (crash_at_touch, 0), (background, 0), (background, 2),
          (hangs, 0), (gone, 0)]  # fmt: skip


@pytest.mark.parametrize("plan", PLANS, ids=[plan.id for plan in PLANS])
def test_whatever_goes_wrong_at_whatever_step_the_walk_ends_typed_within_its_budget(plan, sweep):
    clean = Fault()
    sweep(plan, clean)
    assert clean.step >= 2
    struck = 0
    for at in range(clean.step + 1):
        for does, place in FAULTS:
            fault = Fault(does, at, place)
            result, lines, _, seconds = sweep(plan, fault)
            name = f"{does.__name__} at step {at}, act {place}"
            _ends_typed(plan, result, lines, seconds, name)
            _touches_only_the_app(lines, name)
            struck += fault.struck
    assert struck >= 0.9 * (clean.step + 1) * len(FAULTS)


def _ends_typed(plan, result, lines, seconds, name):
    marks = [line["event"] for line in lines if line.get("event", {}).get("kind") == "scenario"]
    assert (marks[0]["action"], marks[-1]["action"]) == ("begin", "end"), name
    assert marks[-1]["confirmed"] or marks[-1]["detail"], name
    if isinstance(result, RunFailure):
        assert result.kind in ("screen_hung", "device_lost") and result.kind in marks[-1]["detail"], name
    else:
        assert marks[-1]["confirmed"] == result.confirmed, name
    assert seconds <= plan.allowed_seconds(PACE) + 20, name


def _touches_only_the_app(lines, name):
    """Each tap with all that it must tell, on a screen that was the app's or the system's question."""
    packages = {line["dump"]["sha256"]: line["dump"]["package"] for line in lines if "dump" in line}
    for tap in (line["event"] for line in lines if line.get("event", {}).get("kind") == "tap"):
        assert tap["reason"] and tap["dump_before"] in packages, (name, tap)
        if tap["point"] is not None:
            assert packages[tap["dump_before"]] in OURS, (name, tap)


@pytest.mark.parametrize("number", ["SC03", "SC05"])
def test_an_answer_that_was_not_taken_is_never_certain(number, sweep):
    [plan] = [plan for plan in PLANS if plan.id == number]
    for at in range(3):
        _, lines, phone, _ = sweep(plan, Fault(ignored, at))
        told = [line["event"] for line in lines if line.get("event", {}).get("kind") == "consent_changed"]
        answers = [one for one in told if one["state"] in ("granted", "refused")]
        assert answers and not any(one["certain"] for one in answers), at
        assert sum(act.startswith("tap") for act in phone.done) <= 8
