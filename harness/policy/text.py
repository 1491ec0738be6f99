"""A captured notice as rows: a line of prose, or a line of table cells. Pages of HTML are read here too."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harness.policy.fold import folded

MOST_CHARS: Final = 2_000_000
MOST_ROWS: Final = 60_000
MOST_CELLS: Final = 40
MOST_SPAN: Final = 200
LONGEST: Final = 1000
"""Of one sentence; what is longer is cut into pieces."""
SHOWN: Final = 500

_LOOKS_LIKE_HTML: Final = re.compile(r"(?i)<(?:!doctype|html|body|head|table|div|p|br|li|span)\b")
_TOKEN: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]*)>|<![^<>]*>|<\?[^<>]*>|([^<]+)|<")
_SPAN: Final = re.compile(r"(?i)\browspan\s{0,9}=\s{0,9}[\"']?(\d{1,4})")
_SILENT: Final = ("script", "style", "noscript", "template")
_BREAKS: Final = frozenset(
    {
        "address", "article", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "ol", "p", "pre", "section", "table", "title", "tr", "ul",
    }
)  # fmt: skip
_END: Final = re.compile(r"[。！？!?；;]+[”’」』）)\"']{0,2}|(?<=[a-z0-9)\]”\"'][.])\s+(?=[A-Z“\"(])")
_COLUMNS: Final = re.compile(r"\t| {4,}")
_RULED: Final = re.compile(r"[\s|:+=-]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Evidence: the words as they stood."""

    text: str
    """Cut to 500 characters."""
    line: int
    """1-based, in the text as given."""


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: tuple[str, ...]
    """One for prose. An empty one stands where the table had none."""

    @property
    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)

    @property
    def sentence(self) -> Sentence:
        return Sentence(self.text[:SHOWN], self.line)


def rows(text: str) -> list[Row]:
    """Lines that are not empty: at most sixty thousand, of the first two million characters."""
    text = text[:MOST_CHARS]
    if _LOOKS_LIKE_HTML.search(text, 0, 20_000):
        return list(itertools.islice(_html_rows(text), MOST_ROWS))
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line)
        if any(cells):
            found.append(Row(number, cells))
        if len(found) == MOST_ROWS:
            break
    return found


def sentences(row: Row) -> Iterator[tuple[str, Sentence]]:
    """(folded, as it stood), none longer than a thousand characters."""
    text, at = row.text, 0
    ends = [match.end() for match in _END.finditer(text)]
    for end in [*ends, len(text)]:
        while at < end:
            piece = text[at : min(end, at + LONGEST)]
            at += len(piece)
            if piece.strip():
                yield folded(piece), Sentence(piece.strip()[:SHOWN], row.line)


def _cells(line: str) -> tuple[str, ...]:
    if line.count("|") >= 2:
        if _RULED.fullmatch(line):
            return ()
        line = line.strip()
        parts = line.removeprefix("|").removesuffix("|").split("|", MOST_CELLS)
    else:
        # A table whose first cell is empty because it spans rows begins with a tab.
        parts = _COLUMNS.split(line.rstrip() if "\t" in line else line.strip(), MOST_CELLS)
    cells = tuple(part.strip() for part in parts)
    return cells if sum(1 for cell in cells if cell) > 1 else tuple(cell for cell in cells if cell)


@dataclass
class _Table:
    cells: list[str] = field(default_factory=list)
    spans: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Column → (rows it still covers, its text)."""
    open: bool = False
    span: int = 1

    def fill(self) -> None:
        """Cells of earlier rows that reach into this one."""
        while (held := self.spans.get(len(self.cells))) is not None and len(self.cells) < MOST_CELLS:
            left, text = held
            if left > 1:
                self.spans[len(self.cells)] = (left - 1, text)
            else:
                del self.spans[len(self.cells)]
            self.cells.append(text)


def _html_rows(text: str) -> Iterator[Row]:
    """Tables row by row with row-spans written out, everything else by blocks. Linear, whatever the markup."""
    table: _Table | None = None
    words: list[str] = []
    line, at, closed = 1, 0, dict.fromkeys(_SILENT, True)
    began = 1
    while at < len(text):
        if text.startswith("<!--", at):
            at = _after(text, "-->", at)
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            break
        closing, name, attributes, said = match.groups()
        if said is not None:
            if not words:
                began = line + said.count("\n", 0, len(said) - len(said.lstrip()))
            words.append(html.unescape(said))
        line += text.count("\n", at, match.end())
        at = match.end()
        if name is None:
            continue
        name = name.lower()
        if name in closed and not closing:
            end = text.find(f"</{name}", at) if closed[name] else -1
            if end < 0:
                closed[name] = False
                continue
            line += text.count("\n", at, end)
            at = end
        elif name in ("td", "th"):
            if table is not None and table.open:
                _cell_ends(table, words)
            if table is not None and not closing:
                table.fill()
                span = _SPAN.search(attributes)
                table.open, table.span = True, min(int(span.group(1)), MOST_SPAN) if span else 1
                words.clear()
        elif name == "tr" or (name == "table" and closing):
            if table is not None:
                yield from _row_ends(table, words, line)
            if name == "table":
                table = None
        elif name == "table":
            yield from _block(words, began)
            table = _Table()
        elif name in _BREAKS and not (table is not None and table.open):
            yield from _block(words, began)
        elif name in _BREAKS:
            words.append(" ")
    yield from _row_ends(table, words, line) if table is not None else _block(words, began)


def _cell_ends(table: _Table, words: list[str]) -> None:
    said = " ".join("".join(words).split())
    words.clear()
    if len(table.cells) < MOST_CELLS:
        if table.span > 1:
            table.spans[len(table.cells)] = (table.span - 1, said)
        table.cells.append(said)
    table.open = False


def _row_ends(table: _Table, words: list[str], line: int) -> Iterator[Row]:
    if table.open:
        _cell_ends(table, words)
    table.fill()
    if any(table.cells):
        yield Row(line, tuple(table.cells))
    table.cells = []


def _block(words: list[str], line: int) -> Iterator[Row]:
    said = " ".join("".join(words).split())
    words.clear()
    if said:
        yield Row(line, (said,))


def _after(text: str, mark: str, at: int) -> int:
    """Just behind the next mark; the end of the text when there is none."""
    found = text.find(mark, at)
    return len(text) if found < 0 else found + len(mark)
