"""Bytes to search, with the way that led to each piece, worked out only when something is found there."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

PIECE_END: Final = b"\x1e"
KEY_END: Final = b"\x1f"
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s"{}\[\],:]+', re.S)

_WORDS: Final = re.compile(r"[a-z]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Step:
    """One step of decoding; the chain of parents is the way from the request to here."""

    __slots__ = ("label", "parent")

    def __init__(self, parent: Step | None, label: str) -> None:
        self.parent = parent
        self.label = label
        """A decoding ("gzip", "form:id", "json:/a/0"); for the first step, where in the request."""

    def way(self) -> tuple[str, list[str]]:
        """(where, decodings from outside in)"""
        labels: list[str] = []
        step = self.here()
        while step.parent is not None:
            labels.append(step.label)
            step = step.parent.here()
        return step.label, labels[::-1]

    def here(self) -> Step:
        return self


class Later(Step):
    """A step that is found only when someone asks: most pieces hold nothing."""

    __slots__ = ("_find", "_index")

    def __init__(self, find: Callable[[int], Step], index: int) -> None:
        super().__init__(None, "")
        self._find = find
        self._index = index

    def here(self) -> Step:
        return self._find(self._index).here()


class View:
    """One piece of bytes, all of it reached the same way."""

    is_binary = False

    def __init__(self, data: bytes, step: Step, is_binary: bool = False) -> None:
        self.data = data
        self.step = step
        self.is_binary = is_binary

    def step_at(self, offset: int) -> Step:
        return self.step

    def bounds(self, offset: int) -> tuple[int, int]:
        """Where the piece that holds `offset` begins and ends."""
        return 0, len(self.data)


class Joined(View):
    """Pieces side by side: one scan for all of them. `step_of` gives the way of a piece by its number."""

    def __init__(self, pieces: list[bytes], step_of: Callable[[int], Step], is_binary: bool = False) -> None:
        self.data = PIECE_END.join(pieces)
        self.is_binary = is_binary
        self._step_of = step_of
        self._sizes = [len(piece) for piece in pieces]
        self._starts: list[int] = []

    def step_at(self, offset: int) -> Step:
        return self._step_of(self._piece(offset))

    def bounds(self, offset: int) -> tuple[int, int]:
        index = self._piece(offset)
        return self._starts[index], self._starts[index] + self._sizes[index]

    def _piece(self, offset: int) -> int:
        if not self._starts:
            at = 0
            for size in self._sizes:
                self._starts.append(at)
                at += size + 1
        return bisect_right(self._starts, offset) - 1


class JsonText(View):
    """JSON as it was written. Right only without backslashes: then every string stands as it is meant."""

    def __init__(self, data: bytes, step: Step) -> None:
        super().__init__(data, step)
        self._pointers = Pointers(data)

    def step_at(self, offset: int) -> Step:
        return Step(self.step, f"json:{self._pointers.at(offset)}")

    def bounds(self, offset: int) -> tuple[int, int]:
        start = max(self.data.rfind(b'"', 0, offset), self.data.rfind(b",", 0, offset), offset - 200, 0)
        end = self.data.find(b'"', offset)
        return start, end if end >= 0 else len(self.data)

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """Of its keys and texts: a pointer holds no other."""
        return frozenset(words_of(self.data.decode("utf-8", "replace")))


class Pointers:
    """JSON pointers of places in a JSON text. Asking in order costs one walk over the text in all."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._start = self._end = 0
        self._restart()

    def at(self, offset: int) -> str:
        """The pointer of the value (or of the key's value) that stands at `offset`."""
        if offset < self._start:
            self._restart()
        while offset >= self._end:
            match = next(self._tokens, None)
            if match is None:
                break
            self._start, self._end = match.span()
            self._take(match.group())
        return pointer(["" if part is None else part for part in self._open])

    def _restart(self) -> None:
        self._tokens = _TOKEN.finditer(self._text)
        self._start = self._end = 0
        # For each open container: the index in a list, the key in an object, None before that is read.
        self._open: list[str | int | None] = []

    def _take(self, token: bytes) -> None:
        head = token[:1]
        if head in b"{[":
            self._open.append(None if head == b"{" else 0)
        elif head in b"}]":
            if self._open:
                self._open.pop()
        elif head == b"," and self._open:
            last = self._open[-1]
            self._open[-1] = last + 1 if isinstance(last, int) else None
        elif head == b'"' and self._open and self._open[-1] is None:
            self._open[-1] = token.strip(b'"').decode("utf-8", "replace")


def words_of(text: str) -> list[str]:
    """Lower-case words of Latin letters; camelCase is two."""
    return _WORDS.findall(_CAMEL.sub(" ", text).lower())


def pointer(parts: list[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
