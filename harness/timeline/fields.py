"""The named values of a request: what stands under which key, however deep and however encoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from harness.timeline.decode import Decoder
from harness.timeline.har_request import Load
from harness.timeline.json_leaves import leaves, parse, pointers
from harness.timeline.view import KEY_END, PIECE_END, Joined, JsonText, View

MOST_FIELDS: Final = 20_000
"""Of one request; what comes after is not looked at."""
_DOCUMENTS: Final = ("json:", "json-lines:", "form:", "query:", "multipart:", "xml:", "sentry:", "websocket:")


@dataclass(frozen=True, slots=True)
class NamedValue:
    where: str
    """url | header:<name> | cookie:<name> | body"""
    way: tuple[str, ...]
    """Decodings from outside in, as in `FoundValue`."""
    key: str
    """The last name on the way: of the form field, the header, the JSON key; empty in arrays."""
    value: str

    @property
    def place(self) -> tuple[str, ...]:
        """The way without encodings and compressions: only where in which document."""
        return tuple(label for label in self.way if label.startswith(_DOCUMENTS))


def named_values(entry: dict[str, Any], load: Load) -> Iterator[NamedValue]:
    """Named values in the request of a HAR entry, at most `MOST_FIELDS`."""
    left = MOST_FIELDS
    for view in Decoder().views(entry, load):
        for one in _of_view(view):
            yield one
            left -= 1
            if left == 0:
                return


def _of_view(view: View) -> Iterator[NamedValue]:
    if isinstance(view, JsonText):
        where, way = view.step.way()
        for label, name, text in _of_json(view.data.decode("utf-8", "replace")):
            yield NamedValue(where, (*way, label), name, text)
    elif view.is_binary:
        # Protobuf and its like have numbers, not names; what base64 opened comes again as a document.
        return
    elif isinstance(view, Joined):
        offset = 0
        for piece in view.data.split(PIECE_END):
            key, mark, value = piece.partition(KEY_END)
            at, offset = offset, offset + len(piece) + 1
            if not mark or not value:
                continue
            where, way = view.step_at(at).way()
            text = value.decode("utf-8", "replace")
            if way and way[-1].startswith("query:") and "%" in text:
                text = unquote(text)
            yield NamedValue(where, tuple(way), key.decode("utf-8", "replace"), text)
    else:
        where, way = view.step.way()
        if way and way[-1].startswith("multipart:"):
            yield NamedValue(
                where, tuple(way), way[-1].partition(":")[2], view.data.decode("utf-8", "replace")
            )


def _of_json(text: str) -> Iterator[tuple[str, str, str]]:
    """(label, key, value) of every leaf; several documents may follow one another, one a line."""
    try:
        document, kind = parse(text), "json:"
    except (ValueError, RecursionError):
        try:
            document, kind = [parse(line) for line in text.splitlines() if line.strip()], "json-lines:"
        except (ValueError, RecursionError):
            # Said as an error of the event by the search, which reads the same text.
            return
    keys, values, _ = leaves(document, MOST_FIELDS)
    for name, value, place in zip(keys, values, pointers(document), strict=False):
        if value:
            yield kind + place, name, value
