"""`harness judge`: the verdict from the folder alone, with today's checks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from harness.model.errors import InputError
from harness.model.result import EXIT_CODE, Verdict
from harness.model.run_folder import RunFolder
from harness.report.combined import combined_lines
from harness.report.console import print_verdict
from harness.report.filmstrip import write_filmstrip
from harness.report.html import write_html
from harness.report.manifest import write_manifest
from harness.rules.app_types import app_type as kind_of
from harness.rules.combine import combine
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.verdict import fold


def register(app: typer.Typer) -> None:
    app.command("judge")(judge_runs)


def judge_runs(
    runs: list[Path] = typer.Argument(..., metavar="RUN...", help="Folders that `harness check` wrote."),
    profile: str | None = typer.Option(None, help="Judge by another profile than the run's own."),
    app_type: str | None = typer.Option(
        None, help="Which of the 39 types of app it is, by id or Chinese name; kept in run.json."
    ),
    for_children: bool | None = typer.Option(
        None,
        "--for-children/--not-for-children",
        help="Whether the app is made for children; kept in run.json.",
    ),
    combine_runs: bool = typer.Option(
        False,
        "--combine",
        help="One verdict over all runs of one app; contradictions are shown, not averaged.",
    ),
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
    kind = kind_of(app_type).id if app_type is not None else None
    for folder in folders:
        _tell(folder, kind, for_children)
    verdicts = [_judge(folder, profile) for folder in folders]
    if combine_runs:
        names = [folder.path.as_posix() for folder in folders]
        whole = combine(list(zip(names, verdicts, strict=True)))
        if json_output:
            print(json.dumps(whole.model_dump(mode="json"), ensure_ascii=False, indent=2))
        else:
            print("\n".join(combined_lines(whole, lang)))
        sys.exit(EXIT_CODE[whole.outcome])
    if json_output:
        said = [verdict.model_dump(mode="json") for verdict in verdicts]
        print(json.dumps(said[0] if len(said) == 1 else said, ensure_ascii=False, indent=2))
    else:
        for folder, verdict in zip(folders, verdicts, strict=True):
            print_verdict(verdict, folder.facts(), folder, lang=lang)
    sys.exit(_exit_code(verdicts))


def _tell(folder: RunFolder, app_type: str | None, for_children: bool | None) -> None:
    """Keep in the run what the user says of the app; what is None stays as it was."""
    told = {"app_type": app_type, "for_children": for_children}
    new = {name: value for name, value in told.items() if value is not None}
    if new:
        folder.write_facts(folder.facts().model_copy(update=new))


def _judge(folder: RunFolder, profile: str | None) -> Verdict:
    facts = folder.facts()
    if profile is not None:
        facts = facts.model_copy(update={"profile": profile})
    timeline = build_timeline(folder)
    verdict = fold(judge(timeline, facts, facts.profile), facts)
    folder.write_json("verdict.json", verdict.model_dump(mode="json"))
    write_html(folder, timeline, verdict)
    write_filmstrip(folder, timeline)
    write_manifest(folder)
    return verdict


def _exit_code(verdicts: list[Verdict]) -> int:
    codes = [EXIT_CODE[verdict.outcome] for verdict in verdicts]
    return next(code for code in (1, 3, 0) if code in codes)
