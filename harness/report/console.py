"""The verdict for people at a terminal: tables where there is one, plain lines where there is not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.capture.interveners import told
from harness.model.result import CheckResult, Finding, Outcome, Verdict
from harness.model.run_facts import RunFacts
from harness.model.run_folder import RunFolder
from harness.report.levels import missing_on
from harness.report.safe_text import visible
from harness.report.words import OUTCOMES, main_clauses, ordered
from harness.rules.app_types import app_type, proposed

STYLES: Final[dict[Outcome, str]] = {
    "violation": "bold red", "clear": "green", "inconclusive": "yellow", "not_applicable": "dim",
}  # fmt: skip


def print_verdict(
    verdict: Verdict,
    facts: RunFacts,
    folder: RunFolder | Path,
    lang: str = "en",
    console: Console | None = None,
) -> None:
    """What was found, every check's outcome with its reason, and where the run is. `lang` is en or zh."""
    out = console or Console(highlight=False, soft_wrap=False)
    path = folder.path if isinstance(folder, RunFolder) else folder
    zh = lang == "zh"
    found = [(result, one) for result in ordered(verdict.checks) for one in result.findings]
    out.print(_headline(verdict, zh), soft_wrap=not out.is_terminal)
    if out.is_terminal:
        _tables(out, verdict, found, zh)
    else:
        _lines(out, verdict, found, zh)
    out.print(_footer(facts, path, zh), soft_wrap=True)


def _headline(verdict: Verdict, zh: bool) -> Text:
    app = verdict.app
    text = Text(f"{visible(app.label or app.package, 100)} {visible(app.version_name, 40)} ({app.package}): ")
    text.append(OUTCOMES[verdict.outcome][zh], STYLES[verdict.outcome])
    text.append(f". {visible(verdict.reason_zh if zh else verdict.reason)}")
    return text


def _tables(out: Console, verdict: Verdict, found: list[tuple[CheckResult, Finding]], zh: bool) -> None:
    if found:
        heads = (
            ("检查", "内容", "主体", "时间", "发往", "条款")
            if zh
            else ("check", "what", "who", "when", "sent to", "clause")
        )
        table = Table(*heads, box=SIMPLE_HEAD, expand=False)
        for result, finding in found:
            table.add_row(*(Text(cell) for cell in _cells(result, finding, verdict.profile, zh)))
        out.print(table)
    columns = ("检查", "", "结果", "原因") if zh else ("check", "", "outcome", "why")
    table = Table(*columns, box=SIMPLE_HEAD, expand=False)
    for result in ordered(verdict.checks):
        table.add_row(
            result.id,
            Text(result.title_zh if zh else result.title),
            Text(_outcome(result, zh), STYLES[result.outcome]),
            Text(_why(result, zh)),
        )
    out.print(table)


def _lines(out: Console, verdict: Verdict, found: list[tuple[CheckResult, Finding]], zh: bool) -> None:
    for result, finding in found:
        says = visible(finding.says_zh if zh else finding.says)
        clause = main_clauses(result, verdict.profile)
        out.print(Text(f"{result.id} {says} [{clause}]"), soft_wrap=True)
    for result in ordered(verdict.checks):
        title = result.title_zh if zh else result.title
        out.print(Text(f"{result.id} {_outcome(result, zh)}: {title}. {_why(result, zh)}"), soft_wrap=True)


def _cells(result: CheckResult, finding: Finding, profile: str, zh: bool) -> tuple[str, ...]:
    return (
        result.id,
        visible(finding.what_zh if zh else finding.what, 80),
        visible(finding.actor_zh if zh else finding.actor, 80) or "-",
        visible(finding.when_zh if zh else finding.when, 120) or "-",
        visible(", ".join(finding.sent_to), 200) or "-",
        main_clauses(result, profile),
    )


def _outcome(result: CheckResult, zh: bool) -> str:
    return OUTCOMES[result.outcome][zh] + (f" ({result.grade})" if result.grade else "")


def _why(result: CheckResult, zh: bool) -> str:
    reason = visible(result.reason_zh if zh else result.reason, 600)
    window = result.window_zh if zh else result.window
    return f"{reason} [{visible(window, 300)}]" if result.outcome == "clear" and window else reason


def type_line(facts: RunFacts, zh: bool) -> str:
    """Which type of app the checks took it for, or which its name suggests; empty when neither is known."""
    if facts.app_type is not None:
        kind = app_type(facts.app_type)
        return f"\n应用类型：{kind.title_zh}" if zh else f"\napp type: {kind.title}"
    guess = proposed(facts.app.label)
    if guess is None:
        return ""
    if zh:
        return f"\n未指定应用类型；名称近似“{guess.title_zh}”，可用--app-type {guess.id}指定"
    return f"\nNo app type was given; its name suggests {guess.title}: --app-type {guess.id} says so"


def _footer(facts: RunFacts, path: Path, zh: bool) -> Text:
    words = ("运行目录", "报告") if zh else ("run", "report")
    text = "".join(
        f"{'运行时应用被改动' if zh else 'the app was altered'}: {one}\n"
        for one in told(facts.interventions, zh)
    )
    text += f"{words[0]}: {path}\n{words[1]}: {path / 'report.html'}"
    text += type_line(facts, zh)
    if facts.device is not None:
        text += f"\n{missing_on(facts.device.sdk).line(zh)}"
    if facts.device is not None and facts.device.emulated:
        text += (
            "\n设备为内置虚拟设备：结论只针对为其编译的代码。"
            if zh
            else "\nThe device is not a real phone: it proves things about code compiled for it only."
        )
    return Text(text)
