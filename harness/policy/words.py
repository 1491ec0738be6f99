"""The word tables in harness/policy/words, made ready to search with: each search is one pass over the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import yaml

from harness.model.data_type import DATA_TYPES, DataType
from harness.model.errors import InputError
from harness.policy.fold import folded

TABLES: Final = Path(__file__).parent / "words"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    start: int
    end: int
    word: str
    means: T


class Lexicon(Generic[T]):
    """Words with a meaning each. At one place the longest word counts, and none inside it."""

    def __init__(self, words: Mapping[str, T]) -> None:
        self._means: Final = dict(words)
        self._pattern: Final = re.compile(_tree_pattern(self._means)) if self._means else None

    def find(self, text: str) -> Iterator[Hit[T]]:
        """In folded text, from left to right, not overlapping."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            yield Hit(match.start(), match.end(), match.group(), self._means[match.group()])


@dataclass(frozen=True, slots=True)
class Umbrella:
    """A term so wide that it names no kind in particular."""

    id: str
    covers: frozenset[DataType]


@dataclass(frozen=True, slots=True)
class Topics:
    elements: Mapping[str, re.Pattern[str]]
    abroad_told: re.Pattern[str]
    abroad_denied: re.Pattern[str]
    collects: re.Pattern[str]
    collects_not: re.Pattern[str]
    unless: re.Pattern[str]
    but: re.Pattern[str]
    and_so_on: re.Pattern[str]
    third_party: re.Pattern[str]
    purposes: Mapping[str, re.Pattern[str]]


@functools.cache
def kinds() -> Lexicon[DataType | Umbrella | None]:
    """None is a word that only looks like a kind of data."""
    table = _table("kinds.yaml")
    words: dict[str, DataType | Umbrella | None] = {}
    for data_type in DATA_TYPES:
        _enter(words, table["kinds"].get(data_type, {}), data_type)
    unknown = set(table["kinds"]) - set(DATA_TYPES)
    for name, said in table["umbrella"].items():
        covers = frozenset(one for one in DATA_TYPES if one in said["covers"])
        unknown |= set(said["covers"]) - set(DATA_TYPES)
        _enter(words, said, Umbrella(name, covers))
    _enter(words, table["not_data"], None)
    if unknown:
        raise InputError(f"{TABLES / 'kinds.yaml'}: not data types: {', '.join(sorted(unknown))}")
    return Lexicon(words)


@functools.cache
def families() -> tuple[frozenset[DataType], ...]:
    table = _table("kinds.yaml")
    return tuple(frozenset(one for one in DATA_TYPES if one in family) for family in table["families"])


@functools.cache
def topics() -> Topics:
    table = _table("topics.yaml")
    return Topics(
        elements={name: _any_of(patterns) for name, patterns in table["elements"].items()},
        abroad_told=_any_of(table["transfer_abroad"]["told"]),
        abroad_denied=_any_of(table["transfer_abroad"]["denied"]),
        purposes={name: _any_of(patterns) for name, patterns in table["purposes"].items()},
        **{
            name: _any_of(table[name])
            for name in ("collects", "collects_not", "unless", "but", "and_so_on", "third_party")
        },
    )


@functools.cache
def labels() -> Mapping[str, str]:
    """Folded field name → what it holds: name, company, kinds, purpose …"""
    return {folded(str(word)): role for role, words in _table("labels.yaml").items() for word in words}


def _enter(words: dict[str, T], said: Mapping[str, Sequence[str]], means: T) -> None:
    for word in said.get("zh", ()):
        words[folded(word)] = means
    for word in said.get("en", ()):
        for form in (word, f"{word}s"):
            words.setdefault(folded(form), means)


def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((TABLES / name).read_text(encoding="utf-8"))
    return table


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _tree_pattern(words: Iterable[str]) -> str:
    """One pattern that shares beginnings, so that a place in the text is looked at once and not once a word."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    # A word in Latin letters stands alone; a Chinese one may stand anywhere.
    latin, other = ({k: v for k, v in root.items() if k.isascii() == ascii} for ascii in (True, False))
    parts = []
    if latin:
        parts.append(rf"(?<![a-z0-9]){_branches(latin, '')}")
    if other:
        parts.append(_branches(other, ""))
    return "|".join(parts)


def _branches(node: dict[str, Any], last: str) -> str:
    parts = [re.escape(letter) + _branches(rest, letter) for letter, rest in node.items() if letter]
    if "" in node:
        parts.append("(?![a-z0-9])" if last.isascii() and last.isalnum() else "")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
