"""report.html: one file that needs nothing else, and in which nothing from an app or phone can act."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from harness.capture.interveners import told
from harness.model.event import Recording
from harness.model.result import CheckResult, Finding, Verdict
from harness.model.run_folder import RunFolder
from harness.regulations.load import Cited
from harness.report.axis import Axis, axis_of
from harness.report.console import type_line
from harness.report.coverage import NEVER_SEEN, coverage_of
from harness.report.evidence import MOST_SHOWN, Exhibit, Exhibits
from harness.report.safe_text import visible
from harness.report.shots import shots_of
from harness.report.words import GRADES, OUTCOMES, SEEN, clauses_of, main_clauses, ordered
from harness.rules.profile import load_profile
from harness.timeline.timeline import Timeline

REPORT: Final = "report.html"
TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class _Found:
    check: CheckResult
    finding: Finding
    anchor: str
    clauses: str
    exhibits: list[Exhibit]
    not_shown: int


@dataclass(frozen=True, slots=True)
class _Checked:
    result: CheckResult
    found: list[_Found]
    clauses: list[Cited]


def write_html(folder: RunFolder, timeline: Timeline, verdict: Verdict) -> None:
    """Replace report.html of the run in one step."""
    temporary = folder.path / f".{REPORT}.tmp"
    temporary.write_text(html_report(folder, timeline, verdict), encoding="utf-8")
    os.replace(temporary, folder.path / REPORT)


def templates() -> Environment:
    """Escapes everything, and fails on a name that is not there."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    return environment


def html_report(folder: RunFolder, timeline: Timeline, verdict: Verdict) -> str:
    environment = templates()
    interventions = folder.facts().interventions
    checks = _checks(folder, timeline, verdict)
    axes: list[Axis] = [axis_of(segment) for segment in timeline.segments]
    untested = [
        (one.id, one.reason, one.reason_zh) for one in verdict.checks if one.outcome == "not_applicable"
    ]
    return environment.get_template("report.html.j2").render(
        verdict=verdict, facts=folder.facts(), checks=checks, axes=axes, outcomes=OUTCOMES, grades=GRADES,
        seen=SEEN,
        found=[one for check in checks for one in check.found], coverage=coverage_of(timeline, untested),
        never_seen=NEVER_SEEN, shots=shots_of(folder.path, timeline), films=films_of(timeline),
        profile=load_profile(verdict.profile), events=len(timeline.events),
        app_type=(type_line(folder.facts(), False).strip(), type_line(folder.facts(), True).strip()),
        altered=list(zip(told(interventions, zh=False), told(interventions, zh=True), strict=True)),
    )  # fmt: skip


def films_of(timeline: Timeline) -> list[Recording]:
    """The pieces of film, and why there are none, in order."""
    return [event for event in timeline.events if isinstance(event, Recording)]


def _checks(folder: RunFolder, timeline: Timeline, verdict: Verdict) -> list[_Checked]:
    wanted = (one for check in verdict.checks for finding in check.findings for one in finding.evidence)
    exhibits = Exhibits(folder, timeline, wanted)
    checked: list[_Checked] = []
    for result in ordered(verdict.checks):
        found = [
            _Found(
                check=result, finding=finding, anchor=f"{result.id}-{number}",
                clauses=main_clauses(result, verdict.profile), exhibits=exhibits.of(finding.evidence),
                not_shown=max(0, len(finding.evidence) - MOST_SHOWN),
            )
            for number, finding in enumerate(result.findings, start=1)
        ]  # fmt: skip
        checked.append(_Checked(result, found, clauses_of(result, verdict.profile)))
    return checked
