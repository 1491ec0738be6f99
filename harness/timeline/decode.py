"""What a request says, in every layer of encoding that it can be read in.

`Decoder.views` gives pieces of bytes to search. It works through a list, not by recursion, and within bounds:
`DEEPEST` layers, `MOST_BYTES` of output a request, `MOST_PIECES`, `MOST_SECONDS`. What is wrong with the data
goes to `errors`, and so does a bound that was met.
"""

from __future__ import annotations

import quopri
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from harness.capture.coding import CodingError, undo, undo_all
from harness.timeline import documents
from harness.timeline.har_request import Load, Request, request_of
from harness.timeline.json_leaves import leaves, parse, pointers
from harness.timeline.readings import binary_readings, frames
from harness.timeline.runs import FORM, decoded_runs, is_document, is_wide, unbase64
from harness.timeline.view import KEY_END, Joined, JsonText, Later, Step, View

DEEPEST: Final = 8
MOST_BYTES: Final = 16 << 20
"""Of decoded bytes per request, above twice its own size."""
MOST_SECONDS: Final = 5.0
MOST_PIECES: Final = 200_000
_MOST_ERRORS: Final = 20

_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_TOKEN = re.compile(rb'[^"\x1e\x1f]+')
_CHARSET = re.compile(r'charset="?([\w.:-]+)', re.I)
_OPENS: Final = b'{["'
_CLOSES: Final = {b"{": b"}", b"[": b"]", b'"': b'"', b"<": b">"}
_STRUCTURED: Final = frozenset(b"{[<\x1f\x78\x28\xff\xfe")
"""First bytes of what is worth opening in a binary document: JSON, XML, gzip, zlib, zstd, UTF-16."""
_SHORTEST: Final = 4
"""Bytes out of a run that are looked at at all."""
_GZIP: Final = b"\x1f\x8b\x08"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


@dataclass(slots=True)
class _Blob:
    data: bytes
    step: Step
    depth: int
    kind: str = ""
    """Its Content-Type, where one was said."""
    is_root: bool = False


class _Spent(Exception):
    """A bound of the whole request was met."""


class Decoder:
    """For one request. `views` may be walked once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.errors: list[str] = []
        self._clock = clock
        self._deadline = clock() + MOST_SECONDS
        self._budget = MOST_BYTES
        self._pieces = MOST_PIECES
        self._todo: list[_Blob] = []

    def views(self, entry: dict[str, Any], load: Load) -> Iterator[View]:
        """Everything to search in the request of a HAR entry."""
        request = request_of(entry, load)
        self.errors.extend(request.errors)
        self._budget += 2 * (len(request.body) + sum(map(len, request.messages)))
        try:
            yield from self._around(self._head(request), 0)
            if request.body:
                self._todo.append(self._root(request))
            for index, message in enumerate(request.messages):
                self._todo.append(_Blob(message, Step(Step(None, "body"), f"websocket:{index}"), 0))
            while self._todo:
                yield from self._blob(self._todo.pop())
        except _Spent as spent:
            self._error(str(spent))

    def _root(self, request: Request) -> _Blob:
        step = Step(None, "body")
        body, coding = request.body, request.content_coding
        if coding:
            try:
                plain = undo_all(coding, body, self._budget)
            except CodingError as error:
                # Many tools write bodies decoded and leave the header as it was: then text is what it is.
                if not _is_text(body):
                    self._error(f"body: {error}")
            else:
                if plain.truncated:
                    self._error(f"body: {coding}: cut off, or more than {self._budget} bytes")
                self._spend(len(plain.data))
                body = plain.data
                for word in reversed(coding.split(",")):
                    name = word.strip().lower().removeprefix("x-")
                    if name not in ("", "identity", "none", "aws-chunked"):
                        step = Step(step, name)
        return _Blob(body, step, 0, request.content_type, True)

    def _head(self, request: Request) -> View:
        """URL, headers and cookies in one view."""
        named = request.head

        def step_of(index: int) -> Step:
            where = Step(None, named[index].where)
            return Step(where, named[index].label) if named[index].label else where

        pieces = []
        for index, one in enumerate(named):
            value = one.value.encode("utf-8", "replace")
            pieces.append(one.key.encode("utf-8", "replace") + KEY_END + value)
            self._document(value, step_of, index, 0)
        self._spend(0, len(pieces))
        return Joined(pieces, step_of)

    def _document(self, value: bytes, step_of: Callable[[int], Step], index: int, depth: int) -> None:
        """Open a value that is a JSON or XML document of its own."""
        close = _CLOSES.get(value[:1])
        if close is not None and len(value) > 2 and value.rstrip()[-1:] == close:
            self._todo.append(_Blob(value, Later(step_of, index), depth + 1))

    def _blob(self, blob: _Blob) -> Iterator[View]:
        if blob.depth > DEEPEST:
            self._error(f"{_place(blob)}: encoded more than {DEEPEST} times; what is inside was not read")
            return
        self._check_time()
        if (inner := self._inflated(blob)) is not None:
            self._todo.append(inner)
            return
        blob = self._as_utf8(blob)
        if (inside := documents.engine_io(blob.data)) is not None:
            self._todo.append(_Blob(inside, Step(blob.step, "engine-io"), blob.depth + 1))
        mime, _, parameters = blob.kind.partition(";")
        mime = mime.strip().lower()
        is_multipart = mime.startswith("multipart/") or blob.data[:2] == b"--"
        if is_multipart and (parts := self._multipart(blob, parameters)) is not None:
            self._todo.extend(parts)
            return
        head = blob.data.lstrip()[:1]
        if head == b"{" and b"\n" in blob.data and (items := documents.envelope(blob.data, self._pieces)):
            self._todo.extend(_Blob(o.data, Step(blob.step, o.label), blob.depth + 1, o.kind) for o in items)
            return
        view = self._text_view(blob, mime, head)
        if view is not None:
            yield from self._around(view, blob.depth)
        elif _is_text(blob.data):
            yield from self._around(View(blob.data, blob.step), blob.depth)
        else:
            self._inside(blob)
            yield from self._around(self._binary(blob, mime), blob.depth)
            yield from self._around(View(blob.data, blob.step, True), blob.depth)

    def _text_view(self, blob: _Blob, mime: str, head: bytes) -> View | None:
        if "json" in mime or (head and head in _OPENS):
            view = self._json(blob, head, "json" in mime)
            if view is not None:
                return view
        if mime == "application/x-www-form-urlencoded" or (b"&" in blob.data and FORM.fullmatch(blob.data)):
            return self._form(blob)
        return self._xml(blob) if head == b"<" else None

    def _xml(self, blob: _Blob) -> View:
        """The text as it stands, for what is not well formed, and then what it means."""
        labels, pieces = [""], [blob.data]

        def step_of(index: int) -> Step:
            return Step(blob.step, labels[index]) if labels[index] else blob.step

        for one in documents.xml(blob.data, self._pieces):
            self._spend(len(one.data), 1)
            labels.append(one.label)
            pieces.append(one.key.encode("utf-8", "replace") + KEY_END + one.data)
            self._document(one.data, step_of, len(pieces) - 1, blob.depth)
        return Joined(pieces, step_of)

    def _inflated(self, blob: _Blob) -> _Blob | None:
        data = blob.data
        if data[:3] == _GZIP:
            name = "gzip"
        elif data[:4] == b"\x28\xb5\x2f\xfd":
            name = "zstd"
        elif data[:2] in _ZLIB:
            name = "deflate"
        else:
            return None
        try:
            plain = undo(name, data, self._budget)
        except CodingError:
            return None
        if not plain.data:
            return None
        # Cut off is no news here: a run of base64 that percent-encoding interrupts starts like this as well.
        if plain.truncated and len(plain.data) >= self._budget:
            self._error(f"{_place(blob)}: {name}: more than {self._budget} bytes")
        self._spend(len(plain.data))
        return _Blob(plain.data, Step(blob.step, name), blob.depth + 1, blob.kind)

    def _as_utf8(self, blob: _Blob) -> _Blob:
        data = blob.data
        match = _CHARSET.search(blob.kind) if "=" in blob.kind else None
        charset = match.group(1).lower() if match else ""
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            charset = "utf-16"
        elif is_wide(data):
            charset = "utf-16-le" if data[1] == 0 else "utf-16-be"
        if charset in ("", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"):
            if data[:3] != b"\xef\xbb\xbf":
                return blob
            return _Blob(data[3:], blob.step, blob.depth, blob.kind, blob.is_root)
        try:
            text = data.decode(charset, "replace")
        except (LookupError, UnicodeError):
            self._error(f"{_place(blob)}: charset {charset[:40]!r} cannot be read")
            return blob
        data = text.encode("utf-8", "replace")
        self._spend(len(data))
        kind = blob.kind.partition(";")[0]
        return _Blob(data, Step(blob.step, f"charset:{charset}"), blob.depth, kind, blob.is_root)

    def _json(self, blob: _Blob, head: bytes, is_said: bool) -> View | None:
        data = blob.data
        if head and head in b"{[" and b"\\" not in data:
            # Every string stands as it is meant; the document is walked only if something is found.
            return JsonText(data, blob.step)
        try:
            text = data.decode("utf-8", "replace")
            try:
                document, label = parse(text), "json:"
            except ValueError:
                document = [parse(line) for line in text.splitlines() if line.strip()]
                label = "json-lines:"
        except (ValueError, RecursionError) as error:
            if is_said and blob.is_root and data.strip():
                self._error(f"{_place(blob)}: not JSON as its type says: {str(error)[:100]}")
            return None
        keys, values, is_all = leaves(document, self._pieces)
        self._spend(len(data), len(keys))
        if not is_all:
            self._error(f"{_place(blob)}: more than {MOST_PIECES} values; the rest was not read")

        found: list[str] = []

        def step_of(index: int) -> Step:
            if not found:
                found.extend(pointers(document))
            return Step(blob.step, label + found[index])

        pieces = [
            f"{key}\x1f{value}".encode("utf-8", "replace") for key, value in zip(keys, values, strict=True)
        ]
        for index, value in enumerate(values):
            if value[:1] in ("{", "[", '"', "<") and value:
                self._document(value.encode("utf-8", "replace"), step_of, index, blob.depth)
        return Joined(pieces, step_of) if pieces else None

    def _form(self, blob: _Blob) -> View:
        names: list[bytes] = []
        pieces: list[bytes] = []

        def step_of(index: int) -> Step:
            return Step(blob.step, f"form:{names[index][:100].decode('utf-8', 'replace')}")

        for pair in blob.data.strip().split(b"&"):
            key, _, value = pair.partition(b"=")
            name = unquote_to_bytes(key.replace(b"+", b" "))
            readings = [value.replace(b"+", b" "), value] if b"+" in value else [value]
            for reading in readings:
                plain = unquote_to_bytes(reading) if b"%" in reading else reading
                names.append(name)
                pieces.append(name + KEY_END + plain)
                self._document(plain, step_of, len(names) - 1, blob.depth)
        self._spend(len(blob.data), len(pieces))
        return Joined(pieces, step_of)

    def _multipart(self, blob: _Blob, parameters: str) -> list[_Blob] | None:
        match = re.search(r'boundary="?([^";,\s]{1,200})', parameters, re.I)
        mark = b"--" + match.group(1).encode() if match else blob.data.split(b"\n", 1)[0].strip()
        if len(mark) < 4 or mark not in blob.data:
            if blob.is_root and match:
                self._error(f"{_place(blob)}: multipart without its boundary")
            return None
        out: list[_Blob] = []
        for index, part in enumerate(blob.data.split(mark)[1:]):
            if part.startswith(b"--"):
                break
            self._spend(len(part), 1)
            out.extend(_part(blob, index, part))
        return out

    def _inside(self, blob: _Blob) -> None:
        """Open what begins inside: compressed data after a header of the app's own, frames of gRPC."""
        at, seen = blob.data.find(_GZIP, 1), 0
        while at > 0 and seen < 3:
            self._todo.append(_Blob(blob.data[at:], blob.step, blob.depth + 1))
            at, seen = blob.data.find(_GZIP, at + 1), seen + 1
        for index, frame in enumerate(frames(blob.data)):
            step = Step(blob.step, f"grpc:{index}")
            self._todo.append(_Blob(frame, step, blob.depth + 1, "application/protobuf"))

    def _binary(self, blob: _Blob, mime: str) -> View:
        labels: list[str] = []
        pieces: list[bytes] = []

        def step_of(index: int) -> Step:
            return Step(blob.step, labels[index])

        for label, found in binary_readings(blob.data, mime):
            self._spend(sum(len(leaf.data) for leaf in found), len(found))
            for leaf in found:
                labels.append(label + leaf.path)
                pieces.append(leaf.data)
                if leaf.data and leaf.data[0] in _STRUCTURED:
                    self._todo.append(_Blob(leaf.data, Later(step_of, len(pieces) - 1), blob.depth + 1))
        return Joined(pieces, step_of, True)

    def _around(self, first: View, depth: int) -> Iterator[View]:
        """The view itself, and what percent-encoding, base64 and hex in it hold."""
        todo = [(first, depth)]
        while todo:
            view, depth = todo.pop()
            if not view.data:
                continue
            yield view
            self._check_time()
            inner = [self._percent(view, depth), self._runs(view, depth)]
            if depth < DEEPEST:
                todo.extend((one, depth + 1) for one in inner if one is not None)
            elif any(one is not None for one in inner):
                where = view.step_at(0).way()[0]
                self._error(f"{where}: encoded more than {DEEPEST} times; what is inside was not read")

    def _percent(self, view: View, depth: int) -> View | None:
        if b"%" not in view.data:
            return None
        offsets: list[int] = []
        pieces: list[bytes] = []

        def step_of(index: int) -> Step:
            return Step(view.step_at(offsets[index]), "url")

        for match in _TOKEN.finditer(view.data):
            token = match.group()
            if b"%" not in token or not _PERCENT.search(token):
                continue
            for reading in [token, token.replace(b"+", b" ")] if b"+" in token else [token]:
                offsets.append(match.start())
                pieces.append(unquote_to_bytes(reading))
                self._spend(len(token), 1)
                self._document(pieces[-1], step_of, len(pieces) - 1, depth)
        return Joined(pieces, step_of) if pieces else None

    def _runs(self, view: View, depth: int) -> View | None:
        offsets: list[int] = []
        labels: list[str] = []
        pieces: list[bytes] = []
        seen: set[bytes] = set()

        def step_of(index: int) -> Step:
            return Step(view.step_at(offsets[index]), labels[index])

        size = 0
        for plain, offset, label, is_guess in decoded_runs(view.data, view.is_binary):
            if len(plain) < _SHORTEST:
                continue
            offsets.append(offset)
            labels.append(label)
            pieces.append(plain)
            size += len(plain)
            if plain not in seen:
                seen.add(plain)
                if is_document(plain, is_guess):
                    self._todo.append(_Blob(plain, Later(step_of, len(pieces) - 1), depth + 1))
        self._spend(size, len(pieces))
        return Joined(pieces, step_of, True) if pieces else None

    def _spend(self, size: int, pieces: int = 0) -> None:
        self._budget -= size
        self._pieces -= pieces
        if self._budget < 0:
            raise _Spent("decoding gave more bytes than the bound allows; the rest was not read")
        if self._pieces < 0:
            raise _Spent(f"more than {MOST_PIECES} pieces; the rest was not read")

    def _check_time(self) -> None:
        if self._clock() > self._deadline:
            raise _Spent(f"decoding took more than {MOST_SECONDS:g} s; the rest was not read")

    def _error(self, text: str) -> None:
        if len(self.errors) < _MOST_ERRORS:
            self.errors.append(text)


def _part(blob: _Blob, index: int, part: bytes) -> list[_Blob]:
    """A part of a multipart body: its head, and its content with its transfer encoding undone."""
    head, _, data = part.lstrip(b"\r\n").partition(b"\r\n\r\n" if b"\r\n\r\n" in part else b"\n\n")
    headers: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    named = re.search(r'name="?([^";]*)', headers.get("content-disposition", ""))
    step = Step(blob.step, f"multipart:{named.group(1)[:100] if named else index}")
    data = data.removesuffix(b"\n").removesuffix(b"\r")
    inner = step
    coding = headers.get("content-transfer-encoding", "").lower()
    if coding == "base64":
        inner = Step(step, "base64")
        data = unbase64(data.translate(None, b"\r\n \t"))
    elif coding == "quoted-printable":
        inner = Step(step, "quoted-printable")
        data = quopri.decodestring(data)
    content = _Blob(data, inner, blob.depth + 1, headers.get("content-type", ""))
    return [_Blob(head, step, blob.depth + 1), content]


def _is_text(data: bytes) -> bool:
    sample = data[:4096]
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return False
    return not re.search(rb"[\x00-\x08\x0e-\x1a]", sample)


def _place(blob: _Blob) -> str:
    where, labels = blob.step.way()
    return " > ".join([where, *labels])
