"""What the walk does, and writes down, when the screen or the device fails it."""

import pytest
from walked import ASKS

from harness.model.errors import RunFailure
from harness.testing import (
    ScriptedDevice,
    draw,
    hung,
    image,
    lost,
    page,
    text,
)


def test_a_clock_on_the_screen_is_not_a_change(run):
    screens = {f"at{i}": draw(page(text("天气"), text(f"12:{i:02d}"))) for i in range(10)}
    after = {f"at{i}": (3.0, f"at{i + 1}") for i in range(9)}
    played = run(ScriptedDevice(screens, {}, start="at0", after=after), "SC01", pace=0.3)
    assert len(played.events("screen")) == 1


def test_a_screen_without_words_for_long_is_said_to_be_unreadable(run):
    played = run(ScriptedDevice({"first": draw(page(image()))}, {}), "SC01")
    assert False in played.gate("screen")


def test_a_splash_without_words_that_ends_by_itself_is_no_doubt(run):
    device = ScriptedDevice(
        {**ASKS, "splash": draw(page(image()))}, {}, start="splash", after={"splash": (9.0, "first")}
    )
    played = run(device, "SC01")
    assert played.gate("screen") == [True]
    assert played.consent() == [("asked", True)]


def test_one_hung_call_is_written_down_and_the_walk_goes_on(run):
    state = {"left": 1}

    def fail(device, name):
        if name == "dump" and device.now_ms() > 1_010_000 and state["left"]:
            state["left"] -= 1
            device.sleep(10)
            raise hung()

    played = run(ScriptedDevice(ASKS, {}, fail=fail), "SC01")
    assert played.result.confirmed
    assert played.gate("screen") == [False]
    [failed] = [line["dump"] for line in played.ui if line.get("dump", {}).get("error")]
    assert failed["host_after_ms"] - failed["host_before_ms"] == pytest.approx(10_000, abs=100)


def test_a_screen_that_never_answers_ends_the_scenario(run):
    def fail(device, name):
        if name == "dump" and device.now_ms() > 1_010_000:
            device.sleep(10)
            raise hung()

    played = run(ScriptedDevice(ASKS, {}, fail=fail), "SC01")
    assert isinstance(played.result, RunFailure) and played.result.kind == "screen_hung"
    assert played.gate("walk") == [False] and False in played.gate("screen")
    assert played.events("scenario")[-1]["action"] == "end"


@pytest.mark.parametrize("action", ["dump", "tap", "current", "launch", "screenshot", "shell", "force_stop"])
@pytest.mark.parametrize("scenario", ["SC01", "SC03", "SC05"])
def test_a_phone_that_goes_away_at_any_call_leaves_a_record_with_an_end(run, action, scenario):
    def fail(device, name):
        if name == action:
            raise lost()

    on = {("first", "不同意"): "main", ("first", "同意"): "main"}
    played = run(ScriptedDevice(ASKS, on, fail=fail), scenario)
    if isinstance(played.result, RunFailure):
        assert played.result.kind == "device_lost"
        assert played.gate("walk") == [False]
    last = played.events("scenario")[-1]
    assert last["action"] == "end"
    assert last["confirmed"] == (not isinstance(played.result, RunFailure))


@pytest.mark.parametrize("leaves", ["first", "again"])
def test_an_app_that_crashes_in_the_middle_ends_typed(run, leaves):
    """The app goes to the launcher by itself while a dialog shows."""
    on = {("first", "不同意"): "again", ("again", "仍不同意"): "main"}
    played = run(ScriptedDevice(ASKS, on, after={leaves: (0.05, "home")}), "SC03")
    assert not isinstance(played.result, RunFailure)
    assert played.events("scenario")[-1]["action"] == "end"
    assert "granted" not in [state for state, _ in played.consent()]


def test_a_step_says_what_it_expects(run):
    own = (
        "id: SC90-x\ntitle: x\nsteps:\n  - {launch: app}\n  - {expect: consent_dialog}\n  - {press: home}\n"
        "  - {expect: gone}\n"
    )
    device = ScriptedDevice(ASKS, {})
    played = run(device, own)
    assert played.result.confirmed and device.done == ["launch", "press home"]


def test_every_tree_that_was_seen_is_stored_once(run):
    played = run(ScriptedDevice(ASKS, {("first", "同意"): "main"}), "SC05", pace=0.1)
    digests = {line["dump"]["sha256"] for line in played.ui if "dump" in line}
    assert len(digests) == 2
    assert {path.stem for path in (played.path / "screens").glob("*.xml")} == digests
    shots = [screen["screenshot"] for screen in played.events("screen")]
    assert all((played.path / shot).is_file() for shot in shots)
