"""Reads one word of shell text: quotes, escapes, and what $ and ` begin."""

from __future__ import annotations

import re
from typing import Final

from harness.twin.sh_syntax import (
    Arithmetic,
    Part,
    Sequence,
    Substitution,
    SyntaxProblem,
    Text,
    Variable,
    Word,
)

BRACED: Final = re.compile(r"\$\{(#?)([A-Za-z_]\w*|[?$#@*!0-9])(:?[-=+?]|%%?|##?|//?|:)?")


class WordReader:
    """Stands at `at` in `text`. The parser, which knows programs, builds on it."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.depth = depth

    def nested(self, start: int) -> tuple[Sequence, int]:
        """The program of a $( at `start`, and where it ends."""
        raise NotImplementedError

    def whole(self, text: str) -> Sequence:
        """All of a text as a program."""
        raise NotImplementedError

    def read_word(self) -> Word:
        word = Word()
        plain: list[str] = []
        text = self.text

        def flush() -> None:
            if plain:
                word.parts.append(Text("".join(plain), False))
                plain.clear()

        while self.at < len(text):
            char = text[self.at]
            if char in " \t\r\n;&|()<>":
                break
            if char == "\\":
                flush()
                if not text.startswith("\\\n", self.at):
                    word.parts.append(Text(text[self.at + 1 : self.at + 2] or "\\", True))
                self.at += 2
            elif char == "'":
                stop = text.find("'", self.at + 1)
                if stop < 0:
                    raise SyntaxProblem("no closing quote")
                flush()
                word.parts.append(Text(text[self.at + 1 : stop], True))
                self.at = stop + 1
            elif char == '"':
                flush()
                self.at += 1
                word.parts += self.quoted_text('"').parts or [Text("", True)]
            elif char in "$`":
                part = self._expansion(False)
                if isinstance(part, str):
                    plain.append(part)
                else:
                    flush()
                    word.parts.append(part)
            else:
                plain.append(char)
                self.at += 1
        flush()
        return word

    def quoted_text(self, end: str | None) -> Word:
        """Text inside double quotes up to `end`; with None, all of it (a here document)."""
        word = Word()
        plain: list[str] = []
        text = self.text

        def flush() -> None:
            if plain:
                word.parts.append(Text("".join(plain), True))
                plain.clear()

        while True:
            if self.at >= len(text):
                if end is None:
                    break
                raise SyntaxProblem("no closing quote")
            char = text[self.at]
            if char == end:
                self.at += 1
                break
            if char == "\\" and text[self.at + 1 : self.at + 2] in ("$", "`", '"', "\\", "\n"):
                if text[self.at + 1] != "\n":
                    plain.append(text[self.at + 1])
                self.at += 2
            elif char in "$`":
                part = self._expansion(True)
                if isinstance(part, str):
                    plain.append(part)
                else:
                    flush()
                    word.parts.append(part)
            else:
                plain.append(char)
                self.at += 1
        flush()
        return word

    def _expansion(self, quoted: bool) -> Part | str:
        """At a $ or `; a lone $ is the character itself."""
        text = self.text
        if text[self.at] == "`":
            stop = self.at + 1
            while stop < len(text) and text[stop] != "`":
                stop += 2 if text[stop] == "\\" else 1
            if stop >= len(text):
                raise SyntaxProblem("no closing quote")
            inner = re.sub(r"\\([$`\\])", r"\1", text[self.at + 1 : stop])
            self.at = stop + 1
            return Substitution(self.whole(inner), quoted)
        if text.startswith("$((", self.at):
            stop = self._matching(self.at + 3, "))")
            inner = text[self.at + 3 : stop]
            self.at = stop + 2
            return Arithmetic(type(self)(inner, self.depth + 1).quoted_text(None), quoted)
        if text.startswith("$(", self.at):
            program, self.at = self.nested(self.at + 2)
            return Substitution(program, quoted)
        if text.startswith("${", self.at):
            return self._braced(quoted)
        if match := re.compile(r"\$([A-Za-z_]\w*|[?$#@*!0-9-])").match(text, self.at):
            self.at = match.end()
            return Variable(match[1], quoted)
        self.at += 1
        return "$"

    def _braced(self, quoted: bool) -> Variable:
        match = BRACED.match(self.text, self.at)
        if match is None:
            raise SyntaxProblem(f"bad substitution: {self.text[self.at : self.at + 40]}")
        stop = self._matching(match.end(), "}")
        inner = self.text[match.end() : stop]
        operator = match[3] or ("#length" if match[1] else "")
        if inner and not match[3]:
            raise SyntaxProblem(f"bad substitution: {self.text[self.at : stop + 1]}")
        self.at = stop + 1
        word = type(self)(inner, self.depth + 1).quoted_text(None) if match[3] else None
        return Variable(match[2], quoted, operator, word)

    def _matching(self, start: int, end: str) -> int:
        depth = 0
        at = start
        while at < len(self.text):
            if depth == 0 and self.text.startswith(end, at):
                return at
            if self.text[at] in "({":
                depth += 1
            elif self.text[at] in ")}":
                depth -= 1
            at += 1
        raise SyntaxProblem(f"'{end}' expected")
