"""HAR 1.2: one entry per exchange, and the document that other tools open.

Bodies of requests stand as they were on the wire (content-coded, if they were); bodies of responses stand
decoded, as the format wants it, when that is small. What is over `INLINE` bytes is in bodies/<sha256> as it
was on the wire, and `_harness.body` / `_harness.response_body` name the file.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import harness
from harness.capture.coding import CodingError, undo_all
from harness.model.run_folder import FLOWS, RunFolder

INLINE: Final = 64 * 1024
HAR: Final = "traffic.har"
_PAIRS: Final = 2000
"""Query parameters and cookies listed at most; the URL and the headers hold them all."""

_UNTIMED: Final = {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1}

Entry = dict[str, Any]
Headers = Iterable[tuple[bytes, bytes]]


@dataclass(slots=True)
class Body:
    """What is known of a body: all of it, or its size and the file that holds it."""

    data: bytes | None = None
    size: int = 0
    file: str | None = None
    truncated: bool = False
    """The file holds only the beginning."""


@dataclass(slots=True)
class Exchange:
    """One request and what came of it. Times are host monotonic ms; None where it never happened."""

    method: str
    url: str
    http_version: str
    request_headers: Headers
    request_body: Body
    wall_start: float
    """Unix seconds, for people and other tools."""
    start_ms: float
    request_end_ms: float | None
    response_start_ms: float | None
    response_end_ms: float | None
    status: int = 0
    status_text: str = ""
    response_headers: Headers = ()
    response_body: Body | None = None
    server: str | None = None
    error: str | None = None


def entry(exchange: Exchange, extra: dict[str, Any]) -> Entry:
    """The HAR entry, with `extra` as its `_harness`."""
    request_headers = _headers(exchange.request_headers)
    send = _span(exchange.start_ms, exchange.request_end_ms)
    wait = _span(exchange.request_end_ms, exchange.response_start_ms)
    receive = _span(exchange.response_start_ms, exchange.response_end_ms)
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": exchange.http_version,
        "cookies": _cookies(request_headers),
        "headers": request_headers,
        "queryString": _query(exchange.url),
        "headersSize": -1,
        "bodySize": exchange.request_body.size,
    }
    if exchange.request_body.size:
        request["postData"] = {"mimeType": value_of(request_headers, "content-type"), "params": []}
        if exchange.request_body.data is not None:
            request["postData"] |= _text(exchange.request_body.data)
    out: Entry = {
        "startedDateTime": datetime.fromtimestamp(exchange.wall_start, UTC).isoformat(),
        "time": round(send + wait + receive, 3),
        "request": request,
        "response": _response(exchange),
        "cache": {},
        "timings": _UNTIMED | {"send": send, "wait": wait, "receive": receive},
    }
    if exchange.server:
        out["serverIPAddress"] = exchange.server
    files: dict[str, Any] = {"body": exchange.request_body.file}
    if exchange.request_body.truncated:
        files["body_truncated"] = True
    if exchange.response_body is not None and exchange.response_body.file:
        files["response_body"] = exchange.response_body.file
    out["_harness"] = extra | files | {"error": exchange.error}
    return out


def _response(exchange: Exchange) -> dict[str, Any]:
    headers = _headers(exchange.response_headers)
    body = exchange.response_body or Body()
    content: dict[str, Any] = {"size": body.size, "mimeType": value_of(headers, "content-type")}
    if body.data:
        data = body.data
        try:
            plain = undo_all(value_of(headers, "content-encoding"), data, INLINE)
            if plain.truncated:
                content["comment"] = "cut after 64 KiB of decoded text"
            data = plain.data
        except CodingError as error:
            content["comment"] = f"as on the wire: {error}"
        content |= {"size": len(data), "compression": len(data) - body.size} | _text(data)
    elif body.file:
        content["comment"] = body.file
    out: dict[str, Any] = {
        "status": exchange.status,
        "statusText": exchange.status_text,
        "httpVersion": exchange.http_version if exchange.status else "",
        "cookies": _set_cookies(headers),
        "headers": headers,
        "content": content,
        "redirectURL": value_of(headers, "location"),
        "headersSize": -1,
        "bodySize": body.size if exchange.status else -1,
    }
    if exchange.error is not None:
        out["_error"] = exchange.error
    return out


def text_of(raw: bytes) -> str:
    """UTF-8 where it is; else each byte as the character of its number, so that nothing is lost."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def value_of(headers: list[dict[str, str]], name: str) -> str:
    """The first header of that (lower-case) name, or the empty string."""
    for header in headers:
        if header["name"].lower() == name:
            return header["value"]
    return ""


def _headers(fields: Headers) -> list[dict[str, str]]:
    return [{"name": text_of(name), "value": text_of(value)} for name, value in fields]


def _text(data: bytes) -> dict[str, str]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return {"text": base64.b64encode(data).decode(), "encoding": "base64"}
    if "\0" in text:
        return {"text": base64.b64encode(data).decode(), "encoding": "base64"}
    return {"text": text}


def _span(start: float | None, end: float | None) -> float:
    return 0.0 if start is None or end is None else round(max(0.0, end - start), 3)


def _query(url: str) -> list[dict[str, str]]:
    _, mark, query = url.partition("?")
    if not mark:
        return []
    query = query.partition("#")[0]
    if query.count("&") >= _PAIRS:
        query = "&".join(query.split("&", _PAIRS)[:_PAIRS])
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    return [{"name": name, "value": value} for name, value in pairs]


def _cookies(headers: list[dict[str, str]]) -> list[dict[str, str]]:
    out: list[dict[str, str]] = []
    for header in headers:
        if header["name"].lower() == "cookie":
            for pair in header["value"].split(";")[:_PAIRS]:
                name, _, value = pair.strip().partition("=")
                if name:
                    out.append({"name": name, "value": value})
    return out


def _set_cookies(headers: list[dict[str, str]]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for header in headers:
        if header["name"].lower() != "set-cookie":
            continue
        pair, *attributes = header["value"].split(";")
        name, _, value = pair.strip().partition("=")
        cookie: dict[str, Any] = {"name": name, "value": value}
        for attribute in attributes:
            key, _, given = attribute.strip().partition("=")
            match key.lower():
                case "path" | "domain" as key:
                    cookie[key] = given
                case "httponly":
                    cookie["httpOnly"] = True
                case "secure":
                    cookie["secure"] = True
        out.append(cookie)
    return out


def read_flows(folder: RunFolder) -> Iterator[Entry]:
    """Entries of raw/flows.jsonl: entry n is line n + 1, also where a line cannot be read.

    Half a line at the end, as a killed writer may leave it, is no entry.
    """
    path = folder.path / FLOWS
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            try:
                one = json.loads(line)
                one["request"], one["_harness"]["selftest"]
            except (ValueError, KeyError, TypeError, RecursionError):
                yield _unreadable()
            else:
                yield one


def _unreadable() -> Entry:
    nothing = Exchange(
        "UNREADABLE", "", "", (), Body(), 0.0, 0.0, None, None, None, error="unreadable record"
    )
    return entry(nothing, {"selftest": False})


def write_har(folder: RunFolder) -> int:
    """Make traffic.har from raw/flows.jsonl, entry n from line n + 1; returns how many entries it has."""
    head = {
        "version": "1.2",
        "creator": {"name": "harness", "version": harness.__version__},
        "comment": "Request bodies are as on the wire; bodies over 64 KiB are files named in _harness.body.",
    }
    count = 0
    temporary = folder.path / f".{HAR}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        file.write('{"log":' + json.dumps(head)[:-1] + ',"pages":[],"entries":[')
        for one in read_flows(folder):
            file.write(
                ("," if count else "") + "\n" + json.dumps(one, ensure_ascii=False, separators=(",", ":"))
            )
            count += 1
        file.write("\n]}}\n")
    os.replace(temporary, folder.path / HAR)
    return count


class HarError(Exception):
    """The file is not a HAR document."""


def read_har(path: Path) -> list[Entry]:
    """Entries of a HAR document, whoever made it."""
    try:
        document = json.loads(path.read_bytes())
        entries = document["log"]["entries"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HarError(f"no HAR document ({type(error).__name__}: {error})") from error
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise HarError("log.entries is not a list of objects")
    return entries
