"""$(( )): integers, names, + - * / %, comparisons, and, or, not, parentheses. Results wrap at 64 bits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

TOKEN: Final = re.compile(
    r"\s*(?:(0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|(<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%()<>!~&|^]))"
)
LEVELS: Final = (
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!="),
    ("<", ">", "<=", ">="),
    ("<<", ">>"),
    ("+", "-"),
    ("*", "/", "%"),
)
MAX_TOKENS: Final = 1000
MAX_DEPTH: Final = 50


class BadExpression(Exception):
    pass


def evaluate(text: str, names: Mapping[str, str]) -> int:
    return _Evaluator(text, names).value()


class _Evaluator:
    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self.tokens: list[str] = []
        self.names = names
        self.depth = 0
        at = 0
        while at < len(text.rstrip()):
            match = TOKEN.match(text, at)
            if match is None or len(self.tokens) > MAX_TOKENS:
                raise BadExpression(f"{text}: unexpected '{text[at:].strip()[:20]}'")
            self.tokens.append(match[1] or match[2] or match[3])
            at = match.end()
        self.tokens.reverse()

    def value(self) -> int:
        result = self._level(0) if self.tokens else 0
        if self.tokens:
            raise BadExpression(f"unexpected '{self.tokens[-1]}'")
        return result

    def _level(self, level: int) -> int:
        if level == len(LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while self.tokens and self.tokens[-1] in LEVELS[level]:
            operator = self.tokens.pop()
            left = _wrap(_apply(operator, left, self._level(level + 1)))
        return left

    def _unary(self) -> int:
        self.depth += 1
        if not self.tokens or self.depth > MAX_DEPTH:
            raise BadExpression("unexpected end of expression")
        token = self.tokens.pop()
        try:
            match token:
                case "-":
                    return -self._unary()
                case "+":
                    return self._unary()
                case "!":
                    return int(not self._unary())
                case "~":
                    return ~self._unary()
                case "(":
                    inner = self._level(0)
                    if not self.tokens or self.tokens.pop() != ")":
                        raise BadExpression("')' expected")
                    return inner
        finally:
            self.depth -= 1
        if token[0].isdigit():
            return _number(token)
        if token[0].isalpha() or token[0] == "_":
            return _number(self.names.get(token, "").strip() or "0")
        raise BadExpression(f"unexpected '{token}'")


def _number(text: str) -> int:
    try:
        return _wrap(int(text, 16) if text[:2].lower() == "0x" else int(text, 10))
    except ValueError:
        raise BadExpression(f"{text}: not a number") from None


def _wrap(value: int) -> int:
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def _divide(left: int, right: int) -> int:
    if right == 0:
        raise BadExpression("divide by zero")
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


OPERATIONS: Final[dict[str, Callable[[int, int], int]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "%": lambda a, b: a - b * _divide(a, b),
    "<<": lambda a, b: a << (b & 63),
    ">>": lambda a, b: a >> (b & 63),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "&": lambda a, b: a & b,
    "^": lambda a, b: a ^ b,
    "|": lambda a, b: a | b,
    "&&": lambda a, b: int(bool(a) and bool(b)),
    "||": lambda a, b: int(bool(a) or bool(b)),
}


def _apply(operator: str, left: int, right: int) -> int:
    return OPERATIONS[operator](left, right)
