"""What a text is about, which documents it names, and which language it is in."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from harness.screen.vocabulary import ALPHABETIC, common_words, stems, topics

MAX_SAMPLE: Final = 3000
"""Characters of a text that are searched for a topic; an answer stands near its question."""


@lru_cache(maxsize=32768)
def about(topic: str, text: str) -> bool:
    """Whether a text holds words of a topic, in any language."""
    folded = text[:MAX_SAMPLE].casefold()
    # Looking for one of the pieces that every find has costs a tenth.
    required = stems().get(topic)
    if required is not None and not any(stem in folded for stem in required):
        return False
    return topics()[topic].search(folded) is not None


def comes_first(topic: str, other: str, text: str) -> bool:
    """Whether a text comes to one topic before it comes to another, if it does at all."""
    folded = text[:MAX_SAMPLE].casefold()
    first, second = topics()[topic].search(folded), topics()[other].search(folded)
    return first is not None and (second is None or first.start() < second.start())


def is_policy(text: str) -> bool:
    """Names a privacy policy (by any of its names)."""
    return about("policy", text)


def is_terms(text: str) -> bool:
    return about("terms", text)


def talks_privacy(text: str) -> bool:
    return about("privacy_talk", text)


def talks_consent(text: str) -> bool:
    return about("consent_talk", text)


def is_implicit(text: str) -> bool:
    """Says that going on counts as agreeing."""
    return about("implicit", text)


MAX_SPANS: Final = 20
_TITLED: Final = re.compile(r"《[^《》]{2,40}》|『[^『』]{2,30}』|「[^「」]{2,30}」")
_LISTED: Final = re.compile(r"SDK|清单|清單|目录|目錄", re.IGNORECASE)
"""Between the marks of a title: a list of what is collected or of who gets it."""


def policy_spans(text: str) -> list[tuple[int, int]]:
    """Where a text names a policy or terms: (start, end), marks of titles included."""
    if "《" not in text and not is_policy(text) and not is_terms(text):
        return []
    sample = text[:MAX_SAMPLE]
    folded = sample.casefold()
    if len(folded) != len(sample):
        # ß and a few others grow when folded; places in the text must stay.
        folded = sample.lower() if len(sample.lower()) == len(sample) else sample
    spans = [
        match.span()
        for match in _TITLED.finditer(sample)
        if _LISTED.search(match.group())
        or any(about(topic, match.group()) for topic in ("policy", "terms", "operator"))
    ]
    for topic in ("policy", "terms"):
        for match in topics()[topic].finditer(folded):
            if match.end() > match.start() and not any(
                start < match.end() and match.start() < end for start, end in spans
            ):
                spans.append(match.span())
    return sorted(spans)[:MAX_SPANS]


def weight(text: str) -> int:
    """How long a text is to a reader: a character of Chinese, Japanese or Korean says as much as two letters."""
    return len(text) + sum(character >= "\u3000" for character in text)


_HANT: Final = frozenset(
    "隱權與這個們閱讀協應條務訊資繼續絕離為據請會對於將來見員關門開時間後從動來學國說話還錄點檢視號碼設備"
    "裝憑證廣結總類機電腦網頁發現選擇實際體驗變過當產業進線單問題誌聯絡際處級導歡遊戲體認項調應該戶帳歸屬"
)
_HANS: Final = frozenset(
    "隐权与这个们阅读协应条务讯资继续绝离为据请会对于将来见员关门开时间后从动学国说话还录点检视号码设备"
    "装凭证广结总类机电脑网页发现选择实际体验变过当产业进线单问题联络处级导欢游戏认项调该户账归属"
)


def language_of(text: str, known: list[str]) -> str | None:
    """By script; for alphabets by common words and by the languages of the labels that were known."""
    sample = text[:4000]
    kana = len(re.findall(r"[\u3040-\u30ff]", sample))
    hangul = len(re.findall(r"[\uac00-\ud7af]", sample))
    han = len(re.findall(r"[\u3400-\u9fff]", sample))
    latin = len(re.findall(r"[A-Za-zÀ-ÿ]", sample))
    if 4 * (kana + hangul + han) >= latin and kana + hangul + han > 0:
        if hangul >= kana and hangul * 3 >= han:
            return "ko"
        if kana and kana * 8 >= han:
            return "ja"
        if han:
            old, new = (sum(character in marks for character in sample) for marks in (_HANT, _HANS))
            return "zh-Hant" if old > new else "zh-Hans"
    if latin < 2:
        return None
    votes: Counter[str] = Counter()
    for word in re.findall(r"[a-zà-ÿ]+", sample.lower()):
        for language in common_words().get(word, ()):
            votes[language] += 1
    for language in known:
        if language in ALPHABETIC:
            votes[language] += 2
    if not votes:
        return "en" if latin >= 3 else None
    best = max(votes.values())
    return next(language for language in ALPHABETIC if votes[language] == best)
