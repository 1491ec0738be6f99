"""What a request carries by what is known of its sender, where no planted value tells."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from harness.model.event import StatedValue
from harness.sdks.match import signature_of_host
from harness.sdks.sender import Datum, Sender, load_senders
from harness.timeline.fields import NamedValue, named_values
from harness.timeline.har_request import Load

_EXCERPT: Final = 200
_MOST: Final = 200
"""Values told of one request; a batch of a thousand events says the same thing a thousand times."""
_NOTHING: Final = frozenset(
    {
        "",
        "unknown",
        "null",
        "none",
        "undefined",
        "n/a",
        "na",
        "nil",
        "default",
        "02:00:00:00:00:00",
        "true",
        "false",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    names: list[tuple[str, str]]
    """("header:<name>" | "query:<name>" | "cookie:<name>" | "body:<name>", value); empty where nobody needs
    them: the host is in the catalogue and no sender is known there."""
    senders: list[str]
    """Ids of the known senders whose host, path and marks fit."""
    stated: list[StatedValue]


def read_request(entry: dict[str, Any], load: Load) -> Reading:
    """What the named values of a HAR entry's request say."""
    url = urlsplit(str(entry["request"]["url"]))
    host = (url.hostname or "").lower()
    candidates = [one for one in load_senders() if _fits(one, host, url.path or "/")]
    if not candidates and signature_of_host(host) is not None:
        return Reading([], [], [])
    values = list(named_values(entry, load))
    pairs = [(_name_of(one), one.value) for one in values]
    names = {name for name, _ in pairs}
    senders = [one for one in candidates if names.issuperset(one.marks)]
    return Reading(pairs, [one.id for one in senders], _stated_values(senders, values))


def _name_of(one: NamedValue) -> str:
    if one.where == "body":
        return f"body:{one.key}"
    return f"query:{one.key}" if one.where == "url" else one.where


def _stated_values(senders: Sequence[Sender], values: Sequence[NamedValue]) -> list[StatedValue]:
    """Values at places that are known for one of the senders, each place once, at most `_MOST`."""
    out: dict[tuple[str, str, str], StatedValue] = {}
    for sender in senders:
        for datum in sender.data:
            for one in values:
                if len(out) >= _MOST:
                    return list(out.values())
                if _stands_at(one, datum.at) and not _says_nothing(one.value):
                    stated = _stated(sender, datum, one)
                    out.setdefault((stated.data_type, stated.where, "/".join(stated.decodings)), stated)
    return list(out.values())


def _fits(sender: Sender, host: str, path: str) -> bool:
    if sender.hosts and not any(host == one or host.endswith("." + one) for one in sender.hosts):
        return False
    return re.fullmatch(sender.path, path) is not None


def _stated(sender: Sender, datum: Datum, one: NamedValue) -> StatedValue:
    return StatedValue(
        sender=sender.id, data_type=datum.data_type, where=one.where, decodings=list(one.way),
        value_digest=hashlib.sha256(one.value.encode("utf-8", "replace")).hexdigest(),
        excerpt=one.value[:_EXCERPT], because=datum.because or sender.because,
    )  # fmt: skip


def _stands_at(one: NamedValue, at: str) -> bool:
    where, steps = _steps(at)
    if one.where != where:
        return False
    place = one.place
    return len(place) == len(steps) and all(
        step.fullmatch(label) is not None for step, label in zip(steps, place, strict=True)
    )


@functools.cache
def _steps(at: str) -> tuple[str, tuple[re.Pattern[str], ...]]:
    """(where, one expression for each document on the way)"""
    parts = at.split(">")
    kind, _, name = parts[0].partition(":")
    if kind in ("header", "cookie"):
        return f"{kind}:{name}", tuple(_step(part) for part in parts[1:])
    return ("url" if kind == "query" else "body"), tuple(_step(part) for part in parts)


def _step(part: str) -> re.Pattern[str]:
    kind, _, path = part.partition(":")
    if not path.startswith("/"):
        return re.compile(re.escape(part).replace(r"\*", "[^/]*"))
    told = "".join(
        r"(?:/[^/]*)*" if one == "**" else r"/[^/]*" if one == "*" else "/" + re.escape(one)
        for one in path.split("/")[1:]
    )
    return re.compile(f"{kind}:{told}")


def _says_nothing(value: str) -> bool:
    bare = {sign for sign in value.lower() if sign.isalnum()}
    return value.strip().lower() in _NOTHING or bare <= {"0"}
