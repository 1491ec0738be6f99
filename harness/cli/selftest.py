"""`harness selftest`: the sample apps, each judged as its truth says?"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typer

from harness.model.errors import InputError
from harness.selftest import Mark, Say, Selftest, Trial, exit_code, same_each_time, sample_apps

EXAMPLES: Final = """
Examples:

  harness selftest                               every sample app once, on a twin

  harness selftest --app eager --app tidy        two of them

  harness selftest --times 3 --devices 2         three times in a row, two twins at once

Exit codes: 0 all as planted, 1 something missed or false, 2 wrong input, 3 undecided, 4 a run failed.
"""
COLUMNS: Final[tuple[Mark, ...]] = (
    "found",
    "clear",
    "open",
    "none",
    "missed",
    "false",
    "inconclusive",
    "unlike",
)
SIGNS: Final[dict[Mark, str]] = {
    "found": "!", "clear": ".", "open": "?", "none": " ",
    "missed": "M", "false": "F", "inconclusive": "I", "unlike": "U",
}  # fmt: skip
LEGEND: Final = (
    "! found  . clear  ? inconclusive as it must be  (blank) not applicable  "
    "M missed  F false  I inconclusive  U unlike"
)


def register(app: typer.Typer) -> None:
    app.command("selftest", epilog=EXAMPLES)(selftest)


def selftest(
    app: list[str] = typer.Option([], help="A sample app; may be given several times. Default: all."),
    times: int = typer.Option(1, min=1, max=100, help="So many rounds, which must be equal."),
    devices: int = typer.Option(2, min=1, max=16, help="So many twins at once."),
    pace: float = typer.Option(0.06, help="Multiply dwell times."),
    out: Path | None = typer.Option(None, help="Keep the run folders here; default a temporary folder."),
    json_output: bool = typer.Option(False, "--json", help="Print the result as JSON and nothing else."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress."),
) -> None:
    """Check the sample apps, whose guilt is known, and tell what was found, missed, false or undecided."""
    if not 0 < pace <= 10:
        raise InputError(f"--pace {pace}: give a number above 0 and up to 10")
    chosen = sample_apps(app)
    folder = out or Path(tempfile.mkdtemp(prefix="harness-selftest-"))
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    trials = Selftest(chosen, folder, times, devices, pace, _progress(quiet or json_output)).run()
    if json_output:
        print(json.dumps(as_json(trials), ensure_ascii=False, indent=2))
    else:
        print(table(trials))
        print(f"{time.monotonic() - began:.0f} s; runs: {folder}")
    sys.exit(exit_code(trials))


def table(trials: Sequence[Trial]) -> str:
    """App by check, one sign each; then counts; then every difference in words."""
    checks = [cell.check for cell in max(trials, key=lambda one: len(one.cells)).cells]
    width = max(len(_name(trial, trials)) for trial in trials)
    lines = _heading(checks, width)
    for trial in trials:
        signs = {cell.check: SIGNS[cell.mark] for cell in trial.cells}
        row = "".join(signs.get(check, "-") for check in checks)
        lines.append(f"{_name(trial, trials):<{width}}  {row}  {'' if trial.right else 'NOT RIGHT'}".rstrip())
    lines += ["", LEGEND, "", _counts(trials)]
    for trial in trials:
        name = _name(trial, trials)
        lines += [f"{name}: {trial.problem}"] if trial.problem else []
        lines += [f"{name} {cell.check} {cell.mark}: {cell.says}" for cell in trial.cells if cell.says]
    lines += [f"not the same each time: {one}" for one in same_each_time(trials)]
    return "\n".join(lines)


def as_json(trials: Sequence[Trial]) -> dict[str, object]:
    return {
        "exit_code": exit_code(trials),
        "counts": _counted(trials),
        "not_the_same_each_time": same_each_time(trials),
        "trials": [
            {
                "app": trial.app, "round": trial.round, "seconds": round(trial.seconds, 1), "right": trial.right,
                "problem": trial.problem, "first_failure": trial.first_failure, "folder": str(trial.folder),
                "checks": {
                    cell.check: {"mark": cell.mark, **({"says": cell.says} if cell.says else {})}
                    for cell in trial.cells
                },
            }
            for trial in trials
        ],
    }  # fmt: skip


def _name(trial: Trial, trials: Sequence[Trial]) -> str:
    return trial.app if max(one.round for one in trials) == 1 else f"{trial.app} ({trial.round})"


def _heading(checks: Sequence[str], width: int) -> list[str]:
    """Ids from top to bottom: PB-T01 as T, 0, 1."""
    short = [check.removeprefix("PB-") for check in checks]
    return [" " * width + "  " + "".join(one[row : row + 1] or " " for one in short) for row in range(3)]


def _counted(trials: Sequence[Trial]) -> dict[str, int]:
    marks = Counter(cell.mark for trial in trials for cell in trial.cells)
    return {mark: marks[mark] for mark in COLUMNS}


def _counts(trials: Sequence[Trial]) -> str:
    counts = _counted(trials)
    names = {"open": "inconclusive as they must be", "none": "not applicable", "inconclusive": "inconclusive"}
    return ", ".join(f"{counts[mark]} {names.get(mark, mark)}" for mark in COLUMNS)


def _progress(silent: bool) -> Say:
    began = time.monotonic()

    def say(text: str) -> None:
        if not silent:
            print(f"[{time.monotonic() - began:5.1f} s] {text}", file=sys.stderr, flush=True)

    return say
