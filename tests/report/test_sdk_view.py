"""One SDK in one host: only its own acts and findings, in three formats."""

from __future__ import annotations

import json

import pytest
from run_builder import build
from typer.testing import CliRunner

from harness.cli.main import _register, app
from harness.model.errors import InputError
from harness.model.run_folder import RunFolder
from harness.report.sdk_view import sdk_report
from harness.report.writers import read_verdict
from harness.timeline.store import load

_register()
READ = {"at": 0.9, "read": "android_id", "by": "acme-metrics"}
SENT = {"at": 1.1, "flow": "https://collect.acme-metrics.example/v1?id=9f2c44d1a8e07b35"}
OWN = {"at": 1.0, "read": "imei", "by": "app"}


def call(*words):
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


@pytest.fixture
def run(tmp_path):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ, SENT, OWN]}})
    call("judge", folder.path, "--json")
    return folder.path


def report_of(path, sdk):
    folder = RunFolder.open(path)
    return sdk_report(load(folder), read_verdict(folder), sdk)


def test_what_the_sdk_did_is_told_and_what_the_app_did_is_not(run):
    report = report_of(run, "acme-metrics")
    assert report.outcome == "violation"
    assert [(one.scenario, one.data_type, one.reads, one.requests) for one in report.did] == [
        ("SC01", "android_id", 1, 1)
    ]
    assert report.did[0].before_the_answer == 2 and report.did[0].sent_to == ["collect.acme-metrics.example"]
    assert {one.check for one in report.findings} >= {"PB-T01", "PB-T02"}
    assert all(one.finding.actor_id == "acme-metrics" and one.clauses for one in report.findings)
    assert all(one.finding.data_type != "imei" for one in report.findings)


def test_an_sdk_that_was_not_seen_is_not_called_clear(run):
    report = report_of(run, "bugly")
    assert report.outcome == "not_applicable" and "does not say" in report.reason


def test_an_sdk_is_clear_only_where_the_checks_that_name_it_were_decided(tmp_path):
    for number, (case, outcome) in enumerate(
        [({}, "clear"), ({"break": ["hooks"]}, "inconclusive"), ({"break": ["proxy"]}, "inconclusive")]
    ):
        quiet = {"at": 9, "read": "android_id", "by": "acme-metrics"}
        folder = build(
            tmp_path / str(number), {**case, "scenarios": ["SC01", "SC03", "SC05"], "SC05": {"add": [quiet]}}
        )
        call("judge", folder.path, "--json")
        assert report_of(folder.path, "acme-metrics").outcome == outcome


def test_the_three_formats_say_the_same(run, tmp_path):
    text = call("report", run, "--sdk", "acme-metrics")
    assert text.startswith("Acme Metrics (") and "in Shop 1.0 (org.shop.app): violation" in text
    assert "SC01 Android ID: 1 read, 1 request to collect.acme-metrics.example" in text and "fix: " in text
    zh = call("report", run, "--sdk", "acme-metrics", "--lang", "zh")
    assert "宿主应用" in zh and "在用户作出选择前" in zh and "整改" in zh
    assert (
        json.loads(call("report", run, "--sdk", "acme-metrics", "--format", "json"))["outcome"] == "violation"
    )
    page = tmp_path / "sdk.html"
    call("report", run, "--sdk", "acme-metrics", "--format", "html", "--out", page)
    html = page.read_text(encoding="utf-8")
    assert "Acme Metrics" in html and "PB-T01" in html and "http-equiv" in html and "<script" not in html


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--sdk", "acme-metric"], "did you mean acme-metrics"),
        (["--sdk", "bugly", "--format", "har"], "with --sdk use"),
    ],
)
def test_a_wrong_word_is_told(run, words, told):
    with pytest.raises(InputError, match=told):
        call("report", run, *words)
