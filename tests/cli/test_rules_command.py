"""`harness rules` answers in both directions, in two languages, in a hundred columns."""

from __future__ import annotations

import json
import unicodedata

import pytest
from typer.testing import CliRunner

from harness.cli.rules import group
from harness.model.errors import InputError
from harness.regulations.load import load_clauses
from harness.rules.load import load_rules

CATEGORIES = [one for one, cited in load_clauses().items() if cited.is_notice]


def said(*arguments: str) -> str:
    result = CliRunner().invoke(group, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def test_a_notice_category_leads_to_its_checks_and_a_check_back_to_it():
    checks = [one["id"] for one in json.loads(said("list", "--notice", "CVERC-08", "--json"))]
    assert {"PB-T01", "PB-T02", "PB-T03"} <= set(checks)
    for check in checks:
        assert "CVERC-08" in json.loads(said("show", check, "--json"))["notices"]
    assert json.loads(said("show", "CVERC-08", "--json"))["checks"] == checks


def test_a_clause_leads_to_its_checks_and_back():
    out = said("list", "--clause", "CN191-3.1")
    assert out.startswith("CN191-3.1") and "PB-T01" in out and "PB-N01" not in out
    assert "CN191-3.1" in said("show", "PB-T01")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_notice_category_has_its_checks_or_the_reason_why_none_can_see_it(lang):
    rows = json.loads(said("notices", "--json"))
    assert [row["id"] for row in rows] == CATEGORIES
    for row in rows:
        assert row["checks"] or (row["unseen"] and row["unseen_zh"]), row
        assert row["says"] and row["says_zh"]
    out = said("notices", "--lang", lang)
    assert all(f"{one} " in out for one in CATEGORIES)


def test_the_categories_of_every_notice_family_are_there():
    families = {load_clauses()[one].instrument.id for one in CATEGORIES}
    assert families == {"CVERC", "MPSN", "MIITN", "CACN"}
    assert len([one for one in CATEGORIES if one.startswith("CVERC")]) >= 24


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_wider_than_a_hundred_columns(lang):
    shown = [said("list", "--lang", lang), said("notices", "--lang", lang), said("profiles", "--lang", lang)]
    shown += [said("show", one.id, "--lang", lang) for one in load_rules()]
    shown += [said("show", one, "--lang", lang) for one in CATEGORIES]
    wide = [
        line for text in shown for line in text.splitlines() if columns(line) > 100 and "http" not in line
    ]
    assert wide == []


def test_chinese_output_has_chinese_titles():
    assert "同意前收集个人信息" in said("list", "--lang", "zh")
    assert "同意前收集个人信息" not in said("list")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "--notice", "CVERC-8"], "did you mean CVERC-"),
        (["list", "--notice", "CN191-3.1"], "no category of notices"),
        (["show", "PB-T1"], "neither a check nor a clause"),
        (["list", "--lang", "de"], "use en or zh"),
    ],
)
def test_a_wrong_word_is_told_with_the_nearest(arguments, words):
    with pytest.raises(InputError, match=words):
        said(*arguments)
