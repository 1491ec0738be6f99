"""What the README shows is what the commands print: every `console` block is run, `…` stands for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def blocks() -> list[str]:
    return re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """(command, expected output) pairs of one block; a command is a line that starts with `$ `."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def pattern(expected: str) -> re.Pattern[str]:
    """White space is folded: a table is as wide as the terminal was."""
    words = [re.escape(word).replace("…", ".*?") for word in expected.split()]
    return re.compile(r"\s*" + r"\s+".join(words).replace(r"\s+.*?\s+", r"\s.*?") + r"\s*", re.DOTALL)


def test_the_readme_has_blocks_to_run():
    assert len(blocks()) >= 3


@pytest.mark.e2e
@pytest.mark.timeout(240)
def test_the_readmes_commands_print_what_it_shows(tmp_path):
    for name in ("build", "harness", "README.md"):
        (tmp_path / name).symlink_to(ROOT / name)
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "COLUMNS": "150",
        "LANG": "C.UTF-8",
    }
    for command, expected in (pair for block in blocks() for pair in commands(block)):
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, text=True, capture_output=True
        )
        assert pattern(expected).fullmatch(done.stdout), (
            f"$ {command}\n--- shown\n{expected}\n--- printed\n{done.stdout}\n{done.stderr[-2000:]}"
        )
