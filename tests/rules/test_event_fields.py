"""What a rule reads of the walk's events somebody writes: a field or word that nobody writes makes a rule blind."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import get_args

import pytest
import yaml

from harness.model import event
from harness.rules.checks import pb_p07_settings_reset, pb_r01_no_withdrawal, pb_r02_no_off_switch
from harness.rules.checks import pb_r03_no_cancellation as r03
from harness.rules.checks import pb_s03_more_than_needed as s03
from harness.screen import conditions
from harness.timeline import noticed

ROOT = Path(event.__file__).parents[1]
KINDS = {
    "policy_text": event.PolicyText, "control": event.Control, "crawl": event.Crawl, "user_act": event.UserAct,
}  # fmt: skip
WRITERS = [*(ROOT / "scenario").glob("*.py"), ROOT / "timeline/noticed.py"]
BY_A_PERSON = {"chose", "upgraded", "entered", "left_feature", "motion"}
"""Acts that only a lab's own `await_human` step with `act` tells."""


def trees(paths):
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


RULES = trees(sorted((ROOT / "rules").rglob("*.py")))
WRITTEN = trees(WRITERS)


def nodes(found, kind):
    return [one for tree in found for one in ast.walk(tree) if isinstance(one, kind)]


def constants(found):
    return {one.value for one in nodes(found, ast.Constant) if isinstance(one.value, str)}


def written_fields(kind):
    """Keyword arguments of calls that name the kind, and keys of the dicts that make or change one."""
    fields = set()
    for call in nodes(WRITTEN, ast.Call):
        said = [one.value for one in call.args if isinstance(one, ast.Constant)]
        if kind in said or getattr(call.func, "id", "") == KINDS[kind].__name__:
            fields |= {one.arg for one in call.keywords if one.arg}
    for one in nodes(WRITTEN, ast.Dict):
        keys = {key.value for key in one.keys if isinstance(key, ast.Constant)}
        if (kind == "control" and "topic" in keys) or (kind == "policy_text" and "version" in keys):
            fields |= keys
    return fields


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_a_rule_reads_is_written(kind):
    common = set(event.Event.model_fields) | {"kind"}
    mine = set(KINDS[kind].model_fields) - common
    others = {name for other, model in KINDS.items() if other != kind for name in model.model_fields}
    read = {one.attr for one in nodes(RULES, ast.Attribute)} & mine
    missing = read - written_fields(kind)
    # A name that several events share is this one's only when nobody else's write explains the read.
    missing = {
        one for one in missing if one not in others or not any(one in written_fields(k) for k in KINDS)
    }
    assert not missing, f"rules read {sorted(missing)} of {kind}, and nothing writes it"


def compared(attribute):
    """Words that rules compare an event's attribute with."""
    words = set()
    for one in nodes(RULES, ast.Compare):
        sides = [one.left, *one.comparators]
        if any(isinstance(side, ast.Attribute) and side.attr == attribute for side in sides):
            for side in sides:
                words |= {leaf.value for leaf in ast.walk(side) if isinstance(leaf, ast.Constant)}
    return {one for one in words if isinstance(one, str)}


def acts_read():
    calls = [
        one
        for one in nodes(RULES, ast.Call)
        if isinstance(one.func, ast.Attribute) and one.func.attr == "act"
    ]
    said = {
        leaf.value
        for call in calls
        for arg in call.args
        for leaf in ast.walk(arg)
        if isinstance(leaf, ast.Constant)
    }
    return (said | compared("act")) & set(get_args(event.Act))


def test_every_topic_and_document_that_a_rule_looks_for_is_written():
    topics = (
        compared("topic") | pb_r02_no_off_switch.SWITCHES | (pb_p07_settings_reset.SWITCHES - {"collection"})
    )
    assert {"withdraw", "cancel_account", "verification", "feed"} <= topics <= set(get_args(event.Topic))
    documents = compared("document") & set(get_args(event.Document))
    assert "children_policy" in documents
    looked_for = compared("looked_for")
    unwritten = (topics | documents | looked_for) - constants(WRITTEN)
    assert not unwritten


def test_every_act_that_a_rule_looks_for_is_written_or_told_by_a_person():
    read = acts_read()
    assert {"withdrew", "logged_out", "ads_off"} <= read
    steps = [yaml.safe_load(path.read_text()) for path in (ROOT / "scenario/builtin").glob("*.yaml")]
    by_scenarios = {
        step["act"] for one in steps for step in one["steps"] if isinstance(step, dict) and "act" in step
    }
    unwritten = read - constants(WRITTEN) - by_scenarios
    assert unwritten <= BY_A_PERSON
    assert not BY_A_PERSON & by_scenarios


def test_every_demand_and_offer_that_a_rule_judges_can_be_read_from_a_screen():
    told = set(conditions._DEMANDS) | set(noticed._FIELDS)
    assert told >= r03.UNREASONABLE
    assert told >= set(s03.NECESSARY)
    assert set(conditions._OFFERS) | constants(WRITTEN) >= pb_r01_no_withdrawal.WEAK_WAYS | s03.WAYS_ROUND


def test_the_reading_of_the_sources_would_see_a_field_that_nobody_writes(monkeypatch):
    module = importlib.import_module(__name__)
    monkeypatch.setattr(module, "RULES", [ast.parse("def check(one):\n    return one.demands and one.days")])
    monkeypatch.setattr(module, "WRITTEN", [ast.parse("recorder.ui('control', 1, 2, topic='x', demands=[])")])
    with pytest.raises(AssertionError, match="days"):
        test_every_field_that_a_rule_reads_is_written("control")
