"""The verdict over several runs for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from harness.report.safe_text import visible
from harness.report.words import OUTCOMES
from harness.rules.combine import Combined


def combined_lines(combined: Combined, lang: str) -> Iterator[str]:
    """The app's outcome; every check with what each run says of it where they do not say the same."""
    zh = lang == "zh"
    app = combined.app
    reason = combined.reason_zh if zh else combined.reason
    yield f"{visible(app.label or app.package, 100)} ({app.package}): {OUTCOMES[combined.outcome][zh]}. {reason}"
    yield (f"{len(combined.runs)}次运行：" if zh else f"{len(combined.runs)} runs: ") + ", ".join(
        combined.runs
    )
    for check in combined.checks:
        title, why = (check.title_zh, check.reason_zh) if zh else (check.title, check.reason)
        yield f"{check.id} {OUTCOMES[check.outcome][zh]}: {title}. {visible(why, 600)}"
        if len({one.outcome for one in check.runs}) > 1:
            for one in check.runs:
                yield f"    {one.run}: {OUTCOMES[one.outcome][zh]}"
