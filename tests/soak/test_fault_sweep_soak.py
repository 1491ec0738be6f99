"""Each scenario with each fault of the twin, at one of its steps after the other."""

from __future__ import annotations

from itertools import product

import pytest
from struck_twin import PLANS, ends_typed, ground, struck  # noqa: F401

FAULTS = ("taps_ignored=1", "dialogs_late_ms=9000", "crash=1", "home=1", "call=1")


@pytest.mark.soak
@pytest.mark.twin
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("number", "fault", "at"),
    [(number, fault, index % 6) for index, (number, fault) in enumerate(product(PLANS, FAULTS))],
)
def test_each_scenario_with_each_fault_ends_typed(struck, number, fault, at):  # noqa: F811
    plan, result, seconds, events = struck(number, fault, at)
    ends_typed(plan, result, seconds, events)
    if fault.startswith("taps_ignored"):
        answers = [one for one in events if one["kind"] == "consent_changed" and one["state"] != "asked"]
        if at <= 1:
            assert not any(one["certain"] for one in answers if one["state"] != "refused"), answers
