"""`harness sdks` lists the catalogue and shows one entry with its grounds."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from harness.cli import sdks
from harness.model.errors import InputError


@pytest.fixture
def run():
    app = typer.Typer()
    sdks.register(app)

    def invoke(*words):
        result = CliRunner().invoke(app, ["sdks", *words])
        if result.exception:
            raise result.exception
        return result.stdout

    return invoke


def test_the_list_can_be_cut_to_a_category_and_a_country(run):
    lines = run("list", "--category", "push", "--country", "cn").splitlines()
    assert any(line.startswith("jpush  push  CN") for line in lines)
    assert all("  push  CN  " in line for line in lines[:-1]) and " of " in lines[-1]
    assert len(json.loads(run("list", "--json"))) >= 300


def test_an_sdk_is_shown_with_its_grounds_and_its_known_requests(run):
    shown = run("show", "amap")
    assert "com.amap.api" in shown and "Exodus Privacy" in shown
    assert "known sender amap" in shown and "location at query:location" in shown
    assert json.loads(run("show", "amap", "--json"))["senders"][0]["id"] == "amap"


def test_a_misspelt_sdk_or_category_is_answered_with_the_nearest(run):
    with pytest.raises(InputError, match="did you mean jpush"):
        run("show", "jpsuh")
    with pytest.raises(InputError, match="did you mean push"):
        run("list", "--category", "pusch")
