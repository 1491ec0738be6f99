"""pytest as a front door: one test a check, outcomes of their own, own questions, and silence when not asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from run_builder import build

# Loaded before pytester remembers which modules there are: else each inner session reads rules and catalogues anew.
import harness.pytest_plugin.session
import harness.run  # noqa: F401
from harness.model.run_facts import Failure
from harness.model.run_folder import RunFolder
from harness.rules.judge import judge
from harness.timeline.build import build_timeline

pytest_plugins = ["pytester"]
ROOT = Path(__file__).resolve().parents[2]
RUNS = ROOT / "tests" / "runs"
EXAMPLE = ROOT / "examples" / "pytest"
READ = {"at": 1.0, "read": "android_id", "by": "acme-metrics"}


def in_a_process(cwd, *arguments, **environment):
    """For what must not share our modules or our plugins. hypothesis alone takes a second to load."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-q",
         *map(str, arguments)], cwd=cwd, text=True,
        capture_output=True, timeout=150, env={**inherited, **environment},
    )  # fmt: skip


@pytest.fixture
def run_pytest(pytester):
    def run(*arguments):
        return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-q", *map(str, arguments))

    return run


def counts(done):
    """ "3 failed, 1 passed in 2 s" as numbers by word."""
    text = done.stdout if isinstance(done.stdout, str) else done.stdout.str()
    line = text.strip().splitlines()[-1]
    return {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", line.rpartition(" in ")[0])}


@pytest.fixture
def eager(pytester, run_pytest):
    """The recorded run of a guilty app, judged by pytest."""
    done = run_pytest("--run", RUNS / "eager", "--junitxml=out.xml", "-rA")
    return done, ElementTree.parse(pytester.path / "out.xml")


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """The same run as the judge sees it."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "raw").symlink_to(RUNS / "eager" / "raw")
    (folder / "run.json").write_text((RUNS / "eager" / "run.json").read_text())
    timeline = build_timeline(RunFolder.open(folder))
    return {result.id: result for result in judge(timeline, timeline.facts, "cn-default")}


def test_each_check_is_a_test_with_its_outcome(eager, judged):
    done, tree = eager
    text = done.stdout.str()
    assert done.ret == 1, text
    outcomes = [result.outcome for result in judged.values()]
    assert counts(done) == {
        "failed": outcomes.count("violation"),
        "passed": outcomes.count("clear") + 1,  # and the run itself
        "skipped": outcomes.count("not_applicable"),
        "inconclusive": outcomes.count("inconclusive"),
    }
    assert judged["PB-T01"].outcome == "violation"
    assert "inconclusive: neither found nor ruled out" in text

    # A violation fails with its findings, not with our frames.
    finding = judged["PB-T01"].findings[0]
    assert finding.says in text and finding.fix in text and ", ".join(finding.evidence[:8]) in text
    assert "Traceback" not in text and "checks.py:" not in text.partition("short test summary")[0]

    # JUnit carries clauses and links.
    case = next(one for one in tree.iter("testcase") if one.get("name").startswith("PB-T01"))
    told = [(one.get("name"), one.get("value")) for one in case.iter("property")]
    assert ("outcome", "violation") in told and ("grade", "A") in told
    clauses = [value.partition(":")[0] for name, value in told if name == "clause"]
    assert clauses == list(judged["PB-T01"].clauses)
    assert any(name == "link" and value.startswith("https://") for name, value in told)
    assert case.find("failure") is not None
    doubts = tree.findall(".//property[@value='inconclusive']/../..")
    assert doubts and all(one.find("skipped").get("message").startswith("inconclusive: ") for one in doubts)


def test_a_flag_turns_inconclusive_into_failure(tmp_path, run_pytest):
    folder = build(tmp_path / "run", {"break": ["hooks"]})
    mild = run_pytest("--run", folder.path, "-k", "PB-T01")
    assert mild.ret == 0 and counts(mild) == {"inconclusive": 1, "deselected": counts(mild)["deselected"]}
    strict = run_pytest("--run", folder.path, "-k", "PB-T01", "--inconclusive-fails")
    assert strict.ret == 1 and counts(strict)["failed"] == 1
    assert "inconclusive: Nothing was found, but the watch was not sound: hooks" in strict.stdout.str()


def test_a_run_that_failed_fails_as_a_test(tmp_path, run_pytest):
    failure = {"failure": Failure(kind="device_lost", message="went away")}
    folder = build(tmp_path / "run", {"facts": failure})
    done = run_pytest("--run", folder.path, "-k", "run")
    assert done.ret == 1 and "device_lost: went away" in done.stdout.str()


def test_findings_are_told_in_chinese_too(judged, run_pytest):
    done = run_pytest("--run", RUNS / "eager", "-k", "PB-T01", "--harness-lang", "zh")
    assert judged["PB-T01"].findings[0].says_zh in done.stdout.str()


OWN = """
def test_reads(timeline, consent):
    assert not timeline.reads("android_id").before(consent)

def test_other(timeline, consent):
    assert not timeline.reads("imei").before(consent)

def test_check(app_run):
    assert app_run.check("pb-t01").outcome == "violation"

def test_walk(walk):
    walk("SC03")
"""


def test_ones_own_tests_ask_the_same_run(tmp_path, pytester, run_pytest):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ]}})
    pytester.makepyfile(test_own=OWN)
    done = run_pytest("--run", folder.path, "-k", "test_own")
    told = counts(done)
    assert (told["failed"], told["passed"], told["skipped"]) == (1, 2, 1), done.stdout.str()
    assert "android_id read through" in done.stdout.str()
    without = run_pytest("-rs")
    assert counts(without) == {"skipped": 4} and "give --app X.apk or --run DIR" in without.stdout.str()


def test_workers_share_one_run(tmp_path, pytester, run_pytest):
    folder = build(tmp_path / "run", {"SC01": {"add": [READ]}})
    pytester.makepyfile(test_own=OWN)
    few = ["--run", folder.path, "-k", "PB-T0 or test_own"]
    alone, shared = run_pytest(*few), in_a_process(pytester.path, *few, "-n", "2")
    assert {**counts(alone), "deselected": 0} == {
        **counts(shared),
        "deselected": 0,
    } and shared.returncode == 1, shared.stdout + shared.stderr


def test_judging_a_saved_run_changes_nothing_in_it(tmp_path, run_pytest):
    folder = build(tmp_path / "run", {})
    before = {path: path.stat().st_mtime_ns for path in folder.path.rglob("*")}
    assert run_pytest("--run", folder.path).ret == 0
    assert {path: path.stat().st_mtime_ns for path in folder.path.rglob("*")} == before


def test_it_is_not_there_unless_asked(tmp_path):
    (tmp_path / "test_own.py").write_text(
        "import sys\n"
        "def test_own(request):\n"
        "    ours = {name for name in sys.modules if name.partition('.')[0] == 'harness'}\n"
        "    assert ours == {'harness', 'harness.pytest_plugin'}\n"
        "    assert len(request.session.items) == 1\n"
    )
    done = in_a_process(tmp_path)
    assert done.returncode == 0, done.stdout


RIVAL = """
def pytest_addoption(parser):
    parser.addoption("--device", help="another plugin's")
    parser.addoption("--profile", action="store_true")
"""


@pytest.mark.parametrize("early", [True, False])
def test_names_of_other_plugins_stay_theirs(tmp_path, early):
    (tmp_path / "rival.py").write_text(RIVAL)
    (tmp_path / "test_own.py").write_text(
        "def test_own(pytestconfig):\n"
        "    assert pytestconfig.getoption('--device') == 'pixel'\n"
        "    assert pytestconfig.getoption('harness_device') == ['twin']\n"
        "    assert pytestconfig.getoption('harness_profile') == 'eu'\n"
        "    assert pytestconfig.getoption('profile') is True\n"
    )
    path = {"PYTHONPATH": str(tmp_path)}
    done = in_a_process(
        tmp_path, *(["-p", "rival"] if early else []), "--device", "pixel", "--profile", "--harness-device", "twin",
        "--harness-profile", "eu", "--harness-pace", "0.5", **(path if early else {**path, "PYTEST_PLUGINS": "rival"}),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--app", "nothing.apk"], "nothing.apk: no such file"),
        (["--run", "."], "no run.json"),
        (["--run", str(RUNS / "eager"), "--app", "x"], "give one of them"),
        (["--run", str(RUNS / "eager"), "--profile", "ey"], "not known"),
        (["--run", str(RUNS / "eager"), "--scenario", "SC00"], "SC00"),
        (["--run", str(RUNS / "eager"), "--pace", "0"], "above 0"),
    ],
)
def test_a_wrong_flag_is_told_before_anything_runs(run_pytest, flags, says):
    done = run_pytest(*flags)
    assert done.ret == 4 and says in done.stderr.str() and "Traceback" not in done.stderr.str()


def test_the_example_project_judges_recorded_runs(pytester, run_pytest):
    shutil.copytree(EXAMPLE, pytester.path, dirs_exist_ok=True)
    tidy = run_pytest("--run", RUNS / "tidy")
    assert tidy.ret == 0 and "inconclusive" not in counts(tidy), tidy.stdout.str()
    eager = run_pytest("--run", RUNS / "eager", "-k", "promises")
    assert counts(eager)["failed"] == 1 and "inconclusive" not in counts(eager), eager.stdout.str()


@pytest.mark.e2e
@pytest.mark.timeout(240)
def test_the_example_project_walks_an_app_once_for_two_workers(tmp_path, sample_apk):
    out = tmp_path / "evidence"
    done = in_a_process(
        EXAMPLE, f"--app={sample_apk('tidy')}", "--device", "twin", "--pace", "0.06", "--scenario", "SC01",
        "--scenario", "SC03", "-n", "2", "--harness-out", out,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert counts(done)["passed"] > 10
    assert (out / "run" / "report.html").is_file()
    walks = sorted(path.name for path in out.iterdir() if path.is_dir())
    assert len(walks) == 2 and walks[0] == "run" and walks[1].startswith("walk-gw"), walks
