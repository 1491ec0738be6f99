"""`harness judge`: the verdict from the folder alone, with today's checks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from harness.model.errors import InputError
from harness.model.result import EXIT_CODE, Verdict
from harness.model.run_folder import RunFolder
from harness.report.console import print_verdict
from harness.report.html import write_html
from harness.report.manifest import write_manifest
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.verdict import fold


def register(app: typer.Typer) -> None:
    app.command("judge")(judge_runs)


def judge_runs(
    runs: list[Path] = typer.Argument(..., metavar="RUN...", help="Folders that `harness check` wrote."),
    profile: str | None = typer.Option(None, help="Judge by another profile than the run's own."),
    json_output: bool = typer.Option(
        False, "--json", help="Print the verdict as JSON, a list for several runs."
    ),
    lang: str = typer.Option("en", help="en or zh."),
) -> None:
    """Rebuild the timeline from the raw files, judge it again, and write the verdict and the report anew.

    Needs no device. The exit code is that of the worst run: 1 violation, 3 inconclusive, 0 clear.
    """
    if lang not in ("en", "zh"):
        raise InputError(f"--lang {lang!r}: use en or zh")
    folders = [RunFolder.open(path) for path in runs]
    verdicts = [_judge(folder, profile) for folder in folders]
    if json_output:
        said = [verdict.model_dump(mode="json") for verdict in verdicts]
        print(json.dumps(said[0] if len(said) == 1 else said, ensure_ascii=False, indent=2))
    else:
        for folder, verdict in zip(folders, verdicts, strict=True):
            print_verdict(verdict, folder.facts(), folder, lang=lang)
    sys.exit(_exit_code(verdicts))


def _judge(folder: RunFolder, profile: str | None) -> Verdict:
    facts = folder.facts()
    if profile is not None:
        facts = facts.model_copy(update={"profile": profile})
    timeline = build_timeline(folder)
    verdict = fold(judge(timeline, facts, facts.profile), facts)
    folder.write_json("verdict.json", verdict.model_dump(mode="json"))
    write_html(folder, timeline, verdict)
    write_manifest(folder)
    return verdict


def _exit_code(verdicts: list[Verdict]) -> int:
    codes = [EXIT_CODE[verdict.outcome] for verdict in verdicts]
    return next(code for code in (1, 3, 0) if code in codes)
