"""A device that lies about the time or does not answer: verdicts hold, or say that they cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(200)]


@contextmanager
def twin(*faults: str) -> Iterator[str]:
    """Serial of a twin with these faults, reached as any device on the network is."""
    arguments = [part for fault in faults for part in ("--fault", fault)]
    process = subprocess.Popen(
        [sys.executable, "-m", "harness.twin", "start", "--port", "0", "--json", *arguments],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["serial"]
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize(
    ("app", "scenarios", "expected"),
    [("tidy", ("SC01", "SC05"), "clear"), ("eager", ("SC01",), "violation")],
)
def test_a_skewed_and_drifting_device_clock_changes_no_verdict(
    app, scenarios, expected, harness, sample_apk, tmp_path
):
    with twin("clock_skew_ms=-420000", "clock_drift_ppm=400") as serial:
        check = harness(
            "check",
            sample_apk(app),
            *(word for scenario in scenarios for word in ("--scenario", scenario)),
            "--device",
            serial,
            "--pace",
            "0.06",
            "--out",
            tmp_path / "run",
            "--json",
        )
        check.run(150)
    verdict = check.json()
    assert verdict["outcome"] == expected, [(c["id"], c["outcome"], c["reason"]) for c in verdict["checks"]]


@pytest.mark.parametrize("fault", ["rpc_hang=600@6", "hang=600@6"])
def test_a_screen_that_never_answers_is_not_waited_for_and_not_clear(fault, harness, sample_apk, tmp_path):
    out = tmp_path / "run"
    with twin(fault) as serial:
        check = harness("check", sample_apk("tidy"), "--device", serial, "--scenario", "SC01",
                        "--pace", "0.2", "--out", out, "--json")  # fmt: skip
        code = check.run(150)
    verdict = check.json()
    assert code in (3, 4) and verdict["outcome"] == "inconclusive"
    if fault.startswith("rpc_hang"):
        # Only the screen is away: it is named, and the device is not given up for lost.
        assert "screen" in json.dumps(verdict)
    else:
        assert "answer" in json.dumps(verdict) + (out / "run.json").read_text()
