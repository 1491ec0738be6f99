"""`harness report`: what a judged run says, in one format; of the app, or of one SDK in it."""

from __future__ import annotations

from pathlib import Path

import typer

from harness.model.errors import InputError
from harness.model.run_folder import RunFolder
from harness.report.writers import FORMATS, SDK_FORMATS, sdk_text, write_report, write_text


def register(app: typer.Typer) -> None:
    app.command("report")(report_run)


def report_run(
    run: Path = typer.Argument(..., metavar="RUN", help="A folder that `harness check` wrote."),
    format: str | None = typer.Option(
        None,
        "--format",
        help=f"One of {', '.join(FORMATS)} (default html); with --sdk one of {', '.join(SDK_FORMATS)} "
        "(default console).",
    ),
    sdk: str | None = typer.Option(
        None, help="Only what this SDK did in this host app, by its id in `harness sdks list`."
    ),
    out: Path | None = typer.Option(
        None,
        "--out",
        help="Where to write it; default: its place in the run folder, with --sdk the terminal.",
    ),
    lang: str = typer.Option("en", help="en or zh, for the terminal."),
) -> None:
    """Write a report of a run: html (one self-contained file), json (the verdict) or har (the traffic)."""
    folder = RunFolder.open(run)
    if lang not in ("en", "zh"):
        raise InputError(f"--lang {lang!r}: use en or zh")
    if sdk is None:
        print(write_report(folder, format or "html", out))
        return
    text = sdk_text(folder, sdk, format or "console", lang)
    if out is None:
        print(text)
    else:
        print(write_text(out, text + "\n"))
