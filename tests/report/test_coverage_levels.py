"""The report says of each hook that could not apply which API levels have it."""

from run_builder import build

from harness.capture.agent_data import hook_facts
from harness.report.coverage import _with_levels, coverage_of
from harness.timeline.build import build_timeline


def target(hook, method):
    fact = next(fact for fact in hook_facts() if fact.id == hook)
    return next(one for one in fact.targets if one.method == method)


def test_what_the_devices_level_lacks_is_told_from_what_the_app_lacks():
    assert _with_levels("x", target("imei", "getImei"), 25) == "x [API 26-, not 25]"
    assert _with_levels("x", target("imei", "getImei"), 33) == "x [API 26-]"
    assert _with_levels("x", target("oaid", "InitSdk"), 33) == "x [library]"
    assert _with_levels("x", None, 33) == "x"


def test_a_run_without_absent_targets_tells_none(tmp_path):
    timeline = build_timeline(build(tmp_path / "run", {"events": []}))
    assert coverage_of(timeline, []).absent_hooks == []
