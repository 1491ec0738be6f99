"""Lists of third-party SDKs: as tables, as labelled blocks, and as one cell a line. Free text is in declared.py.

What goes wrong in such lists: a page changes its field names halfway, puts the company before or after the
SDK, loses the SDK's name where a cell spans rows, and loses all borders so that each cell is a line.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.policy.fold import folded
from harness.policy.names import core, is_company, sdk_called, unnumbered
from harness.policy.text import Row, Sentence
from harness.policy.words import kinds, labels

MOST_ENTRIES: Final = 1000
MOST_VALUE: Final = 4000
"""Characters of one field."""
_LABELLED: Final = re.compile(r"^([^:：]{1,24})[:：]\s*(.*)$", re.DOTALL)
_URL: Final = re.compile(r"https?://|www\.|^(?:/|-|—|无|暂无|n/a|见官网|详见.{0,10})$")
_HEADING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第.{1,4}[章节条部分])"
)
_SHORT: Final = 40
_BARE: Final = re.compile(r"[\s(（)）【】\[\]*:：、.]+|^\d{1,2}")
_VALUES: Final = frozenset({"kinds", "required", "optional", "purpose", "permissions"})


@dataclass
class Listed:
    """One entry as the list has it: role → text."""

    row: Row
    fields: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def put(self, role: str, value: str) -> None:
        value = value.strip()
        if role in self.fields and value:
            value = f"{self.fields[role]} {value}"
        if value or role not in self.fields:
            self.fields[role] = value[:MOST_VALUE]
        self.last = role

    @property
    def name(self) -> str:
        return self.fields.get("name", "")

    @property
    def sentence(self) -> Sentence:
        said = " | ".join(value for value in self.fields.values() if value)
        return Sentence(said[:500], self.row.line)


@dataclass(frozen=True, slots=True)
class Lists:
    entries: list[Listed]
    used: frozenset[int]
    """Lines that belong to a list."""


@functools.lru_cache(4096)
def role_of(text: str) -> str | None:
    """What a field of this name holds; None when the words are no field name."""
    if len(text) > 30:
        return None
    said = folded(text)
    return labels().get(said) or labels().get(_BARE.sub("", said))


def read_lists(rows: Sequence[Row]) -> Lists:
    return _Reader(rows).read()


class _Reader:
    """Goes over the rows once; each row belongs to the table, column or block that is open, or to none."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.entries: list[Listed] = []
        self.used: set[int] = set()
        self.columns: list[str] = []
        """Of the table that is open."""
        self.torn: tuple[str, ...] = ()
        """The last row when it ended early."""
        self.block: Listed | None = None
        self.title: Row | None = None
        """A short line that may be the name of the block that follows."""

    def read(self) -> Lists:
        at = 0
        while at < len(self.rows) and len(self.entries) < MOST_ENTRIES:
            at += self._step(at)
        self._close()
        kept = [entry for entry in self.entries if _worth(entry)]
        return Lists(kept, frozenset(self.used))

    def _step(self, at: int) -> int:
        """Returns how many rows it took."""
        row = self.rows[at]
        if len(row.cells) > 1:
            self._table_row(row)
            return 1
        column_header = self._header_in_lines(at)
        if column_header:
            self._close()
            return len(column_header) + self._cells_in_lines(at + len(column_header), column_header)
        if self.columns and self.entries and not self._ends_table(row):
            self.entries[-1].put(self.entries[-1].last or "other", row.text)
            self.used.add(row.line)
            return 1
        self.columns = []
        self._block_row(row)
        return 1

    # Tables

    def _table_row(self, row: Row) -> None:
        roles = [role_of(cell) for cell in row.cells]
        known = [role for role in roles if role]
        if len(known) * 2 > len(row.cells) and {"name", "company"} & set(known):
            self._close()
            self.columns = [role or "other" for role in roles]
            self.used.add(row.line)
            return
        if not self.columns:
            if roles[0] and len(row.cells) == 2:
                self._labelled(row, roles[0], row.cells[1])
            return
        cells = self._whole(row)
        entry = Listed(row)
        for role, cell in zip(self.columns, cells, strict=False):
            entry.put(role, cell)
        if not entry.name and self.entries:
            above = self.entries[-1].fields
            for role in self.columns:
                if entry.fields.get(role):
                    break
                entry.fields[role] = above.get(role, "")
            entry.fields["name"] = entry.name or above.get("name", "")
        self.entries.append(entry)
        self.used.add(row.line)
        if len(cells) >= len(self.columns):
            self.torn = ()

    def _whole(self, row: Row) -> tuple[str, ...]:
        """As many cells as the table has columns."""
        cells, columns = row.cells, self.columns
        gap = len(columns) - len(cells)
        if gap <= 0:
            return cells
        if self.torn and len(self.torn) + len(cells) - 1 == len(columns):
            # A line break inside a cell tore the row in two.
            self.entries.pop()
            return (*self.torn[:-1], f"{self.torn[-1]} {cells[0]}", *cells[1:])
        # Cells that reach down from the row above are those on the left.
        left, right = list(zip(columns, cells, strict=False)), list(zip(columns[gap:], cells, strict=True))
        if _fit(left) > _fit(right):
            self.torn = cells
            return cells
        return ("",) * gap + cells

    @staticmethod
    def _ends_table(row: Row) -> bool:
        return (
            len(row.text) > 120
            or row.text.endswith("。")
            or bool(_HEADING.match(row.text))
            or _LABELLED.match(row.text) is not None
        )

    # One cell a line

    def _header_in_lines(self, at: int) -> list[str]:
        """Roles of a run of lines that are field names and nothing else; empty when it is no header."""
        roles: list[str] = []
        for row in self.rows[at : at + 12]:
            role = role_of(row.text) if len(row.cells) == 1 and not row.text.endswith((":", "：")) else None
            if role is None or role in roles:
                break
            roles.append(role)
        return roles if len(roles) >= 3 and {"name", "company"} & set(roles) else []

    def _cells_in_lines(self, at: int, roles: list[str]) -> int:
        """Groups of as many lines as the header has; one less where the name spans rows."""
        start = at
        self.used.update(row.line for row in self.rows[at - len(roles) : at])
        while at < len(self.rows):
            if self._header_in_lines(at) or len(self.rows[at].cells) > 1:
                break
            choices = []
            for missing in range(3 if self.entries else 1):
                group = self._group(at, roles[missing:])
                if group is not None and (missing == 0 or "kinds" in roles[missing:]):
                    choices.append((_fit(group), -missing, group))
            if not choices:
                break
            fit, missing, group = max(choices, key=lambda choice: choice[:2])
            if fit < 0:
                break
            entry = Listed(self.rows[at])
            for role, value in group:
                entry.put(role, value)
            if missing:
                above = self.entries[-1].fields
                entry.fields = {role: above.get(role, "") for role in roles[:-missing]} | entry.fields
            self.entries.append(entry)
            self.used.update(row.line for row in self.rows[at : at + len(group)])
            at += len(group)
        return at - start

    def _group(self, at: int, roles: Sequence[str]) -> list[tuple[str, str]] | None:
        rows = self.rows[at : at + len(roles)]
        if len(rows) < len(roles) or any(len(row.cells) > 1 for row in rows):
            return None
        return [(role, row.text) for role, row in zip(roles, rows, strict=True)]

    # Labelled blocks

    def _block_row(self, row: Row) -> None:
        match = _LABELLED.match(unnumbered(row.text))
        role = role_of(match.group(1)) if match else None
        if match and role:
            self._labelled(row, role, match.group(2))
            return
        if self.block is not None and self.block.last and not self.block.fields.get(self.block.last):
            self.block.put(self.block.last, row.text)
            self.used.add(row.line)
            return
        if _is_title(row.text):
            self._close()
            self.title = row
            return
        if self.block is not None and self.block.last in _VALUES and not _is_prose(row.text):
            self.block.put(self.block.last, row.text)
            self.used.add(row.line)
            return
        self._close()

    def _labelled(self, row: Row, role: str, value: str) -> None:
        block = self.block
        again = block is not None and role in ("name", "company") and bool(block.fields.get(role))
        if block is None or again:
            self._flush()
            block = self.block = Listed(self.title or row)
            if self.title is not None:
                if role != "name":
                    block.put("name", unnumbered(self.title.text))
                self.used.add(self.title.line)
                self.title = None
        block.put(role, value)
        self.used.add(row.line)

    def _flush(self) -> None:
        if self.block is not None:
            self.entries.append(self.block)
            self.block = None

    def _close(self) -> None:
        self._flush()
        self.title = None
        self.columns = []


def _is_title(text: str) -> bool:
    """May be the name of an SDK that stands above its fields."""
    name = unnumbered(text)
    if not 1 < len(name) <= _SHORT or name.endswith(("。", "；", ";", "，", ":", "：")):
        return False
    said = folded(name)
    return (said.endswith("sdk") or "sdk" in said or sdk_called(name) is not None) and core(name) != ""


def _is_prose(text: str) -> bool:
    return len(text) > 200 or bool(_HEADING.match(text)) or text.endswith("。")


def _fit(group: Sequence[tuple[str, str]]) -> int:
    """How well the lines look like what the header says they are; negative when they cannot be."""
    score = 0
    for role, value in group:
        said = folded(value)
        about_data = any(hit.means is not None for hit in kinds().find(said[:300]))
        url = _URL.search(said) is not None
        if role == "name":
            score += -4 if url or len(value) > 80 or value.endswith("。") else 0
            score += 2 if "sdk" in said or sdk_called(value) else -1 if about_data and "、" in value else 0
        elif role == "company":
            score += 2 if is_company(value) else -2 if url or about_data else 0
        elif role == "link":
            score += 2 if url else -3
        elif role in ("kinds", "required", "optional"):
            score += 2 if about_data else -3 if url or is_company(value) else 0
        elif role == "purpose":
            score += -3 if url or is_company(value) else 0
    return score


def _worth(entry: Listed) -> bool:
    """Has a name or a company, and at least one thing told of it."""
    who = entry.name or entry.fields.get("company", "")
    told = [role for role, value in entry.fields.items() if value and role not in ("number", "name")]
    return bool(who.strip("/-— ")) and len(who) <= 120 and bool(told)
