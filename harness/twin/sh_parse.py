"""Parses what adb clients send to `sh`: lists, pipes, redirections, quotes, expansions, if/for/while/case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harness.twin.sh_syntax import (
    Arithmetic,
    Case,
    Command,
    For,
    Group,
    If,
    Item,
    Part,
    Pipeline,
    Redirect,
    Sequence,
    Simple,
    Substitution,
    SyntaxProblem,
    Text,
    Variable,
    While,
    Word,
)

MAX_TEXT: Final = 512 * 1024
MAX_DEPTH: Final = 40
OPERATORS: Final = ("&&", "||", ";;", ">>", "<<", "&>", ">&", "<&", ";", "&", "|", "(", ")", "<", ">", "\n")
NAME: Final = re.compile(r"[A-Za-z_]\w*")


RESERVED: Final = frozenset(
    ("if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "{", "}")
)


def parse(text: str) -> Sequence:
    if len(text) > MAX_TEXT:
        raise SyntaxProblem(f"command line longer than {MAX_TEXT} characters")
    parser = _Parser(text)
    sequence = parser.sequence(())
    if parser.peek() is not None:
        raise SyntaxProblem(f"syntax error: unexpected '{parser.describe()}'")
    return sequence


@dataclass(slots=True)
class _Token:
    operator: str | None
    word: Word | None
    fd: int | None = None


class _Parser:
    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.depth = depth
        self._token: _Token | None = None
        self._ready = False
        self._heredocs: list[tuple[Redirect, str, bool, bool]] = []

    # -- grammar

    def sequence(self, ends: tuple[str, ...]) -> Sequence:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SyntaxProblem("syntax error: nested too deep")
        found = Sequence()
        while True:
            while self.operator() in ("\n", ";"):
                self.take()
            token = self.peek()
            if token is None or token.operator in (")", ";;") or self.keyword() in ends:
                break
            item = self.item()
            found.items.append(item)
            if self.operator() == "&":
                item.background = True
                self.take()
            elif self.operator() not in (";", "\n"):
                break
        self.depth -= 1
        return found

    def item(self) -> Item:
        item = Item([("", self.pipeline())])
        while (operator := self.operator()) in ("&&", "||"):
            self.take()
            self.newlines()
            item.pipelines.append((operator or "", self.pipeline()))
        return item

    def pipeline(self) -> Pipeline:
        negated = False
        while self.keyword() == "!":
            negated = not negated
            self.take()
        found = Pipeline([self.command()], negated)
        while self.operator() == "|":
            self.take()
            self.newlines()
            found.commands.append(self.command())
        return found

    def command(self) -> Command:
        if self.operator() == "(":
            self.take()
            body = self.sequence(())
            self.expect_operator(")")
            return Group(body, True, self.redirects())
        match self.keyword():
            case "{":
                self.take()
                body = self.sequence(("}",))
                self.expect("}")
                return Group(body, False, self.redirects())
            case "if":
                return self.conditional()
            case "for":
                return self.loop()
            case "while" | "until" as word:
                self.take()
                condition = self.sequence(("do",))
                return While(condition, self.body(), word == "until", self.redirects())
            case "case":
                return self.choice()
            case str() as word if word in RESERVED:
                raise SyntaxProblem(f"syntax error: unexpected '{word}'")
        return self.simple()

    def conditional(self) -> If:
        self.take()
        branches = []
        while True:
            condition = self.sequence(("then",))
            self.expect("then")
            branches.append((condition, self.sequence(("elif", "else", "fi"))))
            if self.keyword() != "elif":
                break
            self.take()
        otherwise = None
        if self.keyword() == "else":
            self.take()
            otherwise = self.sequence(("fi",))
        self.expect("fi")
        return If(branches, otherwise, self.redirects())

    def loop(self) -> For:
        self.take()
        name = self.word().literal
        if name is None or not NAME.fullmatch(name):
            raise SyntaxProblem("syntax error: bad for loop variable")
        words = [Word([Variable("@", True)])]
        self.newlines()
        if self.keyword() == "in":
            self.take()
            words = []
            while (token := self.peek()) is not None and token.word is not None:
                words.append(self.word())
        while self.operator() in (";", "\n"):
            self.take()
        return For(name, words, self.body(), self.redirects())

    def body(self) -> Sequence:
        self.expect("do")
        found = self.sequence(("done",))
        self.expect("done")
        return found

    def choice(self) -> Case:
        self.take()
        subject = self.word()
        self.newlines()
        self.expect("in")
        branches = []
        while True:
            while self.operator() in ("\n", ";"):
                self.take()
            if self.keyword() == "esac":
                break
            if self.operator() == "(":
                self.take()
            patterns = [self.word()]
            while self.operator() == "|":
                self.take()
                patterns.append(self.word())
            self.expect_operator(")")
            branches.append((patterns, self.sequence(("esac",))))
            if self.operator() == ";;":
                self.take()
        self.take()
        return Case(subject, branches, self.redirects())

    def simple(self) -> Simple:
        found = Simple([], [], [])
        while (token := self.peek()) is not None:
            if token.operator in ("<", ">", ">>", ">&", "<&", "&>", "<<"):
                found.redirects += self.redirect()
            elif token.word is not None:
                word = self.word()
                assignment = None if found.words else word.assignment()
                if assignment:
                    found.assignments.append(assignment)
                else:
                    found.words.append(word)
            else:
                break
        if not (found.words or found.assignments or found.redirects):
            raise SyntaxProblem(f"syntax error: unexpected '{self.describe()}'")
        return found

    def redirects(self) -> list[Redirect]:
        found: list[Redirect] = []
        while (self.operator() or "") in ("<", ">", ">>", ">&", "<&", "&>", "<<"):
            found += self.redirect()
        return found

    def redirect(self) -> list[Redirect]:
        token = self.peek()
        assert token is not None and token.operator is not None
        operator, fd = token.operator, token.fd
        self.take()
        if operator == "<<":
            return [self._heredoc(fd)]
        target = self.word()
        default = 0 if operator.startswith("<") else 1
        number = default if fd is None else fd
        if number > 2:
            raise SyntaxProblem(f"file descriptor {number} is not supported")
        match operator:
            case "<" | ">" | ">>":
                return [Redirect(number, operator, target)]
            case "&>":
                return [Redirect(1, ">", target), Redirect(2, "dup", Word([Text("1", False)]))]
            case _:
                return [Redirect(number, "dup", target)]

    def _heredoc(self, fd: int | None) -> Redirect:
        strip = self.text.startswith("-", self.at)
        if strip:
            self.at += 1
        start = self.at
        end = "".join(part.text for part in self.word().parts if isinstance(part, Text))
        quoted = bool(set(self.text[start : self.at]) & set("'\"\\"))
        redirect = Redirect(0 if fd is None else fd, "<<", Word())
        self._heredocs.append((redirect, end, strip, quoted))
        return redirect

    def _read_heredocs(self) -> None:
        """Called behind a newline: the bodies follow in the order they were asked for."""
        for redirect, end, strip, quoted in self._heredocs:
            lines = []
            while self.at < len(self.text):
                stop = self.text.find("\n", self.at)
                line = self.text[self.at : stop if stop >= 0 else len(self.text)]
                self.at = stop + 1 if stop >= 0 else len(self.text)
                line = line.lstrip("\t") if strip else line
                if line == end:
                    break
                lines.append(line + "\n")
            else:
                raise SyntaxProblem(f"here document '{end}' unclosed")
            body = "".join(lines)
            if quoted:
                redirect.target = Word([Text(body, True)])
            else:
                redirect.target = _Parser(body, self.depth).quoted_text(None)
        self._heredocs.clear()

    # -- tokens

    def peek(self) -> _Token | None:
        if not self._ready:
            self._token = self._next()
            self._ready = True
        return self._token

    def take(self) -> None:
        token = self.peek()
        self._ready = False
        if token is not None and token.operator == "\n" and self._heredocs:
            self._read_heredocs()

    def operator(self) -> str | None:
        token = self.peek()
        return token.operator if token else None

    def keyword(self) -> str | None:
        token = self.peek()
        return token.word.literal if token and token.word else None

    def word(self) -> Word:
        token = self.peek()
        if token is None or token.word is None:
            raise SyntaxProblem(f"syntax error: unexpected '{self.describe()}'")
        self.take()
        return token.word

    def newlines(self) -> None:
        while self.operator() == "\n":
            self.take()

    def expect(self, keyword: str) -> None:
        if self.keyword() != keyword:
            raise SyntaxProblem(f"syntax error: '{keyword}' expected, not '{self.describe()}'")
        self.take()

    def expect_operator(self, operator: str) -> None:
        if self.operator() != operator:
            raise SyntaxProblem(f"syntax error: '{operator}' expected, not '{self.describe()}'")
        self.take()

    def describe(self) -> str:
        token = self.peek()
        if token is None:
            return "EOF"
        if token.operator:
            return "newline" if token.operator == "\n" else token.operator
        return (token.word.literal if token.word else None) or "word"

    def _next(self) -> _Token | None:
        text = self.text
        while self.at < len(text):
            if text[self.at] in " \t\r":
                self.at += 1
            elif text.startswith("\\\n", self.at):
                self.at += 2
            elif text[self.at] == "#":
                stop = text.find("\n", self.at)
                self.at = stop if stop >= 0 else len(text)
            else:
                break
        if self.at >= len(text):
            return None
        if (match := re.compile(r"(\d)(?=[<>])").match(text, self.at)) is not None:
            self.at += 1
            token = self._next()
            assert token is not None
            token.fd = int(match[1])
            return token
        for operator in OPERATORS:
            if text.startswith(operator, self.at):
                self.at += len(operator)
                return _Token(operator, None)
        return _Token(None, self._word())

    def _word(self) -> Word:
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
            return Substitution(self._inner(inner), quoted)
        if text.startswith("$((", self.at):
            stop = self._matching(self.at + 3, "))")
            inner = text[self.at + 3 : stop]
            self.at = stop + 2
            return Arithmetic(_Parser(inner, self.depth + 1).quoted_text(None), quoted)
        if text.startswith("$(", self.at):
            nested = _Parser(text, self.depth)
            nested.at = self.at + 2
            program = nested.sequence(())
            nested.expect_operator(")")
            self.at = nested.at
            return Substitution(program, quoted)
        if text.startswith("${", self.at):
            return self._braced(quoted)
        if match := re.compile(r"\$([A-Za-z_]\w*|[?$#@*!0-9-])").match(text, self.at):
            self.at = match.end()
            return Variable(match[1], quoted)
        self.at += 1
        return "$"

    def _braced(self, quoted: bool) -> Variable:
        match = re.compile(r"\$\{(#?)([A-Za-z_]\w*|[?$#@*0-9])(:?[-=+?]|%%?|##?)?").match(self.text, self.at)
        if match is None:
            raise SyntaxProblem(f"bad substitution: {self.text[self.at : self.at + 40]}")
        stop = self._matching(match.end(), "}")
        inner = self.text[match.end() : stop]
        operator = match[3] or ("#length" if match[1] else "")
        if inner and not match[3]:
            raise SyntaxProblem(f"bad substitution: {self.text[self.at : stop + 1]}")
        self.at = stop + 1
        word = _Parser(inner, self.depth + 1).quoted_text(None) if match[3] else None
        return Variable(match[2], quoted, operator, word)

    def _inner(self, text: str) -> Sequence:
        parser = _Parser(text, self.depth)
        program = parser.sequence(())
        if parser.peek() is not None:
            raise SyntaxProblem(f"syntax error: unexpected '{parser.describe()}'")
        return program

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
