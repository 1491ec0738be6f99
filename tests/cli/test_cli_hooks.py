"""`harness hooks` reads the built agent's own list."""

import json
from pathlib import Path

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


EAGER = Path(__file__).parents[1] / "runs" / "eager"


def test_the_list_tells_the_status_in_a_run(app):
    result = CliRunner().invoke(app, ["hooks", "list", "--run", str(EAGER)])
    assert result.exit_code == 0, result.exception
    line = next(line for line in result.stdout.splitlines() if line.startswith("android-id "))
    assert "installed " in line and " events" in line and " java " in line
    native = next(line for line in result.stdout.splitlines() if line.startswith("native-connect "))
    assert " native " in native
    assert f"status in {EAGER}" in result.stdout


def test_the_newest_run_near_is_taken(app, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "no run is near" in CliRunner().invoke(app, ["hooks", "list"]).stdout
    phone = "android.telephony.TelephonyManager"
    said = [
        {"hook": "imei", "target": f"{phone}.getImei", "status": "failed", "reason": "why"},
        {"hook": "imsi", "target": f"{phone}.getSubscriberId", "status": "absent", "reason": ""},
    ]
    (tmp_path / "runs/app/raw").mkdir(parents=True)
    (tmp_path / "runs/app/run.json").write_text("{}")
    record = {"host_ms": 1, "pid": 7, "process": "a.b", "message": {"t": "targets", "targets": said}}
    (tmp_path / "runs/app/raw/hooks.jsonl").write_text(json.dumps(record) + '\n{"half')
    lines = CliRunner().invoke(app, ["hooks", "list"]).stdout.splitlines()
    by_id = {line.split()[0]: line for line in lines}
    assert "failed 1/4" in by_id["imei"]
    assert " absent " in by_id["imsi"]
    assert "not in the run" in by_id["meid"]
    shown = CliRunner().invoke(app, ["hooks", "show", "imei"]).stdout
    assert "getImei  [API 26-]  failed: why" in shown


def test_a_folder_that_is_no_run_is_told(app, tmp_path):
    result = CliRunner().invoke(app, ["hooks", "list", "--run", str(tmp_path)])
    assert isinstance(result.exception, InputError)
