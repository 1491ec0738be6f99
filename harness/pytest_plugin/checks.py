"""One test item for each check, and one for the run itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.model.result import CheckResult, Finding
from harness.model.run_facts import RunFacts
from harness.pytest_plugin.seen import Inconclusive
from harness.regulations.load import load_clauses
from harness.rules.load import load_rules
from harness.rules.rule import Rule
from harness.timeline.timeline import counted

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo, TerminalRepr

    from harness.pytest_plugin.session import Front


class Violation(Exception):
    """What the check found, in words."""


class RunFailed(Exception):
    """The device or a tool failed; what was proved before stands."""


class Checks(pytest.Collector):
    """Holds the items; they do not come from a file."""

    def collect(self) -> list[pytest.Item]:
        return []


class RunItem(pytest.Item):
    """Walks (or reads) the run, so that its time is its own. Fails when the device or a tool did."""

    def __init__(self, *, front: Front, **more: Any) -> None:
        super().__init__(**more)
        self._front = front
        _never_times_out(self)

    def runtest(self) -> None:
        run = self._front.app_run()
        self.user_properties += [("run", str(run.folder)), *_run_properties(run.facts)]
        if run.facts.failure is not None:
            raise RunFailed(f"{run.facts.failure.kind}: {run.facts.failure.message}")

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        if isinstance(excinfo.value, RunFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self._front.subject, None, f"{self._front.subject.name}: the run"


class CheckItem(pytest.Item):
    """A violation fails it, `not_applicable` skips it, `inconclusive` is an outcome of its own."""

    def __init__(self, *, rule: Rule, front: Front, **more: Any) -> None:
        super().__init__(**more)
        self._rule = rule
        self._front = front
        self.keywords[rule.id] = True
        _never_times_out(self)

    def runtest(self) -> None:
        run = self._front.app_run()
        result = run.check(self._rule.id)
        zh = self._front.lang == "zh"
        self.user_properties += [("run", str(run.folder)), *_properties(result)]
        reason = result.reason_zh if zh else result.reason
        match result.outcome:
            case "violation":
                raise Violation(violation_text(result, run.folder, zh))
            case "inconclusive":
                raise Inconclusive(reason)
            case "not_applicable":
                pytest.skip(reason)

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        if isinstance(excinfo.value, Violation):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        title = self._rule.title_zh if self._front.lang == "zh" else self._rule.title
        return self._front.subject, None, f"{self._rule.id} {title}"


def items_of(parent: Checks, front: Front) -> Iterator[pytest.Item]:
    """The same for every worker: they depend on the catalogue, not on the run."""
    yield RunItem.from_parent(parent, name="run", front=front)
    for rule in load_rules():
        name = rule.logic.__module__.rpartition(".")[2].replace("_", "-")
        yield CheckItem.from_parent(
            parent, name=name.replace(rule.id.lower(), rule.id), rule=rule, front=front
        )


def violation_text(result: CheckResult, folder: Path, zh: bool) -> str:
    """The findings, each with where its evidence is and how to mend it, and the clauses."""
    count = f"{len(result.findings)}项发现" if zh else counted(len(result.findings), "finding")
    lines = [f"{count}: {result.title_zh if zh else result.title}"]
    for finding in result.findings:
        lines += _finding_lines(finding, zh)
    names = [
        one.name_zh if zh else one.name for key in result.clauses[:5] if (one := load_clauses().get(key))
    ]
    lines += ["", *(f"  {name}" for name in names)]
    if len(result.clauses) > 5:
        lines.append(f"  {', '.join(result.clauses[5:])}")
    return "\n".join([*lines, "", f"  {folder}"])


def _finding_lines(finding: Finding, zh: bool) -> Iterator[str]:
    grade = f"[{finding.grade}] " if finding.grade else ""
    yield f"  - {grade}{finding.says_zh if zh else finding.says}"
    yield f"    {', '.join(finding.evidence[:8])}"
    if finding.fix:
        yield f"    {finding.fix}"


def _properties(result: CheckResult) -> Iterator[tuple[str, str]]:
    """For JUnit: what was judged, by which clauses, with a link to each that has one."""
    yield "check", result.id
    yield "severity", result.severity
    yield "outcome", result.outcome
    if result.grade:
        yield "grade", result.grade
    for key in result.clauses:
        cited = load_clauses().get(key)
        if cited is not None:
            yield "clause", f"{key}: {cited.name}"
            if cited.instrument.url:
                yield "link", cited.instrument.url
    for event in (event for finding in result.findings for event in finding.evidence):
        yield "evidence", event


def _run_properties(facts: RunFacts) -> Iterator[tuple[str, str]]:
    yield "package", facts.app.package
    yield "version", facts.app.version_name
    yield "apk_sha256", facts.app.sha256
    yield "profile", facts.profile
    if facts.device is not None:
        yield "device", f"{facts.device.brand} {facts.device.model}, Android {facts.device.android}"


def _never_times_out(item: pytest.Item) -> None:
    """A walk takes minutes, whatever limit the project sets for its own tests."""
    if item.config.pluginmanager.hasplugin("timeout"):
        item.add_marker(pytest.mark.timeout(0))
