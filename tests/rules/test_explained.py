"""Every result is told in English and Chinese: what, when, who, on what evidence, how to fix it, or what would
settle it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from run_builder import BREAKS, build

from harness.rules.chinese import in_chinese
from harness.rules.judge import judge
from harness.rules.load import load_rules
from harness.timeline.build import build_timeline

FIXTURES = Path(__file__).parent / "fixtures"
ENGLISH = re.compile(
    r"\b(the|was|were|not|is|and|of|idle|pace|relaunch\w*|window|full|with|only|ran|before|after|read|agent|known|"
    r"needed|sound|by|its|said|no)\b"
)
"""Words that an English sentence of ours cannot do without, and that no identifier, host or brand is."""
SETTLES = re.compile(
    r"settle|confirm|is for a person|decide|look at|shows? what|counts it|needed|sound|nothing vouches|by hand|"
    r"crashed on|operator",
    re.IGNORECASE,
)


def chinese(text: str) -> str:
    """Without what is quoted from the app or names a host, a hook or a file."""
    return re.sub(
        r"“[^”]*”|「[^」]*」|[\w.-]+\.(?:example|com|org|net|cn|jsonl)\b|'[^']*'|\"[^\"]*\"", "", text
    )


def said_in(rule) -> list[dict]:
    path = FIXTURES / f"{rule.logic.__module__.rpartition('.')[2]}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("check", [rule.id for rule in load_rules()])
def test_everything_is_said_in_both_languages(tmp_path, check):
    rule = next(one for one in load_rules() if one.id == check)
    assert ENGLISH.search(rule.fix_zh) is None and len(rule.fix_zh) >= 8
    for number, case in enumerate(said_in(rule)):
        timeline = build_timeline(build(tmp_path / str(number), case["run"]))
        results = judge(timeline, timeline.facts, case.get("profile", "cn-default"))
        result = next(one for one in results if one.id == check)
        where = f"{check}: {case['name']}"
        for zh in (result.reason_zh, result.window_zh, *(one.says_zh for one in result.findings)):
            assert ENGLISH.search(chinese(zh)) is None, f"{where}: {zh}"
        assert bool(result.window) == bool(result.window_zh), where
        for finding in result.findings:
            assert finding.says and finding.when and finding.when_zh and finding.fix, where
            assert finding.fix_zh == rule.fix_zh
            assert ENGLISH.search(chinese(finding.when_zh + finding.what_zh + finding.actor_zh)) is None, (
                where
            )
        if result.outcome == "inconclusive":
            assert SETTLES.search(result.reason), f"{where}: {result.reason}"


@pytest.mark.parametrize("gate", BREAKS)
def test_a_dead_witness_is_told_in_chinese(tmp_path, gate):
    timeline = build_timeline(build(tmp_path / "run", {"break": [gate]}))
    zh = in_chinese(timeline.gate(gate).reason)
    assert ENGLISH.search(zh) is None and "详见英文说明" not in zh, (timeline.gate(gate).reason, zh)


def test_a_reason_that_has_no_chinese_form_is_not_quoted():
    assert (
        in_chinese("something new; the proxy never started (and 2 more)")
        == "详见英文说明；代理未启动（另有2项）"
    )
