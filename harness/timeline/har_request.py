"""What a HAR entry says was sent. Entries come from any tool, so nothing in them is taken on trust."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

_BYTE: Final = re.compile("[\\x00-\\x08\\x1f]")
Load = Callable[[str], bytes]
"""Gives the bytes of a body file, by its name in `_harness.body`."""


@dataclass(slots=True)
class Named:
    """One named value of the head."""

    where: str
    """url | header:<name> | cookie:<name>"""
    label: str
    """`query:<key>` for a parameter of the URL, else empty."""
    key: str
    value: str


@dataclass(slots=True)
class Request:
    head: list[Named] = field(default_factory=list)
    body: bytes = b""
    content_type: str = ""
    content_coding: str = ""
    messages: list[bytes] = field(default_factory=list)
    """What the client sent over a WebSocket, where the whole of it is one entry."""
    errors: list[str] = field(default_factory=list)


def request_of(entry: dict[str, Any], load: Load) -> Request:
    out = Request()
    given = _object(entry.get("request"))
    _url(out, _text(given.get("url")))
    for name, value in _pairs(given.get("headers")):
        _header(out, name, value)
    post = _object(given.get("postData"))
    out.content_type = out.content_type or _text(post.get("mimeType"))
    _body(out, post, _object(entry.get("_harness")).get("body"), load)
    messages = entry.get("_webSocketMessages")
    for message in messages if isinstance(messages, list) else ():
        if isinstance(message, dict) and message.get("type") == "send":
            _message(out, _text(message.get("data")), message.get("opcode") == 2)
    return out


def _url(out: Request, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        out.errors.append(f"url: {error}")
        out.head.append(Named("url", "", "", url))
        return
    out.head.append(Named("url", "", "", parts.netloc + parts.path))
    for query in (parts.query, parts.fragment):
        for pair in query.split("&") if query else ():
            key, _, value = pair.partition("=")
            label = f"query:{key[:100]}"
            if "+" in value:
                # A space in most queries, itself in base64: both readings.
                out.head.append(Named("url", label, key, value.replace("+", " ")))
            out.head.append(Named("url", label, key, value))


def _header(out: Request, name: str, value: str) -> None:
    name = name.lower()
    if name == "cookie":
        for pair in value.split(";"):
            key, _, content = pair.strip().partition("=")
            out.head.append(Named(f"cookie:{key[:100]}", "", key, content))
        return
    if name == "content-type":
        out.content_type = value
    elif name == "content-encoding":
        out.content_coding = f"{out.content_coding}, {value}" if out.content_coding else value
    if not name.startswith(":"):
        out.head.append(Named(f"header:{name[:100]}", "", name, value))


def _body(out: Request, post: dict[str, Any], file: object, load: Load) -> None:
    if isinstance(file, str) and file:
        try:
            out.body = load(file)
        except (OSError, ValueError) as error:
            out.errors.append(f"body: {file[:200]!r} cannot be read: {error}")
        return
    text = _text(post.get("text"))
    if not text:
        pairs = [f"{key}={value}" for key, value in _pairs(post.get("params"))]
        out.body = "&".join(pairs).encode("utf-8", "replace")
        return
    if post.get("encoding") == "base64":
        try:
            out.body = base64.b64decode(text)
            return
        except ValueError as error:
            out.errors.append(f"body: not base64 as its encoding says: {error}")
    out.body = _bytes_as_signs(text) or text.encode("utf-8", "replace")


def _bytes_as_signs(text: str) -> bytes | None:
    """Some tools write binary bodies with one character for each byte."""
    if text.isascii() or _BYTE.search(text, 0, 4096) is None:
        return None
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def _message(out: Request, text: str, is_binary: bool) -> None:
    if is_binary:
        try:
            out.messages.append(base64.b64decode(text))
            return
        except ValueError as error:
            out.errors.append(f"websocket: message {len(out.messages)}: not base64: {error}")
    out.messages.append(text.encode("utf-8", "replace"))


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield _text(one.get("name")), _text(one.get("value"))
