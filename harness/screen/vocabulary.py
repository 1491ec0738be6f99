"""The words of ten languages, as data: vocabulary.tsv has a language, a role, how to match, and the words.

`exact` and `regex` rows are whole labels; `token` rows are pieces of labels with the class they belong to;
`within` rows are topics that a text is about, `stem` rows the pieces of which one is in every text about a
topic, and `words` rows the commonest words of a language.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

TOKEN_ORDER: Final = (
    "again", "optional", "refuse", "deny", "later", "basic", "exit", "login", "agree", "allow",
    "need", "only", "selected", "neg", "manage", "save", "ask", "fill",
)  # fmt: skip
"""Which class a piece is tried for first."""

MATCHES: Final = ("exact", "regex", "token", "within", "stem", "words")
ALPHABETIC: Final = ("en", "de", "fr", "es", "it", "pt")
CJK: Final = ("zh", "zh-Hans", "zh-Hant", "ja", "ko")


@dataclass(frozen=True, slots=True)
class Row:
    language: str
    role: str
    match: str
    text: str


@dataclass(frozen=True, slots=True)
class Matcher:
    """One pattern of many rows, and which row a match came from."""

    pattern: re.Pattern[str]
    rows: dict[str, Row]

    def row_of(self, match: re.Match[str]) -> Row:
        # The group of a row closes after all groups inside it, so it is the last one.
        return self.rows[str(match.lastgroup)]


@cache
def rows() -> tuple[Row, ...]:
    table = (files("harness.screen") / "vocabulary.tsv").read_text(encoding="utf-8")
    lines = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = tuple(Row(line["lang"], line["role"], line["match"], line["text"]) for line in lines)
    for row in found:
        if row.match not in MATCHES:
            raise ValueError(f"vocabulary.tsv: {row.match!r} is none of {', '.join(MATCHES)}")
    return found


@cache
def topics() -> dict[str, re.Pattern[str]]:
    """One pattern a topic, of all languages."""
    parts: dict[str, list[str]] = {}
    for row in rows():
        if row.match == "within":
            parts.setdefault(row.role, []).append(row.text)
    return {topic: re.compile("|".join(texts)) for topic, texts in parts.items()}


@cache
def stems() -> dict[str, tuple[str, ...]]:
    return {row.role: tuple(row.text.split("|")) for row in rows() if row.match == "stem"}


@cache
def common_words() -> dict[str, tuple[str, ...]]:
    """Which languages a word is common in."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows():
        if row.match == "words":
            for word in row.text.split():
                found[word] = (*found.get(word, ()), row.language)
    return found


def labels(roles: frozenset[str], is_cjk: bool) -> Matcher:
    """Whole labels of some roles, for labels with or without Chinese, Japanese or Korean characters."""
    chosen = [
        row for row in rows() if row.match in ("exact", "regex") and row.role in roles and _is_of(row, is_cjk)
    ]
    return _matcher(chosen, [re.escape(r.text) if r.match == "exact" else r.text for r in chosen])


def tokens(is_cjk: bool) -> Matcher:
    """Pieces of labels. Those of alphabets are whole words; a label in characters may hold words, too."""
    chosen = sorted(
        (row for row in rows() if row.match == "token" and (is_cjk or row.language not in CJK)),
        key=lambda row: TOKEN_ORDER.index(row.role),
    )
    texts = [
        row.text if row.language in CJK else rf"(?<![a-z0-9à-ÿ])(?:{row.text})(?!(?<=[a-z0-9à-ÿ])[a-z0-9à-ÿ])"
        for row in chosen
    ]
    return _matcher(chosen, texts)


def _is_of(row: Row, is_cjk: bool) -> bool:
    return row.language == "any" or (row.language in CJK) == is_cjk


def _matcher(chosen: Iterable[Row], texts: Iterable[str]) -> Matcher:
    names = {f"row{index}": row for index, row in enumerate(chosen)}
    parts = [f"(?P<{name}>{text})" for name, text in zip(names, texts, strict=True)]
    return Matcher(re.compile("|".join(parts)), names)
