"""The XML that uiautomator's dump of the screen gives, attribute for attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from harness.twin.layout import Box, shown_text

if TYPE_CHECKING:
    from harness.twin.windows import Window

HEADER: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\r\n"
UNNAMED_PARENTS: Final = ("GridView", "ListView", "TableLayout")
"""uiautomator does not call these "not accessibility friendly"."""

_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
    "\r": "&#13;",
    "\t": "&#9;",
}
_ESCAPED = re.compile('[&<>"\n\r\t]')


class Element:
    """A view as uiautomator sees it: shown, with its window and its position among its siblings."""

    __slots__ = ("box", "depth", "index", "parent", "window")

    def __init__(self, box: Box, window: Window, index: int, depth: int, parent: Element | None) -> None:
        self.box = box
        self.window = window
        self.index = index
        self.depth = depth
        self.parent = parent

    @property
    def text(self) -> str:
        view = self.box.view
        typed = self.window.typed.get(view.id)
        if typed and "password" not in view.flags:
            return typed[0] or view.hint
        return shown_text(view)

    @property
    def is_focused(self) -> bool:
        return "focused" in self.box.view.flags or self.window.focus == self.box.view.id

    @property
    def is_scrollable(self) -> bool:
        return self.box.scroll_range > 0

    def has(self, flag: str) -> bool:
        return flag in self.box.view.flags

    def children(self) -> list[Element]:
        """Shown ones; their indices count what scrolled out of sight, as accessibility's do."""
        present = [child for child in self.box.children if "visible" in child.view.flags]
        return [
            Element(child, self.window, index, self.depth + 1, self)
            for index, child in enumerate(present)
            if child.is_shown
        ]

    def walk(self) -> Iterator[Element]:
        """This element and all below it, parents first."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children()))


def roots(windows: Sequence[tuple[Window, Box]]) -> list[Element]:
    return [Element(box, window, 0, 0, None) for window, box in windows if box.is_shown]


def dump(windows: Sequence[tuple[Window, Box]], rotation: int, compressed: bool, max_depth: int = 0) -> str:
    """`compressed` leaves out containers that say nothing; `max_depth` 0 means any depth."""
    parts = [HEADER, f'<hierarchy rotation="{rotation}">\r\n']
    for root in roots(windows):
        _write(parts, root, compressed, max_depth)
    if len(parts) == 2:
        return f'{HEADER}<hierarchy rotation="{rotation}" />'
    parts.append("</hierarchy>")
    return "".join(parts)


def _write(parts: list[str], root: Element, compressed: bool, max_depth: int) -> None:
    """Iterative: either an element still to open, or the closing tag of one."""
    waiting: list[tuple[Element, int] | str] = [(root, 1)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        element, depth = item
        children = element.children()
        if compressed and not _matters(element):
            waiting.extend((child, depth) for child in reversed(children))
            continue
        indent = "  " * depth
        if not children or (max_depth and depth >= max_depth):
            parts.append(f"{indent}<node {_attributes(element)} />\r\n")
            continue
        parts.append(f"{indent}<node {_attributes(element)}>\r\n")
        waiting.append(f"{indent}</node>\r\n")
        waiting.extend((child, depth + 1) for child in reversed(children))


def _attributes(element: Element) -> str:
    view = element.box.view
    visible = element.box.visible
    assert visible is not None, "only shown boxes become elements"
    values = {
        "index": str(element.index),
        "text": element.text,
        "resource-id": view.rid,
        "class": view.cls,
        "package": element.window.package,
        "content-desc": view.desc,
        "checkable": _bool(element.has("checkable")),
        "checked": _bool(element.has("checked")),
        "clickable": _bool(element.has("clickable")),
        "enabled": _bool(element.has("enabled")),
        "focusable": _bool(element.has("focusable")),
        "focused": _bool(element.is_focused),
        "scrollable": _bool(element.is_scrollable),
        "long-clickable": _bool(element.has("long-clickable")),
        "password": _bool(element.has("password")),
        "selected": _bool(element.has("selected")),
        "visible-to-user": "true",
        "bounds": f"[{visible.left},{visible.top}][{visible.right},{visible.bottom}]",
        "drawing-order": str(0 if element.parent is None else element.index + 1),
        "hint": view.hint,
        "display-id": "0",
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in values.items())
    return f'NAF="true" {written}' if _is_unfriendly(element) else written


def escape(text: str) -> str:
    """For an attribute in double quotes; characters that XML cannot hold become dots, as uiautomator's do."""
    return _ESCAPED.sub(lambda match: _ESCAPES[match.group()], _INVALID.sub(".", text))


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _is_unfriendly(element: Element) -> bool:
    """Clickable, but with no words on it or in it for someone who cannot see."""
    view = element.box.view
    if not (element.has("clickable") and element.has("enabled")) or view.simple_class in UNNAMED_PARENTS:
        return False
    return not any(below.text or below.box.view.desc for below in element.walk())


def _matters(element: Element) -> bool:
    view = element.box.view
    return bool(
        element.text
        or view.desc
        or element.is_scrollable
        or element.has("clickable")
        or element.has("long-clickable")
        or element.has("focusable")
        or element.has("checkable")
        or not element.box.children
    )
