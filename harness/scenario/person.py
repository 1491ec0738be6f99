"""The person at the terminal, for steps that no driver can make: a test account, a code by message, a face."""

from __future__ import annotations

import select
import sys
from typing import Protocol

PROMPT = "\n>>> {en}\n>>> {zh}\n    Enter = done / 完成   s + Enter = cannot be done / 无法完成   ({seconds:.0f} s)\n"


class Person(Protocol):
    def present(self) -> bool:
        """Whether anybody can answer at all."""

    def ask(self, en: str, zh: str, seconds: float) -> None: ...

    def answer(self) -> str | None:
        """The line that was typed since, stripped; None when nothing was typed yet. Does not wait."""


class Terminal:
    """Standard input, when a person sits at it. Prompts go to standard error: standard output is data."""

    def present(self) -> bool:
        return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()

    def ask(self, en: str, zh: str, seconds: float) -> None:
        print(PROMPT.format(en=en, zh=zh or en, seconds=seconds), file=sys.stderr, flush=True)

    def answer(self) -> str | None:
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return sys.stdin.readline().strip() if ready else None
