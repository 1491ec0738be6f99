"""What a person at a terminal reads, compared with golden files (`GOLDEN=write` rewrites them)."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console
from run_builder import NOTICE, build

from harness.report.console import print_verdict
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.verdict import fold

GOLDEN = Path(__file__).parent / "golden"
BOX = {"role": "checkbox", "text": "我已阅读并同意《隐私政策》", "bounds": [0, 0, 9, 9], "checked": True}
EAGER = {
    "SC01": {
        "notice": {"kind": "privacy_popup", "elements": [*NOTICE["elements"], BOX]},
        "add": [
            {"at": 0.8, "read": "android_id", "by": "acme-metrics"},
            {"at": 1.2, "flow": "https://collect.acme-metrics.example/v1?d=9f2c44d1a8e07b35"},
        ],
    },
    "SC03": {"after": "exit"},
}
TIDY: dict[str, object] = {}
PINNED = {"SC01": {"add": [{"at": [1, 1.2], "opaque": "sync.vault-notes.example"}]}}


def printed(path, case, lang, terminal):
    folder = build(path, case)
    timeline = build_timeline(folder)
    facts = folder.facts()
    verdict = fold(judge(timeline, facts, facts.profile), facts)
    out = io.StringIO()
    console = Console(file=out, width=140, force_terminal=terminal, color_system=None, highlight=False)
    print_verdict(verdict, facts, folder, lang=lang, console=console)
    return out.getvalue().replace(str(folder.path), "RUN")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "plain"])
@pytest.mark.parametrize(("name", "case"), [("eager", EAGER), ("tidy", TIDY), ("pinned", PINNED)])
def test_the_console_says_what_it_said(tmp_path, name, case, lang, terminal):
    text = printed(tmp_path / "run", case, lang, terminal)
    golden = GOLDEN / f"{name}-{lang}-{'terminal' if terminal else 'plain'}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_an_app_cannot_steer_the_terminal(tmp_path):
    said = {"at": [1, 1.2], "opaque": "evil.example\x1b[2J[bold]x[/bold]"}
    text = printed(tmp_path / "run", {"SC01": {"add": [said]}}, "en", True)
    assert "\x1b[2J" not in text and "[bold]x[/bold]" in text
