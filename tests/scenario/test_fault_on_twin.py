"""Faults of the twin, as `harness twin start --fault` puts them in, in the middle of walks over real adb and
uiautomator2. tests/soak/test_fault_sweep_soak.py takes every scenario with every fault."""

from __future__ import annotations

import pytest
from struck_twin import ends_typed, ground, struck  # noqa: F401

pytestmark = [pytest.mark.twin, pytest.mark.timeout(120)]


@pytest.mark.parametrize(
    ("number", "fault", "at", "says"),
    [
        ("SC01", "dialogs_late_ms=3000", 0, ""),
        ("SC05", "crash=1", 2, ""),
        ("SC05", "call=1", 1, "another app is in front"),
    ],
)
def test_a_fault_in_the_middle_of_a_walk_ends_it_typed(struck, number, fault, at, says):  # noqa: F811
    plan, result, seconds, events = struck(number, fault, at)
    ends_typed(plan, result, seconds, events)
    told = " ".join(event.get("detail", "") for event in events if event["kind"] == "scenario")
    assert says in told, told
    answers = [event for event in events if event["kind"] == "consent_changed"]
    if fault.startswith("dialogs_late"):
        assert [one["state"] for one in answers] == ["asked"], "it was waited for"
