"""Parses what adb clients send to `sh`: lists, pipes, redirections, quotes, expansions, if/for/while/case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harness.twin.sh_syntax import (
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Item,
    Pipeline,
    Redirect,
    Sequence,
    Simple,
    SyntaxProblem,
    Text,
    Variable,
    While,
    Word,
)
from harness.twin.sh_words import WordReader

MAX_TEXT: Final = 512 * 1024
MAX_DEPTH: Final = 40
OPERATORS: Final = (
    "&&",
    "||",
    ";;",
    ">>",
    "<<<",
    "<<",
    "&>",
    ">&",
    "<&",
    ";",
    "&",
    "|",
    "(",
    ")",
    "<",
    ">",
    "\n",
)
REDIRECTIONS: Final = frozenset(("<", ">", ">>", ">&", "<&", "&>", "<<", "<<<"))
NAME: Final = re.compile(r"[A-Za-z_]\w*")


RESERVED: Final = frozenset(
    ("if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done")
) | frozenset(("case", "esac", "function", "{", "}"))


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


class _Parser(WordReader):
    def __init__(self, text: str, depth: int = 0) -> None:
        super().__init__(text, depth)
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
            case "function":
                self.take()
                return self.function(self.word())
            case str() as word if word in RESERVED:
                raise SyntaxProblem(f"syntax error: unexpected '{word}'")
        return self.simple()

    def function(self, word: Word) -> Function:
        """Behind the name; "()" may follow."""
        name = word.literal
        if name is None or not NAME.fullmatch(name) or name in RESERVED:
            raise SyntaxProblem(f"syntax error: bad function name '{name}'")
        if self.operator() == "(":
            self.take()
            self.expect_operator(")")
        self.newlines()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SyntaxProblem("syntax error: nested too deep")
        body = self.command()
        self.depth -= 1
        return Function(name, body)

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

    def simple(self) -> Simple | Function:
        found = Simple([], [], [])
        while (token := self.peek()) is not None:
            if token.operator in REDIRECTIONS:
                found.redirects += self.redirect()
            elif token.operator == "(" and len(found.words) == 1 and not found.assignments:
                return self.function(found.words[0])
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
        while self.operator() in REDIRECTIONS:
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
            case "<<<":
                return [Redirect(number, "<<", Word([*target.parts, Text("\n", True)]))]
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

    def nested(self, start: int) -> tuple[Sequence, int]:
        """The program of a $( at `start`, and where it ends."""
        parser = _Parser(self.text, self.depth)
        parser.at = start
        program = parser.sequence(())
        parser.expect_operator(")")
        return program, parser.at

    def whole(self, text: str) -> Sequence:
        parser = _Parser(text, self.depth)
        program = parser.sequence(())
        if parser.peek() is not None:
            raise SyntaxProblem(f"syntax error: unexpected '{parser.describe()}'")
        return program

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
        return _Token(None, self.read_word())
