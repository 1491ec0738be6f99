"""`harness judge`, `harness report` and `harness rules` on run folders, as a user calls them."""

from __future__ import annotations

import hashlib
import json

import pytest
import typer
from run_builder import build
from typer.testing import CliRunner

from harness.cli import judge, report, rules
from harness.model.errors import InputError

READ = {"at": 0.9, "read": "android_id", "by": "acme-metrics"}


@pytest.fixture
def harness():
    app = typer.Typer()
    for verb in (judge, report, rules):
        verb.register(app)

    def call(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.mark.parametrize(
    ("case", "code", "outcome"),
    [
        ({}, 0, "clear"),
        ({"SC01": {"add": [READ]}}, 1, "violation"),
        ({"break": ["hooks"]}, 3, "inconclusive"),
    ],
)
def test_judge_gives_the_verdict_from_the_folder_alone(tmp_path, harness, case, code, outcome):
    folder = build(tmp_path / "run", case)
    result = harness("judge", folder.path, "--json")
    assert result.exit_code == code
    said = json.loads(result.stdout)
    assert (said["format"], said["outcome"]) == (1, outcome)
    assert [check["id"] for check in said["checks"]][:2] == ["PB-N01", "PB-N02"]
    assert json.loads((folder.path / "verdict.json").read_text()) == said
    assert (folder.path / "report.html").is_file()


def test_judging_twice_gives_the_same(tmp_path, harness):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ]}})
    first = harness("judge", folder.path, "--json").stdout
    assert harness("judge", folder.path, "--json").stdout == first


def test_the_worst_of_several_runs_is_the_exit_code(tmp_path, harness):
    tidy, eager = build(tmp_path / "tidy", {}), build(tmp_path / "eager", {"SC01": {"add": [READ]}})
    result = harness("judge", tidy.path, eager.path, "--json")
    assert result.exit_code == 1
    assert [one["outcome"] for one in json.loads(result.stdout)] == ["clear", "violation"]


def test_another_profile_can_be_named_and_an_unknown_one_is_told(tmp_path, harness):
    folder = build(tmp_path / "run", {"SC01": {"add": [{**READ, "result": "denied"}]}})
    assert harness("judge", folder.path).exit_code == 3
    assert harness("judge", folder.path, "--profile", "cn-strict").exit_code == 1
    with pytest.raises(InputError, match="did you mean cn-strict"):
        harness("judge", folder.path, "--profile", "cn-strikt")


def test_a_folder_that_is_no_run_is_the_users_to_mend(tmp_path, harness):
    with pytest.raises(InputError, match=r"no run\.json"):
        harness("judge", tmp_path)


def test_the_manifest_holds_the_digest_of_every_file(tmp_path, harness):
    folder = build(tmp_path / "run", {})
    harness("judge", folder.path)
    manifest = json.loads((folder.path / "manifest.json").read_text())
    files = {path.relative_to(folder.path).as_posix() for path in folder.path.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == files - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder.path / name).read_bytes()).hexdigest() == digest


def test_reports_are_written_where_they_are_wanted(tmp_path, harness):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ]}})
    with pytest.raises(InputError, match="harness judge"):
        harness("report", folder.path)
    harness("judge", folder.path)
    for name in ("html", "json", "har"):
        out = tmp_path / f"out.{name}"
        result = harness("report", folder.path, "--format", name, "--out", out)
        assert result.stdout.strip() == str(out) and out.stat().st_size > 100
    assert json.loads((tmp_path / "out.json").read_text())["outcome"] == "violation"
    assert json.loads((tmp_path / "out.har").read_text())["log"]["version"] == "1.2"
    with pytest.raises(InputError, match="use one of html, json, har"):
        harness("report", folder.path, "--format", "pdf")


def test_rules_are_listed_and_shown(harness):
    listed = json.loads(harness("rules", "list", "--json").stdout)
    assert len(listed) == 43 and all(one["clauses"] for one in listed)
    only = json.loads(harness("rules", "list", "--clause", "CN191-3.2", "--json").stdout)
    assert {"PB-T05", "PB-C05"} <= {one["id"] for one in only} < {one["id"] for one in listed}
    shown = harness("rules", "show", "pb-t01").stdout
    assert "CN191-3.1" in shown and "同意前收集个人信息" in shown and "hooks, proxy" in shown
    with pytest.raises(InputError, match="did you mean PB-T01"):
        harness("rules", "show", "PB-T11")
    with pytest.raises(InputError, match="not known"):
        harness("rules", "list", "--clause", "CN191-99")
