"""`harness diff`: what changed between two judged runs, for instance of two releases."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from harness.model.errors import InputError
from harness.model.run_folder import RunFolder
from harness.report.compared import compare, comparison_lines
from harness.report.writers import read_verdict


def register(app: typer.Typer) -> None:
    app.command("diff")(diff_runs)


def diff_runs(
    before: Path = typer.Argument(..., metavar="RUN_A", help="The earlier run."),
    after: Path = typer.Argument(..., metavar="RUN_B", help="The later run."),
    json_output: bool = typer.Option(False, "--json", help="As JSON."),
    lang: str = typer.Option("en", help="en or zh."),
) -> None:
    """Which checks changed their outcome, which findings are new and which are gone. Reads verdict.json of both."""
    if lang not in ("en", "zh"):
        raise InputError(f"--lang {lang!r}: use en or zh")
    compared = compare(read_verdict(RunFolder.open(before)), read_verdict(RunFolder.open(after)))
    if json_output:
        print(json.dumps(compared.model_dump(mode="json"), ensure_ascii=False, indent=2))
    else:
        print("\n".join(comparison_lines(compared, lang)))
