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


class _Pieces:
    """Characters as they come, put together to the parts of a word."""

    def __init__(self, quoted: bool) -> None:
        self._word = Word()
        self._plain: list[str] = []
        self._quoted = quoted

    def char(self, char: str) -> None:
        self._plain.append(char)

    def part(self, *parts: Part) -> None:
        self._flush()
        self._word.parts += parts

    def word(self) -> Word:
        self._flush()
        return self._word

    def _flush(self) -> None:
        if self._plain:
            self._word.parts.append(Text("".join(self._plain), self._quoted))
            self._plain.clear()


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
        pieces = _Pieces(quoted=False)
        text = self.text
        while self.at < len(text):
            char = text[self.at]
            if char in " \t\r\n;&|()<>":
                break
            if char == "\\":
                if text.startswith("\\\n", self.at):
                    pieces.part()
                else:
                    pieces.part(Text(text[self.at + 1 : self.at + 2] or "\\", True))
                self.at += 2
            elif char == "'":
                stop = text.find("'", self.at + 1)
                if stop < 0:
                    raise SyntaxProblem("no closing quote")
                pieces.part(Text(text[self.at + 1 : stop], True))
                self.at = stop + 1
            elif char == '"':
                self.at += 1
                pieces.part(*(self.quoted_text('"').parts or [Text("", True)]))
            else:
                self._one(pieces, quoted=False)
        return pieces.word()

    def quoted_text(self, end: str | None) -> Word:
        """Text inside double quotes up to `end`; with None, all of it (a here document)."""
        pieces = _Pieces(quoted=True)
        text = self.text
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
                    pieces.char(text[self.at + 1])
                self.at += 2
            else:
                self._one(pieces, quoted=True)
        return pieces.word()

    def _one(self, pieces: _Pieces, quoted: bool) -> None:
        """What $ or ` begins, or one character that means itself."""
        char = self.text[self.at]
        if char not in "$`":
            pieces.char(char)
            self.at += 1
            return
        part = self._expansion(quoted)
        if isinstance(part, str):
            pieces.char(part)
        else:
            pieces.part(part)

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
