"""`harness doctor` on a device that has everything, and on one that is not there."""

from __future__ import annotations

import json

import pytest

pytestmark = [pytest.mark.twin, pytest.mark.timeout(90)]


def test_a_device_with_everything_is_believed(harness):
    check = harness("doctor", "--device", "twin", "--json")
    assert check.run(60) == 0, check.stdout + check.stderr
    probes = {probe["name"]: probe for probe in map(json.loads, check.stdout.splitlines())}
    wanted = {"agent", "device", "root", "hooks", "screen", "clock", "proxy", "certificate"}
    assert set(probes) == wanted and all(probe["healthy"] and probe["silence"] for probe in probes.values())
    assert not check.processes(), "processes were left behind"


def test_a_device_that_is_not_there_is_a_failure_in_one_line(harness):
    check = harness("doctor", "--device", "127.0.0.1:1")
    assert check.run(60) == 4
    assert len(check.stderr.strip().splitlines()) == 1 and "device_lost" in check.stderr
