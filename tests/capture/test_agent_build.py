"""The agent is built from its sources: type-checked, held to the house's rules, the same bytes every time."""

import subprocess

import pytest

from harness.capture.agent_build import (
    SOURCES,
    build,
    hook_facts,
    write_all,
    write_generated,
)
from harness.capture.agent_data import AGENT, HOOKS
from harness.model.errors import InputError


def test_two_builds_in_two_places_are_the_same_bytes(sources):
    write_generated(SOURCES)
    write_generated(sources)
    assert build(sources) == build(SOURCES)


def test_the_built_agent_is_that_of_the_sources(sources, tmp_path):
    write_all(sources, tmp_path / "data")
    assert (tmp_path / "data" / AGENT.name).read_text() == AGENT.read_text(), "run make setup"
    assert (tmp_path / "data" / HOOKS.name).read_text() == HOOKS.read_text(), "run make setup"


def test_hooks_behave_over_a_fake_java():
    subprocess.run(["npm", "test", "--silent"], cwd=SOURCES, check=True, timeout=120)


HOOK = """/** SensorManager.getDefaultSensor() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "%s", dataType: "%s",
  targets: [{ class: "android.hardware.SensorManager", method: "getDefaultSensor" }],
});
"""


def test_a_hook_is_one_file(sources, tmp_path):
    (sources / "src/observe/device/step-count.ts").write_text(HOOK % ("step-count", "sensors"))
    write_all(sources, tmp_path / "data")
    assert "step-count" in [fact.id for fact in hook_facts(sources)]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("step-count", HOOK % ("steps", "sensors"), "is not the file's name"),
        ("step-count", HOOK % ("step-count", "steps"), "not assignable"),
        ("step-count", (HOOK % ("step-count", "sensors")).split("\n", 1)[1], "first line"),
        ("stepCount", HOOK % ("stepCount", "sensors"), "kebab-case"),
        ("step-count", (HOOK % ("step-count", "sensors")).replace("method:", "methd:"), "methd"),
    ],
)
def test_a_mistaken_hook_fails_the_build_by_name(sources, tmp_path, name, text, problem):
    (sources / f"src/observe/device/{name}.ts").write_text(text)
    with pytest.raises(InputError, match=problem) as caught:
        write_all(sources, tmp_path / "data")
    assert f"{name}.ts" in str(caught.value)
