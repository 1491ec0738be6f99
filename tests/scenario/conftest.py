"""A walk on a scripted device."""

import pytest
from walked import APP, Played

from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder
from harness.scenario.load import load_scenarios, parse_scenario
from harness.scenario.record import Recorder
from harness.scenario.walk import walk


@pytest.fixture
def run(tmp_path):
    """Walks a scenario on a device; gives the result (or the failure) and the events that were written."""

    def play(device, scenario, pace=1.0):
        plan = (
            load_scenarios([scenario])[0]
            if scenario.startswith("SC")
            else parse_scenario(scenario, "test.yaml")
        )
        folder = RunFolder.create(tmp_path / "run")
        lines = []
        try:
            result = walk(plan, device, device, Recorder(folder), APP, pace, lines.append, device)
        except RunFailure as failure:
            result = failure
        folder.close()
        return Played(result, tmp_path / "run", device)

    return play
