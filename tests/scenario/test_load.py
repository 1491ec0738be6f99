"""Scenario files: what is built in, and what a mistake says."""

from __future__ import annotations

import pytest

from harness.model.errors import InputError
from harness.scenario.load import builtin_scenarios, load_scenarios, override, parse_scenario
from harness.scenario.step import in_words


def test_the_built_in_scenarios_are_the_ones_checks_name():
    numbers = [*range(1, 17), 19, 20]
    assert [plan.id for plan in builtin_scenarios()] == [f"SC{number:02}" for number in numbers]
    assert all(plan.title and plan.title_zh and len(plan.sha256) == 64 for plan in builtin_scenarios())


def test_full_windows_are_as_long_as_the_checks_want():
    watched = {plan.id: plan.dwell_seconds() for plan in builtin_scenarios()}
    assert (watched["SC01"], watched["SC02"], watched["SC03"], watched["SC05"]) == (75, 75, 120, 120)
    assert watched["SC09"] == 600 and watched["SC10"] == 1210


@pytest.mark.parametrize("word", ["SC03", "sc03", "SC03-refuse"])
def test_a_scenario_is_found_by_id_or_name(word):
    assert [plan.id for plan in load_scenarios([word])] == ["SC03"]


def test_the_first_run_has_no_step_that_touches():
    [plan] = load_scenarios(["SC01"])
    assert [in_words(step) for step in plan.steps] == ["launch app", "await consent_dialog", "observe 75"]


@pytest.mark.parametrize(
    ("word", "hint"), [("SC3", "did you mean SC03"), ("nothing", "one of SC01, SC02, SC03")]
)
def test_an_unknown_scenario_is_told_with_the_known_ones(word, hint):
    with pytest.raises(InputError, match=hint):
        load_scenarios([word])


def test_a_scenario_is_not_walked_twice():
    with pytest.raises(InputError, match="more than once"):
        load_scenarios(["SC01", "SC01-first-run"])


def test_all_mistakes_of_a_file_are_told_with_step_and_valid_words():
    text = """
id: SC90-own
title: own
steps:
  - {lanch: app}
  - {tap: agre}
  - repeat: 2
    do:
      - {tap: refuse, iff: gone}
  - {observe: -1}
  - observe
"""
    with pytest.raises(InputError) as caught:
        parse_scenario(text, "own.yaml")
    lines = str(caught.value).splitlines()
    assert len(lines) == 5 and all(line.startswith("own.yaml: step ") for line in lines)
    assert "did you mean 'launch'" in lines[0]
    assert "'agree' or 'refuse'" in lines[1]
    assert "step 3: step 1: iff" in lines[2]


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "id: x",
        "id: SC01\ntitle: a\nsteps: []",
        "id: SC01\ntitle: a\nsteps: [{launch: app}]\nmore: 1",
        "a: [",
        "id: SC01\nsteps: [{launch: app}]",
    ],
)
def test_what_is_no_scenario_is_an_input_error(text):
    with pytest.raises(InputError, match=r"own\.yaml"):
        parse_scenario(text, "own.yaml")


def test_a_file_of_the_users_is_read(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("id: SC91-own\ntitle: own\nsteps: [{launch: app}, {observe: 5}]\n")
    assert load_scenarios([str(path)])[0].id == "SC91"
    with pytest.raises(InputError, match=r"gone\.yaml"):
        load_scenarios([str(tmp_path / "gone.yaml")])


def test_a_lab_keeps_steps_of_its_own_for_one_app(tmp_path):
    file = tmp_path / "hard.yaml"
    file.write_text(
        "package: com.x\nscenarios:\n  SC05:\n    - {launch: app}\n    - {await_human: Solve the puzzle}\n"
    )
    plans = load_scenarios(["SC01", "SC05"])
    first, second = override(plans, file, "com.x")
    assert first == plans[0]
    assert (
        second.id == "SC05" and [in_words(step) for step in second.steps][1] == "await_human Solve the puzzle"
    )
    assert second.sha256 != plans[1].sha256 and "hard.yaml" in second.source


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("package: com.y\nscenarios: {SC05: []}", "the app is com.x"),
        ("package: com.x\nscenarios: {SC03: [{launch: app}]}", "SC03: is not planned"),
        ("package: com.x\nscenarios: {SC05: [{lanch: app}]}", "did you mean 'launch'"),
        ("package: com.x\nscenarios: 3", "a mapping"),
        ("package: com.x\nsteps: 3", "not a field"),
        ("[", "not YAML"),
    ],
)
def test_a_steps_file_that_does_not_fit_is_an_input_error(tmp_path, text, hint):
    file = tmp_path / "hard.yaml"
    file.write_text(text)
    with pytest.raises(InputError, match=hint):
        override(load_scenarios(["SC05"]), file, "com.x")


def test_the_budget_of_time_covers_all_that_the_steps_may_wait_for():
    [plan] = load_scenarios(["SC03"])
    assert plan.allowed_seconds(1.0) > plan.dwell_seconds() + 30
    assert plan.allowed_seconds(0.1) < plan.allowed_seconds(1.0)
