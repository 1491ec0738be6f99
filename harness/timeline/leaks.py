"""Personal values in traffic: every form of every watched value, in every layer that can be decoded."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import hyperscan

from harness.model.data_type import DataType
from harness.model.event import FoundValue
from harness.timeline.decode import Decoder
from harness.timeline.expand import KEYS, Pattern, is_watchable, outputs, patterns
from harness.timeline.har_request import Load
from harness.timeline.transforms import Transform
from harness.timeline.view import KEY_END, PIECE_END, JsonText, View, words_of

_MOST_STRONG: Final = 20
_MOST_WEAK: Final = 500
_MOST_ENGINES: Final = 8
"""Every added batch is an engine of its own, which each scan runs through; more than these become one."""
_BATCH: Final = 1 << 18
"""Bytes of views that are scanned together."""
_BETWEEN: Final = PIECE_END * 2
_DEEPEST: Final = 4
_LONGEST_SALT: Final = 64
_NEAR: Final = 256
_EXCERPT: Final = 200
_LOCATED: Final = re.compile(
    r"\A(?:json|json-lines|form|query|multipart|protobuf|grpc|msgpack|cbor|thrift|xml|sentry|websocket):"
)
_WRITTEN: Final = re.compile(
    r"\A(?:url|upper|lower|mixed-case|no-separators|separators|local-number|decimal|reversed|truncated:.*|rounded:.*|scaled:.*)\Z"
)


@dataclass(frozen=True, slots=True)
class WatchedValue:
    data_type: DataType
    value: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    found: list[FoundValue]
    errors: list[str]
    """What could not be decoded, and bounds that were met: places where a value could still be."""


class _Match(NamedTuple):
    start: int
    end: int
    pattern: Pattern


class _Crowd:
    """Matches by where they begin, to ask which are close to one another."""

    def __init__(self, matches: list[_Match]) -> None:
        self.matches = matches
        self._starts = [match.start for match in matches]
        self._longest = max((match.end - match.start for match in matches), default=0)

    def near(self, match: _Match, reach: int) -> list[_Match]:
        first = bisect_left(self._starts, match.start - reach - self._longest)
        last = bisect_left(self._starts, match.end + reach)
        return [one for one in self.matches[first:last] if one.end > match.start - reach]


@dataclass(frozen=True)
class _Hit:
    value: int
    where: str
    way: tuple[str, ...]
    """Decodings down to the bytes that were searched."""
    form: tuple[str, ...]
    """What was found there: the labels of the pattern."""
    excerpt: str
    size: int
    """Bytes that it took there."""

    @functools.cached_property
    def labels(self) -> tuple[str, ...]:
        return _fold([*self.way, *self.form])

    @functools.cached_property
    def codings(self) -> list[str]:
        """Its decodings alone, without the places."""
        return [
            label
            for label in _canonical(self.labels)
            if not _LOCATED.match(label) and not _WRITTEN.match(label)
        ]

    @functools.cached_property
    def places(self) -> tuple[str, ...]:
        return tuple(label for label in self.labels if _LOCATED.match(label))


class Watcher:
    """Searches requests for watched values. More can be added while it is in use, at their own cost."""

    def __init__(
        self, values: Iterable[WatchedValue] = (), keys: Sequence[bytes] = (), salts: Sequence[bytes] = ()
    ) -> None:
        """`keys` and `salts` are those seen in use: hashes keyed or salted with them are recognised too."""
        self.values: list[WatchedValue] = []
        self._known: set[WatchedValue] = set()
        self._patterns: list[Pattern] = []
        self._digests: list[str] = []
        self._engines: list[hyperscan.Database] = []
        self._keys, self._salts = tuple(keys), tuple(salts)
        self.add(values)

    def add(self, values: Iterable[WatchedValue]) -> int:
        """Watch more values; returns how many were new and worth watching (see `expand.is_watchable`)."""
        first, before = len(self._patterns), len(self.values)
        for one in values:
            if one in self._known or not is_watchable(one.value):
                continue
            self._known.add(one)
            self._patterns.extend(
                patterns(len(self.values), one.data_type, one.value, self._keys, self._salts)
            )
            self.values.append(one)
            self._digests.append(hashlib.sha256(one.value.encode("utf-8", "replace")).hexdigest())
        self._compile_from(first)
        return len(self.values) - before

    def learn(self, transforms: Sequence[Transform]) -> int:
        """Watch what the app's own hashes and ciphers gave for watched values too; returns for how many.

        The output of one may be the input of another, so what is left is gone through again, up to `_DEEPEST`
        times.
        """
        left, known = list(transforms), 0
        for _ in range(_DEEPEST):
            first = len(self._patterns)
            rest = [one for one in left if not self._learn(one)]
            known += len(left) - len(rest)
            self._compile_from(first)
            left = rest
            if len(self._patterns) == first:
                break
        return known

    def _learn(self, transform: Transform) -> bool:
        if not self._engines:
            return False
        hits, _ = self._hits(_as_entry(transform.given), _no_body)
        learnt = False
        for hit in hits:
            rest = len(transform.given) - hit.size
            if transform.is_hash and not _is_salt(transform.given, hit, rest):
                continue
            learnt = True
            self._patterns.extend(outputs(hit.value, transform, hit.labels, transform.is_hash and rest > 0))
        return learnt

    def _compile_from(self, first: int) -> None:
        if len(self._patterns) > first:
            self._engines.append(_compile(self._patterns[first:], first))
        if len(self._engines) > _MOST_ENGINES:
            self._engines = [_compile(self._patterns, 0)]

    @property
    def pattern_count(self) -> int:
        return len(self._patterns)

    def search(self, entry: dict[str, Any], load: Load) -> SearchResult:
        """Watched values in the request of one HAR entry; `load` gives body files by name."""
        if not self._engines:
            return SearchResult([], [])
        hits, errors = self._hits(entry, load)
        return SearchResult([self._found(hit) for hit in hits], errors)

    def _hits(self, entry: dict[str, Any], load: Load) -> tuple[list[_Hit], list[str]]:
        decoder = Decoder()
        hits: dict[tuple[int, str, tuple[str, ...]], _Hit] = {}
        batch: list[View] = []
        size = 0
        for view in decoder.views(entry, load):
            batch.append(view)
            size += len(view.data)
            if size > _BATCH:
                self._search(batch, decoder, hits)
                batch, size = [], 0
        self._search(batch, decoder, hits)
        return _best(list(hits.values())), decoder.errors

    def _search(
        self, batch: list[View], decoder: Decoder, hits: dict[tuple[int, str, tuple[str, ...]], _Hit]
    ) -> None:
        """All views in one scan: each scan goes through a database that is larger than the caches."""
        data = _BETWEEN.join(view.data for view in batch)
        matches, is_cut = self.scan(data, len(batch))
        if is_cut:
            decoder.errors.append(
                f"a short value occurs more than {_MOST_WEAK} times; the rest was not looked at"
            )
        if not matches:
            return
        start = at = 0
        for view in batch:
            end = start + len(view.data)
            here: list[_Match] = []
            while at < len(matches) and matches[at].start < end:
                one = matches[at]
                if one.start >= start and one.end <= end:
                    here.append(_Match(one.start - start, one.end - start, one.pattern))
                at += 1
            for match in self._counting(view, here):
                hit = self._hit(view, match)
                hits.setdefault((hit.value, hit.where, _canonical(hit.labels)), hit)
            start = end + len(_BETWEEN)

    def scan(self, data: bytes, views: int = 1) -> tuple[list[_Match], bool]:
        """Where patterns stand in `data`, before the rules about neighbours; whether weak ones were left out.

        A strong pattern counts `_MOST_STRONG` times a view at most: that it is there again says nothing new.
        """
        out: list[_Match] = []
        times: dict[int, int] = {}
        patterns, strong, weak = self._patterns, _MOST_STRONG * views, _MOST_WEAK * views

        def on_match(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            pattern = patterns[number]
            count = times[number] = times.get(number, 0) + 1
            if count <= (weak if pattern.is_weak else strong):
                out.append(_Match(end - len(pattern.data), end, pattern))

        for engine in self._engines:
            engine.scan(data, on_match)
        if not out:
            return out, False
        out.sort(key=lambda match: match.start)
        return out, any(count > weak and patterns[number].is_weak for number, count in times.items())

    def _counting(self, view: View, matches: list[_Match]) -> list[_Match]:
        """Those that count: strong ones, and weak ones that stand alone beside a neighbour."""
        if not matches:
            return []
        alone = {id(match) for match in matches if _stands_alone(view.data, match)}
        crowd = _Crowd([match for match in matches if id(match) in alone or not match.pattern.is_weak])
        kept = [
            match
            for match in crowd.matches
            if not any(_is_part(match, other, id(match) in alone) for other in crowd.near(match, 0))
        ]
        crowd = _Crowd(kept)
        return [
            match for match in kept if not match.pattern.is_weak or self._has_neighbour(view, match, crowd)
        ]

    def _has_neighbour(self, view: View, match: _Match, crowd: _Crowd) -> bool:
        watched = self.values[match.pattern.value]
        near = crowd.near(match, _NEAR)
        if not match.pattern.is_faint and any(self._supports(one, watched.value) for one in near):
            return True
        if watched.data_type == "location" and any(_is_other_half(view.data, match, one) for one in near):
            return True
        words = KEYS.get(watched.data_type)
        if words is not None and isinstance(view, JsonText) and words.isdisjoint(view.words):
            # To find the way to a place in JSON, all of it before the place is read.
            return False
        return words is not None and not words.isdisjoint(_words_before(view, match))

    def _supports(self, other: _Match, value: str) -> bool:
        return not other.pattern.is_faint and self.values[other.pattern.value].value != value

    def _hit(self, view: View, match: _Match) -> _Hit:
        where, way = view.step_at(match.start).way()
        case = _case(view.data[match.start : match.end], match.pattern)
        form = (*case, *match.pattern.labels)
        if way and way[-1] == "hex" and form and form[0].endswith("-raw"):
            # The digest as it stood there.
            excerpt = view.data[match.start : match.end].hex()
        else:
            excerpt = _excerpt(view, match)
        size = match.end - match.start
        return _Hit(match.pattern.value, where, tuple(way), form, excerpt, size)

    def _found(self, hit: _Hit) -> FoundValue:
        return FoundValue(
            data_type=self.values[hit.value].data_type,
            value_digest=self._digests[hit.value],
            where=hit.where,
            decodings=list(hit.labels),
            excerpt=hit.excerpt,
        )


def _is_salt(given: bytes, hit: _Hit, rest: int) -> bool:
    """Whether what was hashed is the value with at most a salt. A request's signature, over many fields, holds
    the value too, but nobody learns it from that."""
    if any(_LOCATED.match(label) for label in hit.labels):
        return False
    return rest == 0 or (0 < rest <= _LONGEST_SALT and not any(sign in given for sign in b"&={}\n"))


def _as_entry(data: bytes) -> dict[str, Any]:
    body = {"mimeType": "", "text": base64.b64encode(data).decode(), "encoding": "base64"}
    return {"request": {"method": "POST", "url": "", "headers": [], "postData": body}}


def _no_body(name: str) -> bytes:
    raise FileNotFoundError(name)


def _compile(new: list[Pattern], first: int) -> hyperscan.Database:
    engine = hyperscan.Database()
    engine.compile(
        expressions=[_expression(pattern.data) for pattern in new],
        ids=list(range(first, first + len(new))),
        elements=len(new),
        flags=[hyperscan.HS_FLAG_CASELESS if pattern.is_caseless else 0 for pattern in new],
    )
    return engine


def _expression(data: bytes) -> bytes:
    # hyperscan's literal mode refuses a leading NUL, so literals are written as expressions.
    return b"".join(
        b"%c" % byte if chr(byte).isalnum() and byte < 128 else b"\\x%02x" % byte for byte in data
    )


def _stands_alone(data: bytes, match: _Match) -> bool:
    before, after = (
        data[match.start - 1 : match.start] if match.start else b"",
        data[match.end : match.end + 1],
    )
    if before.isalnum() or after.isalnum():
        return False
    # 31.2 is not in 131.2 (above) nor in 31.2.4, and 5.31 is not in 1.5.31; a sentence may end after it.
    return not (before == b"." or (after == b"." and data[match.end + 1 : match.end + 2].isdigit()))


def _is_other_half(data: bytes, match: _Match, other: _Match) -> bool:
    """Whether they are latitude and longitude of one place."""
    if other.pattern.value != match.pattern.value:
        return False
    ours, theirs = data[match.start : match.end], data[other.start : other.end]
    return ours.partition(b".")[0] != theirs.partition(b".")[0]


def _is_part(match: _Match, other: _Match, is_alone: bool) -> bool:
    """Whether `other` covers more of the same text and so says all there is to say."""
    if match is other or other.end - other.start <= match.end - match.start:
        return False
    covers = other.start <= match.start and match.end <= other.end
    return covers and (other.pattern.value == match.pattern.value or not is_alone)


def _words_before(view: View, match: _Match) -> set[str]:
    """Words of the key that the match stands under, or of the few bytes in front of it."""
    start, _ = view.bounds(match.start)
    front = view.data[max(start, match.start - 100) : match.start]
    key, mark, rest = front.rpartition(KEY_END)
    if not mark or len(rest) > 24:
        key = front[-24:]
    _, labels = view.step_at(match.start).way()
    named = next((label for label in reversed(labels) if _LOCATED.match(label)), "")
    text = key.decode("utf-8", "replace") + " " + "/".join(named.partition(":")[2].split("/")[-3:])
    return set(words_of(text))


def _case(seen: bytes, pattern: Pattern) -> list[str]:
    if not pattern.is_plain or not pattern.is_caseless or seen == pattern.data:
        return []
    if seen == pattern.data.upper():
        return ["upper"]
    return ["lower"] if seen == pattern.data.lower() else ["mixed-case"]


def _fold(labels: list[str]) -> tuple[str, ...]:
    """A digest's bytes found under hex or base64 are a hex or base64 digest."""
    out: list[str] = []
    for label in labels:
        if label.endswith("-raw") and out and out[-1] in ("hex", "base64", "base64url"):
            coding = "hex" if out.pop() == "hex" else "base64"
            label = f"{label.removesuffix('raw')}{coding}"
        out.append(label)
    return tuple(out)


def _canonical(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("base64" if label == "base64url" else label for label in labels)


def _best(hits: list[_Hit]) -> list[_Hit]:
    """Without those that another hit, further in, describes better."""
    return [hit for hit in hits if not any(_is_outside(hit, other) for other in hits)]


def _is_outside(hit: _Hit, other: _Hit) -> bool:
    """Whether `hit` is `other` before its last layers were opened: a string before its JSON was read, say."""
    if (hit.value, hit.where) != (other.value, other.where) or hit.codings != other.codings:
        return False
    ours, theirs = hit.places, other.places
    if len(other.way) > len(hit.way) and theirs[: len(ours)] == ours:
        return True
    # Protobuf field 2 holds 2.1; the bytes are the same.
    last = len(ours) - 1
    is_field = len(theirs) > last >= 0 and theirs[last].startswith(ours[last] + ".")
    return is_field and theirs[:last] == ours[:last]


def _excerpt(view: View, match: _Match) -> str:
    start, end = view.bounds(match.start)
    piece = view.data[max(start, match.start - 60) : min(end, match.end + 60)]
    text = piece.replace(KEY_END, b"=").replace(PIECE_END, b" ").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "·" for sign in text)[:_EXCERPT]
