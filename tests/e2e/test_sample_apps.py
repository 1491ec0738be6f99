"""Every sample app through `harness check` on the twin, held against its truth in both directions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(path.parent.name for path in (ROOT / "harness/twin/apps").glob("*/truth.yaml"))


def found(check: dict) -> set[tuple[str, str]]:
    """(data type, who): the SDK's id, or "app"."""
    return {(finding["data_type"], finding["actor_id"]) for finding in check["findings"]}


@pytest.mark.e2e
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_app_is_judged_as_its_truth_says(name, harness, sample_apk, tmp_path):
    truth = yaml.safe_load((ROOT / "harness/twin/apps" / name / "truth.yaml").read_text())
    out = tmp_path / "run"
    check = harness("check", sample_apk(name), "--device", "twin", "--pace", "0.06", "--out", out, "--json")
    code = check.run(200)
    assert check.stdout, check.stderr
    verdict = check.json()
    told = {c["id"]: (c["outcome"], c["reason"]) for c in verdict["checks"]}

    assert verdict["format"] == 1
    assert (verdict["outcome"], code) == (truth["outcome"], truth["exit_code"]), told
    assert set(told) == set(truth["checks"])
    for check_id, expected in truth["checks"].items():
        result = next(c for c in verdict["checks"] if c["id"] == check_id)
        assert result["outcome"] == expected["outcome"], (check_id, result["reason"])
        assert result["grade"] == expected.get("grade", result["grade"]), check_id
        assert result["clauses"] and result["window"], check_id
        if "found" in expected:
            assert found(result) == {tuple(pair) for pair in expected["found"]}, check_id
        if "sent_to" in expected:
            assert {host for f in result["findings"] for host in f["sent_to"]} == set(expected["sent_to"]), (
                check_id
            )
    for host in truth.get("names", []):
        assert any(host in c["reason"] for c in verdict["checks"]), f"{host} is named nowhere"

    # Every finding stands on events that exist.
    ids = {json.loads(line)["id"] for line in (out / "timeline.jsonl").read_text().splitlines()}
    for result in verdict["checks"]:
        for finding in result["findings"]:
            assert finding["evidence"] and set(finding["evidence"]) <= ids
    assert json.loads((out / "run.json").read_text())["failure"] is None
    assert not check.processes(), "processes were left behind"

    # The folder alone gives the same verdict.
    again = harness("judge", out, "--json")
    assert again.run(60) == code
    assert again.json()["checks"] == verdict["checks"]
