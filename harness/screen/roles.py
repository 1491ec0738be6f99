"""From the words on a button to its role. The words are data (vocabulary.tsv).

A role needs the whole label, never a part of it: the pieces of a label are read one by one, a negation turns
what stands next to it, and pieces that nobody knows leave a guess at most. So 不同意 is not 同意, "Disagree"
is not "agree", and "agree to pay" is nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from harness.screen.topics import about, is_policy
from harness.screen.vocabulary import Matcher, labels, rows, tokens

MAX_LABEL: Final = 60
MAX_CJK_LABEL: Final = 26
"""A longer text is a sentence, not a button."""

_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_HAS_CJK: Final = re.compile(rf"[{_CJK}]")
_GAP: Final = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])\s+(?=[\u3040-\u30ff\u3400-\u9fff])")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\ue000-\uf8ff\ufe0f]")
_COUNT_BEHIND: Final = re.compile(
    r"(?<=\D)\s*(?:\(\s*\d{1,3}\s*(?:s|秒|초|sek|sec|seconds|с)?\s*\)|\[\s*\d{1,3}\s*s?\s*\]|\d{1,3}\s*(?:s|秒|초))$"
)
_COUNT_BEFORE: Final = re.compile(r"^(?:\(\s*)?\d{1,3}\s*(?:s|秒|초)(?:\s*\))?\s*(?:后|後|후)?(?=\D)")
_ROLE_SUFFIX: Final = re.compile(
    r"[,，]\s*(?:按钮|button|ボタン|버튼|schaltfläche|bouton|botón|pulsante|botão)$"
)
_EDGE: Final = " \t\n\"'“”‘’「」『』.。!！,，、:：;；>›»→<«‹←·•|～~✓✔…-–—"

_FIRST: Final = frozenset({
    "withdraw", "delete_account", "logout", "optout", "ads_switch", "recommend_switch", "vendor_list",
    "one_key_login", "switch_login", "guest_login", "login_submit", "deny_dont_ask", "deny", "allow_once",
    "allow_foreground", "allow_always", "allow_limited", "allow", "goto_settings", "erase", "revoke",
})  # fmt: skip
"""Whole labels that say more than their pieces."""
_THEN: Final = frozenset({
    "refuse", "acknowledge", "confirm", "cancel", "later", "close", "exit", "manage", "accuracy_fine",
    "accuracy_coarse",
})  # fmt: skip
_ANSWERS: Final = frozenset({"agree", "agree_login", "refuse", "refuse_exit", "basic_mode"})
_TURNED: Final = {"agree": "refuse", "allow": "deny"}
_SILENT: Final = frozenset({"fill", "again", "optional", "save", "only"})
MAX_STRANGE: Final = 0.62
"""Of a label's letters that may be unknown for a guess."""


@dataclass(frozen=True, slots=True)
class Word:
    role: str
    language: str
    sure: bool = True
    """False: one piece of the label says so, and others are not known."""


@lru_cache(maxsize=32768)
def normalise(text: str) -> str:
    """One form for what people write in many: width, case, gaps between characters, countdowns, edges."""
    if text.isascii():
        text = " ".join(text.split()).casefold().replace("`", "'")
    else:
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'").replace("`", "'")
        text = _GAP.sub("", " ".join(text.split()).casefold())
    text = _ROLE_SUFFIX.sub("", text)
    shorter = _COUNT_BEFORE.sub("", _COUNT_BEHIND.sub("", text)).strip()
    return (shorter or text).strip(_EDGE) or text


def counts_down(label: str) -> bool:
    """Ends or begins with seconds, as an answer does that cannot be touched yet."""
    text = unicodedata.normalize("NFKC", label[:MAX_LABEL]).strip().casefold()
    return bool(_COUNT_BEHIND.search(text) or _COUNT_BEFORE.search(text))


_DENIED: Final = re.compile(
    r"^(?:do not|don't|no|not|nein|kein|ne pas|non|não|no,|不要?|暂不|暫不|先不)\s?(.+)$"
    r"|^(.+?)\s?(?:nicht|pas|(?:し)?ない|しません|안 ?함|하지 ?않(?:음|기|습니다)|안 ?하기)$"
)


def denied(label: str) -> str | None:
    """What a normalised label denies ("don't share": "share"); None when it denies nothing."""
    match = _DENIED.match(label)
    return (match[1] or match[2]).strip() if match is not None else None


def word_of(label: str) -> Word | None:
    """The role that a whole label has. None for anything that is not clearly one."""
    word = guess_of(label)
    return word if word is not None and word.sure else None


@lru_cache(maxsize=32768)
def guess_of(label: str) -> Word | None:
    """Like word_of, but also when pieces of the label are not known (then `sure` is False)."""
    if len(label) > MAX_LABEL * 2:
        return None
    text = normalise(label)
    is_cjk = _HAS_CJK.search(text) is not None
    if not text or len(text) > (MAX_CJK_LABEL if is_cjk else MAX_LABEL):
        return None
    if not _has_piece(text, answers=False):
        return None
    found = _whole(text, is_cjk, first=True)
    if found is not None:
        return found
    pieced = _pieced(text, is_cjk) if _has_piece(text, answers=True) else None
    if pieced is not None and pieced.sure:
        return pieced
    whole = _whole(text, is_cjk, first=False) or _led(text, pieced)
    return whole or (None if is_policy(text) else pieced)


def stem(label: str) -> str:
    """Without the ending that makes a verb of it (Japanese, Korean)."""
    return _ENDING.sub("", label)


_ENDING: Final = re.compile(r"(?:する|します|하기|함|합니다|할게요)$")


def is_led(label: str) -> bool:
    """Begins with yes or no, and says more."""
    return _LED.match(normalise(label)) is not None


def _led(text: str, pieced: Word | None) -> Word | None:
    """ "Yes, …" and "No, …", whatever follows, when what follows does not say another thing."""
    match = _LED.match(text)
    if match is None or about("poison", text) or "?" in text:
        return None
    if match["yes"]:
        return Word("confirm", "any") if pieced is None or pieced.role in ("agree", "allow") else None
    if about("choices", text):
        return Word("manage", "any")
    return Word("refuse", "any") if pieced is None or pieced.role in ("refuse", "deny") else None


_LED: Final = re.compile(
    r"(?:(?P<yes>yes|ja|oui|sí|sì|sim|是的?|はい|네|예)|(?:no|nein|non|não|不|否|いいえ|아니요|아니오))"
    r"[,，、;–—-]\s?\S.+"
)


def _whole(text: str, is_cjk: bool, first: bool) -> Word | None:
    matcher = _labels(is_cjk, first)
    matched = matcher.pattern.fullmatch(text)
    if matched is None:
        return None
    row = matcher.row_of(matched)
    return Word(row.role, row.language)


@dataclass(slots=True)
class _Piece:
    kind: str
    language: str
    apart: bool
    """A comma or the like stands before it."""


def _pieced(text: str, is_cjk: bool) -> Word | None:
    pieces, strange, letters = _pieces(text, is_cjk)
    role = _role(pieces)
    if role is None:
        return None
    if role in _ANSWERS and about("poison", text):
        return None
    if role in _ANSWERS and "?" in text:
        return None
    language = Counter(piece.language for piece in pieces).most_common(1)[0][0]
    if strange == 0:
        return Word(role, language)
    if role == "exit":
        return None
    return Word(role, language, sure=False) if strange <= MAX_STRANGE * letters else None


def _pieces(text: str, is_cjk: bool) -> tuple[list[_Piece], int, int]:
    """The known pieces in order, and how many letters are in none of them, of how many."""
    matcher = _tokens(is_cjk)
    pieces: list[_Piece] = []
    strange = letters = at = 0
    apart = False
    while at < len(text):
        character = text[at]
        if not character.isalnum() and character not in "&+":
            apart = apart or character in ",;:/|()"
            at += 1
            continue
        match = matcher.pattern.match(text, at)
        if match is None or match.end() == at:
            end = at + 1
            if not _HAS_CJK.match(character):
                while end < len(text) and text[end].isalnum() and not _HAS_CJK.match(text[end]):
                    end += 1
            strange += end - at
            letters += end - at
            at = end
            continue
        row = matcher.row_of(match)
        pieces.append(_Piece(row.role, row.language, apart))
        letters += match.end() - at
        apart = False
        at = match.end()
    return pieces, strange, letters


def _role(pieces: list[_Piece]) -> str | None:
    kinds = _turned([piece for piece in pieces if piece.kind not in _SILENT])
    if kinds is None or "ask" in kinds:
        return None
    silent = {piece.kind for piece in pieces}
    yes, no = kinds & {"agree", "allow"}, kinds & {"refuse", "deny"}
    if yes and no:
        return None
    if no:
        role = _refusal(kinds)
        return "deny_dont_ask" if role == "deny" and "again" in silent else role
    if yes:
        return _agreement(kinds, "only" in silent or pieces[0].language not in ("zh", "ja", "ko"))
    if "need" in kinds and "only" in silent:
        return "refuse"
    if kinds == {"basic"}:
        return "basic_mode"
    return "exit" if kinds == {"exit"} and "save" not in silent else None


def _refusal(kinds: set[str]) -> str | None:
    if "manage" in kinds:
        return "manage"
    if "login" in kinds or "neg" in kinds:
        return None
    if "basic" in kinds:
        return "basic_mode"
    if "exit" in kinds:
        return "refuse_exit"
    return "refuse" if "refuse" in kinds else "deny"


def _agreement(kinds: set[str], limited: bool) -> str | None:
    if kinds & {"neg", "later", "exit", "manage", "basic"}:
        return None
    if "need" in kinds:
        return "refuse" if limited else None
    if "selected" in kinds:
        return "confirm"
    if "login" in kinds:
        return "agree_login" if "agree" in kinds else None
    return "agree" if "agree" in kinds else "allow"


def _turned(pieces: list[_Piece]) -> set[str] | None:
    """The kinds, with each negation applied to its neighbour. None when it denies a refusal."""
    kinds = [piece.kind for piece in pieces]
    done = [False] * len(pieces)
    for at, piece in enumerate(pieces):
        if piece.kind != "neg":
            continue
        after = at + 1 if at + 1 < len(pieces) and not pieces[at + 1].apart else None
        before = at - 1 if at > 0 and not piece.apart else None
        for side in (after, before):
            if side is None:
                continue
            if kinds[side] in _TURNED:
                kinds[side] = _TURNED[kinds[side]]
                done[side] = done[at] = True
                break
            if done[side]:
                done[at] = True
                break
            if kinds[side] in ("refuse", "deny"):
                return None
    return {kind for kind, used in zip(kinds, done, strict=True) if not (kind == "neg" and used)}


@cache
def _labels(is_cjk: bool, first: bool) -> Matcher:
    return labels(_FIRST if first else _THEN, is_cjk)


@cache
def _tokens(is_cjk: bool) -> Matcher:
    return tokens(is_cjk)


def _has_piece(text: str, answers: bool) -> bool:
    """Whether any piece of a known label (or of one that answers) is in it: most labels of a page can be left
    at that."""
    if len(text) <= 3 and not answers:
        return not text.isdigit()
    starts, pairs = _known_pieces(answers)
    if not text.isascii() and any(text[at : at + 2] in pairs for at in range(len(text) - 1)):
        return True
    return any(word[:3] in starts and word not in _COMMON for word in _WORDS.findall(text))


_WORDS: Final = re.compile(r"[a-zà-ÿ]{2,}")
_COMMON: Final = frozenset({
    "the", "and", "this", "that", "you", "your", "our", "for", "with", "any", "app", "use", "are", "get", "don",
})  # fmt: skip
_ANSWERING: Final = frozenset({"agree", "refuse", "allow", "deny", "need", "basic", "exit"})


@cache
def _known_pieces(answers: bool) -> tuple[frozenset[str], frozenset[str]]:
    """First three letters of the words in labels; pairs of characters that are next to each other in them."""
    starts: set[str] = set()
    pairs: set[str] = set()
    for row in rows():
        if row.match in ("within", "stem", "words") or (row.match == "token") != answers:
            continue
        if answers and row.role not in _ANSWERING:
            continue
        starts |= {word[:3] for word in _WORDS.findall(row.text) if word not in _COMMON}
        for run in re.findall(rf"[{_CJK}]{{2,}}", row.text):
            pairs |= {run[at : at + 2] for at in range(len(run) - 1)}
        for one in re.findall(rf"(?<![{_CJK}])([{_CJK}])(?![{_CJK}])", row.text):
            pairs.add(one)
    return frozenset(starts), frozenset(pairs)
