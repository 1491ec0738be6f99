"""What words become: variables, substitutions, splitting at blanks, file patterns."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Awaitable, Callable
from collections.abc import Sequence as Texts
from typing import TYPE_CHECKING, Final, assert_never

from harness.twin.arithmetic import evaluate
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

if TYPE_CHECKING:
    from harness.twin.sh import Shell

SH: Final = "/system/bin/sh"
MAX_WORDS: Final = 100_000
GLOB: Final = re.compile(r"[*?\[]")


class Expander:
    """Expands for one shell; `substitute` runs a $( ) and gives its output."""

    def __init__(self, shell: Shell, substitute: Callable[[Sequence], Awaitable[str]]) -> None:
        self._shell = shell
        self._substitute = substitute

    async def words(self, words: Texts[Word]) -> list[str]:
        found: list[str] = []
        for word in words:
            found += await self._fields(word)
            if len(found) > MAX_WORDS:
                raise SyntaxProblem("argument list too long")
        return found

    async def text(self, word: Word) -> str:
        """A word without splitting or file patterns: assignments, redirections, case subjects."""
        pieces = self._tilde([(await self._part(part), part.quoted) for part in word.parts])
        return "".join(text for text, _ in pieces)

    async def pattern(self, word: Word) -> str:
        """For fnmatch: what was quoted stands for itself."""
        return "".join([_literal(await self._part(part), part.quoted) for part in word.parts])

    async def _fields(self, word: Word) -> list[str]:
        """One word's fields: unquoted expansions are split, then unquoted patterns match files."""
        pieces: list[list[tuple[str, bool]]] = [[]]
        for part in word.parts:
            if isinstance(part, Variable) and part.name == "@" and part.quoted:
                for index, argument in enumerate(self._shell.arguments):
                    if index:
                        pieces.append([])
                    pieces[-1].append((argument, True))
                continue
            text = await self._part(part)
            if part.quoted or isinstance(part, Text):
                pieces[-1].append((text, part.quoted))
            else:
                _split(text, pieces)
        if word.parts and isinstance(word.parts[0], Text) and not word.parts[0].quoted:
            pieces[0] = self._tilde(pieces[0])
        return [field for piece in pieces if piece for field in self._glob(piece)]

    def _tilde(self, pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
        text, quoted = pieces[0] if pieces else ("", True)
        if not quoted and (text == "~" or text.startswith("~/")):
            return [(self._shell.env.get("HOME", "/").rstrip("/") + text[1:] or "/", False), *pieces[1:]]
        return pieces

    def _glob(self, pieces: list[tuple[str, bool]]) -> list[str]:
        text = "".join(piece for piece, _ in pieces)
        if not any(GLOB.search(piece) for piece, quoted in pieces if not quoted):
            return [text]
        return self._matches("".join(_literal(piece, quoted) for piece, quoted in pieces)) or [text]

    def _matches(self, pattern: str) -> list[str]:
        files, cwd = self._shell.device.files, self._shell.cwd
        found = ["/"] if pattern.startswith("/") else [""]
        for part in [part for part in pattern.split("/") if part]:
            following: list[str] = []
            for base in found:
                try:
                    names = os.listdir(files.check_read(base or ".", cwd))
                except OSError:
                    continue
                hidden = part.startswith(".")
                following += [
                    base + name + "/"
                    for name in sorted(names)
                    if (hidden or not name.startswith(".")) and fnmatch.fnmatchcase(name, part)
                ]
            found = following[:MAX_WORDS]
        return found if pattern.endswith("/") else [each.rstrip("/") for each in found]

    async def _part(self, part: Part) -> str:
        match part:
            case Text():
                return part.text
            case Variable():
                return await self._variable(part)
            case Substitution():
                return await self._substitute(part.program)
            case Arithmetic():
                return str(evaluate(await self.text(part.expression), self._shell.env))
            case _:
                assert_never(part)

    def _value(self, name: str) -> str | None:
        shell = self._shell
        match name:
            case "?":
                return str(shell.status)
            case "$":
                return str(shell.pid)
            case "#":
                return str(len(shell.arguments))
            case "@" | "*":
                return " ".join(shell.arguments)
            case "!":
                return str(shell.last_job or "")
            case "-":
                return ""
            case "0":
                return SH
        if name.isdigit():
            index = int(name)
            return shell.arguments[index - 1] if index <= len(shell.arguments) else None
        return shell.env.get(name)

    def _slice(self, value: str, bounds: str) -> str:
        """${x:start} and ${x:start:length}"""
        first, colon, second = bounds.partition(":")
        start = evaluate(first, self._shell.env)
        start = max(0, len(value) + start) if start < 0 else start
        if not colon:
            return value[start:]
        length = evaluate(second, self._shell.env)
        return value[start : start + length] if length >= 0 else value[start:length]

    async def _variable(self, part: Variable) -> str:
        value = self._value(part.name)
        operator, word = part.operator, part.word
        if operator == "#length":
            return str(len(value or ""))
        if not operator or word is None:
            return value or ""
        if operator in ("/", "//"):
            return _replaced(value or "", await self.pattern(word), operator == "//")
        if operator == ":":
            return self._slice(value or "", await self.text(word))
        missing = value is None or (operator.startswith(":") and not value)
        match operator.lstrip(":"):
            case "-":
                return await self.text(word) if missing else value or ""
            case "+":
                return "" if missing else await self.text(word)
            case "=":
                if missing:
                    self._shell.env[part.name] = value = await self.text(word)
                return value or ""
            case "?":
                if missing:
                    raise SyntaxProblem(
                        f"{part.name}: {await self.text(word) or 'parameter null or not set'}"
                    )
                return value or ""
            case _:
                return _cut(value or "", await self.text(word), operator)


def _replaced(value: str, rule: str, everywhere: bool) -> str:
    """${x/pattern/text}: the longest match counts, as in mksh."""
    pattern, _, text = rule.partition("/")
    if not pattern:
        return value
    wanted = re.compile(fnmatch.translate(pattern).removesuffix(r"\Z"), re.DOTALL)
    return wanted.sub(lambda _: text, value, count=0 if everywhere else 1)


def _split(text: str, pieces: list[list[tuple[str, bool]]]) -> None:
    """Add an unquoted expansion to the fields: blanks in it end one and begin the next."""
    fields = text.split()
    if text[:1].isspace() and pieces[-1]:
        pieces.append([])
    for index, field in enumerate(fields):
        if index:
            pieces.append([])
        pieces[-1].append((field, False))
    if fields and text[-1:].isspace():
        pieces.append([])


def _literal(text: str, quoted: bool) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text) if quoted else text


def _cut(value: str, pattern: str, operator: str) -> str:
    """${x#pattern}, ${x##pattern}, ${x%pattern}, ${x%%pattern}"""
    lengths = range(len(value) + 1)
    for length in reversed(lengths) if len(operator) == 2 else lengths:
        piece = value[:length] if operator[0] == "#" else value[len(value) - length :]
        if fnmatch.fnmatchcase(piece, pattern):
            return value[length:] if operator[0] == "#" else value[: len(value) - length]
    return value
