"""People's identity data in responses, found by its form: numbers with a valid check digit, names with an
address. Values stay in raw/; the timeline holds their digests."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from harness.model.event import Exposed, Flow

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one response; what lies behind is not looked at."""
MOST_FOUND: Final = 200
MOST_DEPTH: Final = 60
MOST_SCREENS: Final = 64 * 1024 * 1024
_DIGITS: Final = re.compile(
    r"(?<![0-9A-Za-z.*+_-])(?:\+?86[- ]?)?(\d{16,19}|\d{17}[Xx]|1[3-9]\d{9})(?![0-9A-Za-z*_.-])"
)
_NAME: Final = re.compile(
    r"(?:^|_)(?:real_?name|full_?name|user_?name|contact(?:_?name)?|receiver(?:_?name)?|name)$", re.I
)
_ADDRESS: Final = re.compile(r"(?:addr|address|住址|地址)", re.I)
_CARD_KEY: Final = re.compile(r"card|bank|account|卡", re.I)
_UNION_PAY: Final = "62"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Data = Literal["id_number", "phone", "bank_card", "name_and_address"]


class Exposures:
    """Looks through the responses of one run and compares with its screens."""

    def __init__(self, folder: Path, load: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._load = load

    def on(self, flow: Flow, entry: dict[str, Any]) -> Flow:
        """The flow with what its response exposes; unchanged for what the sinkhole answered."""
        if flow.selftest or flow.answered_by == "sinkhole":
            return flow
        text = self._response(entry)
        sent = json.dumps(entry.get("request"), ensure_ascii=False) if text else ""
        found: dict[str, Exposed] = {}
        for data, value, where in _found(text):
            digest = hashlib.sha256(value.encode()).hexdigest()
            if digest not in found and len(found) < MOST_FOUND:
                own = value.split("|")[0] in sent
                found[digest] = Exposed(
                    data=data,
                    value_digest=digest,
                    where=where,
                    own=own,
                    shown=self._shown(value.split("|")[0]),
                )
        return flow.model_copy(update={"exposed": list(found.values())}) if found else flow

    def _response(self, entry: dict[str, Any]) -> str:
        content = (entry.get("response") or {}).get("content") or {}
        name = (entry.get("_harness") or {}).get("response_body")
        text = content.get("text")
        if isinstance(text, str):
            if content.get("encoding") == "base64":
                return _decoded(base64.b64decode(text[: MOST_BYTES * 2]))
            return text[:MOST_BYTES]
        return _decoded(self._load(name)[:MOST_BYTES]) if isinstance(name, str) else ""

    def _shown(self, value: str) -> Literal["plain", "masked", "absent", "unknown"]:
        screens = self._screens
        if not screens:
            return "unknown"
        if value in screens:
            return "plain"
        masked = re.compile(rf"{re.escape(value[:1])}[\w]*[*•＊x]{{2,}}[\w]*{re.escape(value[-1:])}")
        kept = any(_hides(one, value) for one in masked.findall(screens)[:1000])
        return "masked" if kept else "absent"

    @functools.cached_property
    def _screens(self) -> str:
        """The words of all screens of the run."""
        texts: list[str] = []
        size = 0
        for path in sorted((self._folder / "screens").glob("*.xml")):
            size += path.stat().st_size
            if size > MOST_SCREENS:
                return ""
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
        return "\n".join(texts)


def _hides(shown: str, value: str) -> bool:
    """`138****1234` hides 13812341234: what is left of it begins and ends the value."""
    head, tail = re.split(r"[*•＊x]{2,}", shown, maxsplit=1)
    return len(head) + len(tail) < len(value) and value.startswith(head) and value.endswith(tail)


def _found(text: str) -> Iterator[tuple[Data, str, str]]:
    try:
        document = json.loads(text) if text.lstrip()[:1] in ("{", "[") else None
    except (ValueError, RecursionError):
        document = None
    if document is None:
        for match in _DIGITS.finditer(text):
            data = _kind(match.group(1), "")
            if data is not None:
                yield data, match.group(1).upper(), f"@{match.start()}"
        return
    yield from _in_json(document, "", 0)


def _in_json(value: object, where: str, depth: int) -> Iterator[tuple[Data, str, str]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(value, dict):
        name = next((one for key, one in value.items() if _NAME.search(str(key)) and _plain(one)), None)
        address = next(
            (one for key, one in value.items() if _ADDRESS.search(str(key)) and _plain(one, 6)), None
        )
        if name is not None and address is not None:
            yield "name_and_address", f"{name}|{address}", where or "/"
        for key, one in value.items():
            yield from _in_json(one, f"{where}/{key}", depth + 1)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _in_json(one, f"{where}/{number}", depth + 1)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        for match in _DIGITS.finditer(str(value)[:10_000]):
            data = _kind(match.group(1), where.rpartition("/")[2])
            if data is not None:
                yield data, match.group(1).upper(), where


def _plain(value: object, shortest: int = 2) -> bool:
    return isinstance(value, str) and len(value.strip()) >= shortest and "*" not in value


def _kind(number: str, key: str) -> Data | None:
    if len(number) == 11:
        return "phone"
    if len(number) == 18 and _is_id(number):
        return "id_number"
    is_card = number.isdigit() and _luhn(number) and (number.startswith(_UNION_PAY) or _CARD_KEY.search(key))
    return "bank_card" if is_card else None


def _is_id(number: str) -> bool:
    """A mainland ID number: a real birthday and the check digit of GB 11643."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2100 or number[0] == "0":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _luhn(number: str) -> bool:
    digits = [int(one) for one in reversed(number)]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
