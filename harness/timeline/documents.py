"""Documents that are text around other documents: XML, Sentry envelopes, messages of Engine.IO.

Each reader gives (label, bytes) pairs and stops at `most` of them. None of them resolves entities that a
document declares, or anything else from outside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

_XML: Final = re.compile(
    r"<!\[CDATA\[(?P<raw>.*?)\]\]>|<!--.*?-->|<[!?][^>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]*)(?P<attributes>[^<>]*)>|(?P<text>[^<]+)|<",
    re.S,
)
_ATTRIBUTE: Final = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DEEPEST: Final = 64
_ENGINE_IO: Final = re.compile(rb"\A\d{1,3}(?:/[\w/-]{1,100},)?\d{0,9}(?=[\[{])")
"""Type of the packet, type of the message, name space, number; then the JSON."""
_LONGEST_HEAD: Final = 10_000


class Piece(NamedTuple):
    label: str
    key: str
    data: bytes
    kind: str = ""
    """Content-Type, where the document says one."""


def xml(data: bytes, most: int) -> Iterator[Piece]:
    """Texts and attribute values, as they are meant. What is not well formed is read as far as it goes."""
    text = data.decode("utf-8", "replace")
    names: list[str] = []
    for count, token in enumerate(_XML.finditer(text)):
        if count >= most:
            return
        name = token["name"]
        if name is not None:
            attributes = token["attributes"]
            if token["close"]:
                if name in names:
                    while names.pop() != name:
                        pass
                continue
            for match in _ATTRIBUTE.finditer(attributes):
                plain = unescape(match[2] if match[2] is not None else match[3])
                yield Piece(f"xml:{_way(names)}/{name}/@{match[1]}", match[1], _utf8(plain))
            if not attributes.endswith("/") and len(names) < _DEEPEST:
                names.append(name)
            continue
        said = token["raw"] if token["raw"] is not None else unescape(token["text"] or "")
        if said.strip():
            yield Piece(f"xml:{_way(names)}", names[-1] if names else "", _utf8(said))


def envelope(data: bytes, most: int) -> list[Piece] | None:
    """Header and items of a Sentry envelope: lines of JSON, each item's head telling its length.

    None when it is not one to the last byte.
    """
    head, end = _line(data, 0)
    if _object(head) is None:
        return None
    out = [Piece("sentry:header", "", head)]
    at = end
    while at < len(data):
        head, at = _line(data, at)
        if not head.strip():
            continue
        about = _object(head)
        if about is None or "type" not in about or len(out) > most:
            return None
        length = about.get("length")
        if isinstance(length, int):
            if not 0 <= length <= len(data) - at:
                return None
            body, at = data[at : at + length], at + length
            if data[at : at + 1] not in (b"\n", b""):
                return None
            at += 1
        else:
            body, at = _line(data, at)
        kind = about.get("content_type")
        index = len(out) - 1
        out.append(Piece(f"sentry:{index}", "", head))
        out.append(Piece(f"sentry:{index}", "", body, kind if isinstance(kind, str) else ""))
    return out if len(out) > 1 else None


def engine_io(data: bytes) -> bytes | None:
    """The JSON of a message of Engine.IO or Socket.IO; None for what is none."""
    match = _ENGINE_IO.match(data)
    return data[match.end() :] if match is not None else None


def _line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\n", at)
    return (data[at:], len(data)) if end < 0 else (data[at:end], end + 1)


def _object(line: bytes) -> dict[str, object] | None:
    if line[:1] != b"{" or len(line) > _LONGEST_HEAD:
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _way(names: list[str]) -> str:
    return "".join(f"/{name}" for name in names)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
