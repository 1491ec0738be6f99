"""`harness report`: what a judged run says, in one format."""

from __future__ import annotations

from pathlib import Path

import typer

from harness.model.run_folder import RunFolder
from harness.report.writers import FORMATS, write_report


def register(app: typer.Typer) -> None:
    app.command("report")(report_run)


def report_run(
    run: Path = typer.Argument(..., metavar="RUN", help="A folder that `harness check` wrote."),
    format: str = typer.Option("html", "--format", help=f"One of {', '.join(FORMATS)}."),
    out: Path | None = typer.Option(
        None, "--out", help="Where to write it; default: its place in the run folder."
    ),
) -> None:
    """Write a report of a run: html (one self-contained file), json (the verdict) or har (the traffic)."""
    print(write_report(RunFolder.open(run), format, out))
