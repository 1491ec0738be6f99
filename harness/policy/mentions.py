"""Which kinds of data a sentence names, and whether it says that they are collected, or that they are not."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from harness.model.data_type import DataType
from harness.policy.text import Sentence
from harness.policy.words import Hit, Umbrella, families, kinds, topics

How = Literal["collects", "mentions", "denies"]
MOST_OF_A_WORD: Final = 8
_CLAUSE: Final = re.compile(r"[,，。.;；:：]")
_OPTIONAL: Final = re.compile(r"可选|选填|非必要|非必选|\boptional\b")
_REQUIRED: Final = re.compile(r"(?<!非)(?:必选|必要|必填)|\brequired\b|\bmandatory\b|\bnecessary\b")


@dataclass(frozen=True, slots=True)
class Mention:
    data_type: DataType
    word: str
    """As folded: lower case, half width."""
    how: How
    """`mentions`: named without saying that it is collected."""
    sentence: Sentence
    optional: bool | None = None
    """Whether it stands under 可选 (True) or 必选 (False); None where the text does not say."""


@dataclass(frozen=True, slots=True)
class WideTerm:
    """An umbrella term: it names no kind in particular."""

    id: str
    word: str
    covers: frozenset[DataType]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Named:
    """What one sentence (or cell) names."""

    mentions: tuple[Mention, ...]
    wide: tuple[WideTerm, ...]
    open_for: frozenset[DataType]
    """Kinds that the sentence's "etc." may stand for."""


def named(text: str, sentence: Sentence, collecting: bool = False, optional: bool | None = None) -> Named:
    """Of folded text. `collecting`: it stands where data that is collected is listed."""
    words = topics()
    hits = _hits(text)
    if not hits:
        return Named((), (), frozenset())
    denials = [] if words.unless.search(text) else list(_denials(text))
    collecting = collecting or any(
        all(not one.start <= verb.start() < one.end for one in denials)
        for verb in words.collects.finditer(text)
    )
    marks = _marks(text)
    mentions, wide = [], []
    for hit in hits:
        if isinstance(hit.means, Umbrella):
            if not _denied(text, hit, denials):
                wide.append(WideTerm(hit.means.id, hit.word, hit.means.covers, sentence))
        elif hit.means is not None:
            denied = _denied(text, hit, denials)
            how: How = "denies" if denied else "collects" if collecting else "mentions"
            mentions.append(
                Mention(hit.means, hit.word, how, sentence, _optional(marks, hit.start, optional))
            )
    open_for: frozenset[DataType] = frozenset()
    if words.and_so_on.search(text):
        told = {one.data_type for one in mentions if one.how != "denies"}
        open_for = frozenset(one for family in families() if told & family for one in family)
        open_for |= frozenset(one for term in wide for one in term.covers)
    return Named(tuple(mentions), tuple(wide), open_for)


def _hits(text: str) -> list[Hit[DataType | Umbrella | None]]:
    """Not more than a few of one meaning: a sentence that repeats itself says nothing new."""
    count: Counter[object] = Counter()
    hits = []
    for hit in kinds().find(text):
        count[hit.means] += 1
        if hit.means is not None and count[hit.means] <= MOST_OF_A_WORD:
            hits.append(hit)
    return hits


@dataclass(frozen=True, slots=True)
class _Denial:
    start: int
    end: int
    reach: int
    """What stands up to here is what is denied."""


def _denials(text: str) -> Iterator[_Denial]:
    words = topics()
    for match in itertools.islice(words.collects_not.finditer(text), MOST_OF_A_WORD):
        but = words.but.search(text, match.end())
        yield _Denial(match.start(), match.end(), but.start() if but else len(text))


def _denied(text: str, hit: Hit[DataType | Umbrella | None], denials: list[_Denial]) -> bool:
    """It follows the words that deny, or stands before them in the same clause."""
    for one in denials:
        if one.end <= hit.start < one.reach:
            return True
        if hit.end <= one.start and not _CLAUSE.search(text, hit.end, one.start):
            return True
    return False


def _marks(text: str) -> list[tuple[int, bool]]:
    """Where 必选 (False) and 可选 (True) stand, in order."""
    found = [(match.start(), True) for match in _OPTIONAL.finditer(text)]
    found += [(match.start(), False) for match in _REQUIRED.finditer(text)]
    return sorted(found)


def _optional(marks: list[tuple[int, bool]], at: int, otherwise: bool | None) -> bool | None:
    """By the last mark before it."""
    return next((optional for start, optional in reversed(marks) if start < at), otherwise)
