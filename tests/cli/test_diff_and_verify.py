"""`harness diff` tells what a release changed; `harness verify` that a folder is as it was."""

from __future__ import annotations

import json

import pytest
from run_builder import build
from typer.testing import CliRunner

from harness.cli.main import _register, app
from harness.model.errors import InputError

_register()
READ = {"at": 0.9, "read": "android_id", "by": "acme-metrics"}


def call(*words):
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def judged(path, case):
    folder = build(path, case)
    call("judge", folder.path, "--json")
    return folder.path


def test_a_mended_release_loses_its_findings(tmp_path):
    old = judged(tmp_path / "a", {"SC01": {"add": [READ]}})
    new = judged(tmp_path / "b", {"app": {"version_name": "1.1", "sha256": "1" * 64}})
    out = call("diff", old, new).stdout
    assert out.startswith("Shop (org.shop.app) 1.0 -> 1.1: violation -> clear")
    assert "PB-T01 violation -> clear" in out and "  - Acme Metrics (SDK) read Android ID" in out
    assert "违规 -> 未发现问题" in call("diff", old, new, "--lang", "zh").stdout
    back = json.loads(call("diff", new, old, "--json").stdout)
    assert any(one["id"] == "PB-T01" and one["new"] and not one["gone"] for one in back["checks"])


def test_a_run_that_could_not_tell_does_not_mend(tmp_path):
    old = judged(tmp_path / "a", {"SC01": {"add": [READ]}})
    new = judged(tmp_path / "b", {"break": ["hooks"]})
    out = call("diff", old, new).stdout
    assert "Not shown to be mended" in out and "The same APK" in out


def test_two_runs_that_say_the_same_differ_in_nothing(tmp_path):
    one, two = judged(tmp_path / "a", {}), judged(tmp_path / "b", {})
    assert "No check changed." in call("diff", one, two).stdout


def test_a_folder_as_it_was_is_whole_and_every_touch_of_it_is_told(tmp_path):
    path = judged(tmp_path / "run", {})
    assert call("verify", path).exit_code == 0
    (path / "raw/hooks.jsonl").open("a").write("\n")
    (path / "raw/tls.jsonl").unlink(missing_ok=True)
    (path / "raw/clock.jsonl").unlink()
    (path / "raw/new.jsonl").write_text("{}\n")
    result = call("verify", path, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1 and not told["whole"]
    assert told["changed"] == ["raw/hooks.jsonl"] and "raw/clock.jsonl" in told["missing"]
    assert told["added"] == ["raw/new.jsonl"]
    assert "NOT as they were" in call("verify", path).stdout


@pytest.mark.parametrize("content", [None, "[]", "{}", '{"format": 2, "files": {}}', "x"])
def test_a_manifest_that_is_none_is_the_users_matter(tmp_path, content):
    path = judged(tmp_path / "run", {})
    if content is None:
        (path / "manifest.json").unlink()
    else:
        (path / "manifest.json").write_text(content)
    with pytest.raises(InputError, match="manifest"):
        call("verify", path)
