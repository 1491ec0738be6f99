"""`harness screen` and `harness scenarios` as a program uses them."""

from __future__ import annotations

import json

import typer
from typer.testing import CliRunner

from harness.cli import scenarios, screen
from harness.testing import button, dialog, draw, row, text

BODY = "请您仔细阅读《用户协议》和《隐私政策》，我们会按照其中的规则收集和使用您的个人信息。"


def run(*arguments):
    app = typer.Typer()
    screen.register(app)
    scenarios.register(app)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_each_dump_gives_one_json_object(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(draw(dialog(text("提示"), text(BODY), row(button("不同意"), button("同意")))))
    result = run("screen", path, path, "--json")
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == second and first["file"] == str(path)
    assert first["kind"] == "privacy_popup" and first["language"] == "zh-Hans"
    agree = next(element for element in first["elements"] if element["role"] == "agree")
    left, top, right, bottom = agree["bounds"]
    assert left < agree["tap"][0] < right and top < agree["tap"][1] < bottom and agree["checked"] is None


def test_a_broken_dump_is_told_and_the_others_are_still_read(tmp_path):
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(draw(dialog(text("[提示]"), text(BODY), row(button("不同意"), button("同意")))))
    bad.write_text("<a/>")
    result = run("screen", bad, good, tmp_path / "none.xml")
    assert result.exit_code == 2
    assert "privacy_popup" in result.stdout
    assert len(result.stderr.splitlines()) == 2 and "bad.xml" in result.stderr and "none.xml" in result.stderr


def test_scenarios_are_listed_and_shown():
    lines = [json.loads(line) for line in run("scenarios", "list", "--json").stdout.splitlines()]
    assert {"SC01", "SC03", "SC05", "SC12", "SC20"} <= {line["id"] for line in lines}
    shown = run("scenarios", "show", "SC03").stdout
    assert "tap: refuse" in shown and "if: second_chance" in shown
