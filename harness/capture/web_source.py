"""The source of a page that a web view or browser shows, from the record of the proxy while it is being written."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from harness.capture.coding import CodingError, undo_all
from harness.model.run_folder import FLOWS, TLS, RunFolder

MAX_SOURCE: Final = 4 << 20
"""Bytes of one page that are read."""
MAX_PAGES: Final = 60
"""Pages of one question that are looked at, the last ones."""
MAX_TEXT: Final = 400_000
_MIME: Final = re.compile(r"text/html|application/xhtml|text/plain", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_BODY: Final = re.compile(r"^bodies/[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class WebPage:
    url: str
    status: int | None
    """None when no answer came."""
    source: bytes
    """Without content coding; empty when there is none, or it is too large."""
    text: str
    """What a person would read of it, a line a block."""
    title: str
    at_ms: float
    """Host time of the request."""
    by_sinkhole: bool
    """The proxy answered it itself: it says nothing of the server's page."""
    error: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.source).hexdigest()


def pages_since(folder: RunFolder, since_ms: float) -> list[WebPage]:
    """Pages that were asked for since that host time, in order; half a line that is being written is left."""
    found = []
    for line in _last_lines(folder.path / FLOWS):
        try:
            entry = json.loads(line)
            own, request = entry["_harness"], entry["request"]
            is_page = request["method"] == "GET" and not own.get("selftest") and _may_be_page(entry)
            if not is_page or float(own["host_ms_request_start"]) < since_ms:
                continue
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        found.append(_page(folder, entry))
    return found[-MAX_PAGES:]


def page_shown(pages: list[WebPage], shown: list[str]) -> WebPage | None:
    """The one whose words are on the screen; with a blank screen the longest, and of empty ones the last that
    failed or was answered."""
    lines = [_plain(line) for one in shown for line in one.splitlines()[:400] if len(line.strip()) >= 6]
    if lines:
        best = max(pages, key=lambda page: _share(page, lines), default=None)
        if best is not None and _share(best, lines) >= 0.5:
            return best
        if sum(map(len, lines)) >= 40:
            return next((page for page in reversed(pages) if (page.status or 0) >= 400), None)
    worded = [page for page in pages if page.text]
    return max(worded, key=lambda page: len(page.text)) if worded else (pages[-1] if pages else None)


def refused_since(folder: RunFolder, since_ms: float) -> list[str]:
    """Hosts whose connections refused the proxy's certificate since then."""
    hosts = []
    for line in _last_lines(folder.path / TLS):
        try:
            record = json.loads(line)
            if record["reason"] == "tls_refused" and float(record["host_ms_start"]) >= since_ms:
                hosts.append(str(record["host"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return list(dict.fromkeys(hosts))


def text_of_page(source: bytes, mime: str = "text/html") -> tuple[str, str]:
    """(title, text). Blocks become lines; scripts and styles say nothing."""
    text = source.decode(_charset(source, mime), errors="replace")
    if "html" not in mime.lower() and "<html" not in text[:2000].lower():
        return "", text[:MAX_TEXT]
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return " ".join(reader.title.split())[:200], "\n".join(line for line in lines if line)[:MAX_TEXT]


class _Reader(HTMLParser):
    SILENT: Final = frozenset({"script", "style", "noscript", "template", "svg", "select"})
    LINES: Final = frozenset({
        "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "thead", "tr", "ul", "body",
    })  # fmt: skip
    CELLS: Final = frozenset({"td", "th"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self._silent = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in self.SILENT:
            self._silent = tag
        elif tag == "title":
            self._in_title = True
        elif tag in self.LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag == "title":
            self._in_title = False
        elif tag in self.LINES:
            self.parts.append("\n")
        elif tag in self.CELLS:
            self.parts.append(" | ")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._silent:
            # A line break in the source is a space on the page.
            self.parts.append(data.replace("\n", " "))


def _last_lines(path: Path) -> list[bytes]:
    """Whole lines from the last 32 MiB."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (32 << 20)))
        lines = file.read().split(b"\n")
    return lines[1 if size > (32 << 20) else 0 : -1]


def _may_be_page(entry: dict[str, Any]) -> bool:
    response = entry.get("response") or {}
    headers = (entry["request"].get("headers")) or []
    accept = next((str(one["value"]) for one in headers if str(one["name"]).lower() == "accept"), "")
    if not response.get("status"):
        return "text/html" in accept
    mime = str((response.get("content") or {}).get("mimeType") or "")
    return bool(_MIME.search(mime)) or (int(response["status"]) >= 400 and "text/html" in accept)


def _page(folder: RunFolder, entry: dict[str, Any]) -> WebPage:
    own, response = entry["_harness"], entry.get("response") or {}
    source = _source(folder, entry)
    mime = str((response.get("content") or {}).get("mimeType") or "text/html")
    title, text = text_of_page(source, mime)
    return WebPage(
        url=str(entry["request"]["url"])[:2000], status=int(response.get("status") or 0) or None, source=source,
        text=text, title=title, at_ms=float(own["host_ms_request_start"]),
        by_sinkhole=own.get("answered_by") == "sinkhole", error=str(own.get("error") or "")[:300],
    )  # fmt: skip


def _source(folder: RunFolder, entry: dict[str, Any]) -> bytes:
    file = str(entry["_harness"].get("response_body") or "")
    response = entry.get("response") or {}
    if _BODY.match(file):
        data = (folder.path / file).read_bytes()[:MAX_SOURCE]
        headers = response.get("headers") or []
        coding = next(
            (str(one["value"]) for one in headers if str(one["name"]).lower() == "content-encoding"), ""
        )
        try:
            return undo_all(coding, data, MAX_SOURCE).data
        except CodingError:
            return b""
    content = response.get("content") or {}
    text = str(content.get("text") or "")
    return base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()


def _charset(source: bytes, mime: str) -> str:
    match = _CHARSET.search(mime.encode()) or _CHARSET.search(source[:2048])
    name = match.group(1).decode("ascii") if match else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _share(page: WebPage, lines: list[str]) -> float:
    """Of what is on the screen, how much stands in the page (which may also hold it in another order)."""
    whole = _plain(page.text)
    return sum(line[:60] in whole for line in lines) / len(lines)
