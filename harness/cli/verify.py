"""`harness verify`: whether a run folder is as it was when its manifest was written."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import typer

from harness.model.run_folder import RunFolder
from harness.report.manifest import verify
from harness.report.safe_text import visible


def register(app: typer.Typer) -> None:
    app.command("verify")(verify_run)


def verify_run(
    run: Path = typer.Argument(..., metavar="RUN", help="A folder that `harness check` wrote."),
    json_output: bool = typer.Option(False, "--json", help="As JSON."),
) -> None:
    """Compare every file of a run with manifest.json. Exit code 0 when all are as they were, 1 when not."""
    changes = verify(RunFolder.open(run))
    if json_output:
        print(json.dumps({**asdict(changes), "whole": changes.is_whole}, ensure_ascii=False, indent=2))
    else:
        for word, names in (
            ("changed", changes.changed),
            ("missing", changes.missing),
            ("added", changes.added),
        ):
            for name in names:
                print(f"{word}  {visible(name, 300)}")
        state = "as they were" if changes.is_whole else "NOT as they were"
        print(f"{changes.checked} files of the manifest: {state}")
    sys.exit(0 if changes.is_whole else 1)
