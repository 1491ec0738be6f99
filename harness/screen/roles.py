"""From the words on a button to its role, and what sentences are about. The words are data (vocabulary.tsv).

A role needs the whole label, never a part of it, so that 不同意 is not 同意 and "Disagree" is not "agree".
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

MAX_LABEL: Final = 48
"""A longer text is a sentence, not a button."""

_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff"
_GAP: Final = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_COUNT_BEHIND: Final = re.compile(
    r"(?<=\D)\s*(?:\(\s*\d{1,3}\s*(?:s|秒|sec|seconds)?\s*\)|\[\s*\d{1,3}\s*s?\s*\]|\d{1,3}\s*(?:s|秒))$"
)
_COUNT_BEFORE: Final = re.compile(r"^(?:\(\s*)?\d{1,3}\s*(?:s|秒)(?:\s*\))?\s*(?:后)?(?=\D)")
_EDGE: Final = " \t\n\"'“”‘’「」.。!！,，、:：;；>›»→<«‹→·|～~"


@dataclass(frozen=True, slots=True)
class Word:
    role: str
    language: str


@lru_cache(maxsize=32768)
def normalise(text: str) -> str:
    """One form for what people write in many: width, case, gaps between characters, countdowns, edges."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'").replace("`", "'")
    text = " ".join(text.split()).casefold()
    text = _GAP.sub("", text)
    shorter = _COUNT_BEFORE.sub("", _COUNT_BEHIND.sub("", text)).strip()
    return (shorter or text).strip(_EDGE) or text


@lru_cache(maxsize=32768)
def word_of(label: str) -> Word | None:
    """The role that a whole label has. None for anything that is not clearly one."""
    if len(label) > MAX_LABEL * 2:
        return None
    text = normalise(label)
    if not text or len(text) > MAX_LABEL:
        return None
    exact, pattern, words, parts = _vocabulary()
    found = exact.get(text)
    if found is None and (matched := pattern.fullmatch(text)) is not None:
        # The group of a row closes after all groups inside it, so it is the last one.
        found = words[str(matched.lastgroup)]
    if found is None and not is_policy(text):
        found = next((word for part, word in parts if part in text), None)
    return found


@lru_cache(maxsize=32768)
def is_policy(text: str) -> bool:
    """Names a privacy policy (by any of its names)."""
    return about("policy", text)


@lru_cache(maxsize=32768)
def is_terms(text: str) -> bool:
    return about("terms", text)


def talks_privacy(text: str) -> bool:
    return about("privacy_talk", text)


def talks_consent(text: str) -> bool:
    return about("consent_talk", text)


@lru_cache(maxsize=32768)
def is_implicit(text: str) -> bool:
    """Says that going on counts as agreeing."""
    return about("implicit", text)


def policy_spans(text: str) -> list[tuple[int, int]]:
    """Where a text names a policy or terms: (start, end), the book-title marks of Chinese included."""
    if "《" not in text and not is_policy(text) and not is_terms(text):
        return []
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"《[^《》]{2,40}》", text):
        inside = match.group()
        if is_policy(inside) or is_terms(inside) or word_of(inside[1:-1]) == Word("vendor_list", "zh-Hans"):
            spans.append(match.span())
    for topic in ("policy", "terms"):
        for match in _topics()[topic].finditer(text.casefold()):
            if not any(start <= match.start() < end for start, end in spans):
                spans.append(match.span())
    return sorted(spans)[:20]


_HANT: Final = frozenset("隱權與這個們閱讀協應條務訊資繼續絕離為據")
_HANS: Final = frozenset("隐权与这个们阅读协应条务讯资继续绝离为据")


def language_of(text: str, words: list[Word]) -> str | None:
    """By script; for Latin by the words that were known. None when nothing says."""
    sample = text[:4000]
    if re.search(r"[\u3040-\u30ff]", sample):
        return "ja"
    if re.search(r"[\uac00-\ud7af]", sample):
        return "ko"
    if re.search(r"[\u3400-\u9fff]", sample):
        old, new = (sum(character in marks for character in sample) for marks in (_HANT, _HANS))
        return "zh-Hant" if old > new else "zh-Hans"
    languages = [word.language for word in words if not word.language.startswith("zh")]
    if languages:
        return max(set(languages), key=lambda language: (languages.count(language), language != "en"))
    return "en" if re.search(r"[A-Za-z]{3}", sample) else None


def about(topic: str, text: str) -> bool:
    """Whether a text holds words of a topic (a `within` role of the vocabulary), in any language."""
    return _topics()[topic].search(text.casefold()) is not None


@cache
def _rows() -> list[dict[str, str]]:
    table = (files("harness.screen") / "vocabulary.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _topics() -> dict[str, re.Pattern[str]]:
    """One pattern a topic, of all languages: `within` rows."""
    parts: dict[str, list[str]] = {}
    for row in _rows():
        if row["match"] == "within":
            parts.setdefault(row["role"], []).append(row["text"])
    return {topic: re.compile("|".join(texts)) for topic, texts in parts.items()}


@cache
def _vocabulary() -> tuple[dict[str, Word], re.Pattern[str], dict[str, Word], list[tuple[str, Word]]]:
    """Whole labels; one pattern of all whole labels, in the order of the rows, with the word of each of its
    groups; parts of labels."""
    exact: dict[str, Word] = {}
    patterns: list[str] = []
    words: dict[str, Word] = {}
    parts: list[tuple[str, Word]] = []
    for row in _rows():
        word = Word(row["role"], row["lang"])
        match row["match"]:
            case "exact":
                exact[normalise(row["text"])] = word
            case "contains":
                parts.append((normalise(row["text"]), word))
            case "regex":
                name = f"row{len(patterns)}"
                patterns.append(f"(?P<{name}>{row['text']})")
                words[name] = word
            case "within":
                continue
            case other:
                raise ValueError(f"vocabulary.tsv: {other!r} is none of exact, contains, regex, within")
    return exact, re.compile("|".join(patterns)), words, parts
