"""What a device's API level takes from the agent, from the run to the console and the report."""

import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from harness.cli import judge
from harness.report.levels import missing_on

RUN = Path(__file__).parents[1] / "runs" / "eager"


def test_a_level_that_lacks_a_method_is_told_with_the_levels_that_have_it():
    old, new = missing_on(25), missing_on(26)
    imei = ("imei", "android.telephony.TelephonyManager.getImei", "26-")
    assert imei in old.methods and imei not in new.methods
    assert not any("getDeviceId" in method for _, method, _ in old.methods)
    assert old.line(False).startswith(
        f"hooks: {len(old.methods)} of {old.watched} watched methods cannot exist on API 25"
    )


def test_a_level_that_rules_out_nothing_is_told_too():
    assert "none of the" in missing_on(37).line(False) and "均不受" in missing_on(37).line(True)


@pytest.mark.parametrize("level", [25, 33])
def test_a_recorded_run_says_on_its_level_what_could_not_be_watched(tmp_path, level):
    folder = tmp_path / "run"
    shutil.copytree(RUN, folder)
    facts = json.loads((folder / "run.json").read_text())
    facts["device"]["sdk"] = level
    (folder / "run.json").write_text(json.dumps(facts))
    app = typer.Typer()
    judge.register(app)
    ended = CliRunner().invoke(app, [str(folder)])
    said, html = ended.output.replace("\n", " "), (folder / "report.html").read_text()
    line = missing_on(level).line(False)
    assert line in said and line in html and missing_on(level).line(True) in html
    listed = "imei: <code>android.telephony.TelephonyManager.getImei</code> (API 26-)"
    assert (listed in html) == (level == 25)
    assert ended.exit_code == 1
