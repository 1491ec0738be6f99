"""`harness hooks` reads the built agent's own list."""

import json

import pytest
import typer
from typer.testing import CliRunner

from harness.cli import hooks
from harness.model.errors import InputError


@pytest.fixture
def app():
    made = typer.Typer()
    hooks.register(made)
    return made


def test_every_hook_is_listed_with_its_targets(app):
    shown = json.loads(CliRunner().invoke(app, ["hooks", "list", "--json"]).stdout)
    by_id = {hook["id"]: hook for hook in shown}
    assert by_id["android-id"]["data_type"] == "android_id"
    assert {target["method"] for target in by_id["imei"]["targets"]} == {"getImei", "getDeviceId"}
    assert len(by_id) >= 30


def test_the_list_is_a_line_a_hook(app):
    lines = CliRunner().invoke(app, ["hooks", "list"]).stdout.splitlines()
    assert any(line.split()[:2] == ["drm-id", "drm_id"] and "MediaDrm" in line for line in lines)
    assert f"{len(lines) - 1} hooks on " in lines[-1]


def test_one_hook_is_shown_with_its_java(app):
    shown = CliRunner().invoke(app, ["hooks", "show", "android-id"]).stdout
    assert "android.provider.Settings$Secure.getString" in shown
    assert "hooks/src/observe/identifiers/android-id.ts" in shown


def test_a_misspelt_hook_is_answered_with_the_nearest(app):
    result = CliRunner().invoke(app, ["hooks", "show", "andriod-id"])
    assert isinstance(result.exception, InputError)
    assert "android-id" in str(result.exception)
