"""The pieces that shell text is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal


class SyntaxProblem(Exception):
    """The text is not shell, or shell that the twin's sh does not know."""


@dataclass(slots=True)
class Text:
    text: str
    quoted: bool


@dataclass(slots=True)
class Variable:
    """${name<operator>word}"""

    name: str
    quoted: bool
    operator: str = ""
    word: Word | None = None


@dataclass(slots=True)
class Substitution:
    program: Sequence
    quoted: bool


@dataclass(slots=True)
class Arithmetic:
    expression: Word
    quoted: bool


Part = Text | Variable | Substitution | Arithmetic


@dataclass(slots=True)
class Word:
    parts: list[Part] = field(default_factory=list)

    @property
    def literal(self) -> str | None:
        """The text, when the word is one unquoted piece: only such a word can be a keyword."""
        if len(self.parts) == 1 and isinstance(self.parts[0], Text) and not self.parts[0].quoted:
            return self.parts[0].text
        return None

    def assignment(self) -> tuple[str, Word] | None:
        """(name, value), when the word reads NAME=VALUE."""
        first = self.parts[0] if self.parts else None
        if not isinstance(first, Text) or first.quoted:
            return None
        match = re.match(r"([A-Za-z_]\w*)=", first.text)
        if match is None:
            return None
        rest = first.text[match.end() :]
        return match[1], Word([Text(rest, False), *self.parts[1:]] if rest else self.parts[1:])


@dataclass(slots=True)
class Redirect:
    fd: int
    kind: Literal["<", ">", ">>", "dup", "<<"]
    target: Word


@dataclass(slots=True)
class Simple:
    assignments: list[tuple[str, Word]]
    words: list[Word]
    redirects: list[Redirect]


@dataclass(slots=True)
class Group:
    body: Sequence
    subshell: bool
    redirects: list[Redirect]


@dataclass(slots=True)
class If:
    branches: list[tuple[Sequence, Sequence]]
    otherwise: Sequence | None
    redirects: list[Redirect]


@dataclass(slots=True)
class For:
    name: str
    words: list[Word]
    body: Sequence
    redirects: list[Redirect]


@dataclass(slots=True)
class While:
    condition: Sequence
    body: Sequence
    until: bool
    redirects: list[Redirect]


@dataclass(slots=True)
class Case:
    subject: Word
    branches: list[tuple[list[Word], Sequence]]
    redirects: list[Redirect]


@dataclass(slots=True)
class Function:
    name: str
    body: Command


Command = Simple | Group | If | For | While | Case | Function


@dataclass(slots=True)
class Pipeline:
    commands: list[Command]
    negated: bool = False


@dataclass(slots=True)
class Item:
    """Pipelines joined by && and ||; in the background when it ended with &."""

    pipelines: list[tuple[str, Pipeline]]
    background: bool = False


@dataclass(slots=True)
class Sequence:
    items: list[Item] = field(default_factory=list)
