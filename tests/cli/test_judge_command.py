"""`harness judge` takes what the user says of the app, and folds several runs into one verdict."""

from __future__ import annotations

import json

import pytest
from run_builder import build
from typer.testing import CliRunner

from harness.cli.main import _register, app
from harness.model.errors import InputError

_register()


def judged(*arguments):
    result = CliRunner().invoke(app, ["judge", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def outcomes(result):
    return {one["id"]: one["outcome"] for one in json.loads(result.stdout)["checks"]}


def test_the_type_of_app_decides_whether_it_may_quit_and_stays_with_the_run(tmp_path):
    folder = build(tmp_path / "run", {"SC03": {"after": "exit"}})
    assert outcomes(judged(folder.path, "--json"))["PB-C03"] == "inconclusive"
    assert outcomes(judged(folder.path, "--json", "--app-type", "browser"))["PB-C03"] == "violation"
    assert folder.facts().app_type == "browser"
    assert outcomes(judged(folder.path, "--json"))["PB-C03"] == "violation"
    assert "app type: " in judged(folder.path).stdout


def test_an_app_for_children_is_judged_as_one(tmp_path):
    read = {"at": 6, "read": "android_id", "by": "acme-metrics"}
    run = {"scenarios": ["SC05", "SC19"], "SC19": {"add": [read]}}
    folder = build(tmp_path / "run", run)
    assert outcomes(judged(folder.path, "--json"))["PB-D03"] == "not_applicable"
    assert outcomes(judged(folder.path, "--json", "--for-children"))["PB-D03"] != "not_applicable"
    assert folder.facts().for_children


def test_a_name_that_says_the_type_leads_to_a_proposal(tmp_path):
    folder = build(tmp_path / "run", {"app": {"label": "某某浏览器"}})
    assert "its name suggests" in judged(folder.path).stdout
    assert "名称近似" in judged(folder.path, "--lang", "zh").stdout
    assert folder.facts().app_type is None


def test_an_unknown_type_is_refused_with_the_nearest(tmp_path):
    folder = build(tmp_path / "run", {})
    with pytest.raises(InputError, match="did you mean browser"):
        judged(folder.path, "--app-type", "browsr")


def test_several_runs_become_one_verdict(tmp_path):
    one = build(tmp_path / "one", {"SC01": {"add": [{"at": 0.9, "read": "android_id"}]}})
    two = build(tmp_path / "two", {})
    result = judged(one.path, two.path, "--combine")
    assert result.exit_code == 1 and "contradict each other" in result.stdout
    whole = json.loads(judged(one.path, two.path, "--combine", "--json").stdout)
    assert [len(check["runs"]) for check in whole["checks"]] == [2] * len(whole["checks"])
    assert judged(two.path, "--combine").exit_code == 0


def test_a_labs_own_profile_is_given_by_its_path(tmp_path):
    folder = build(tmp_path / "run", {"SC01": {"add": [{"at": 0.9, "read": "android_id"}]}})
    profile = tmp_path / "lab.yaml"
    profile.write_text(
        "id: lab\ntitle: Our lab\ntitle_zh: 本实验室\njurisdictions: [CN]\nattempts: inconclusive\n"
        "exit_on_refusal: inconclusive\nsteps_must_be_equal: false\nchecks: [PB-N02]\n",
        encoding="utf-8",
    )
    told = outcomes(judged(folder.path, "--json", "--profile", profile))
    assert told["PB-T01"] == "not_applicable" and told["PB-N02"] == "clear"
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: lab\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.yaml"):
        judged(folder.path, "--profile", broken)
