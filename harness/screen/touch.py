"""Where to touch so that the element which shows a label reacts: often it is not the label itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from harness.screen.tree import Bounds, Node, Tree, contains

LINE_SPACING: Final = 1.25
"""Line height over text size: Android's default fonts with the usual extra."""
MAX_UP: Final = 4
MAX_GROWTH: Final = 12
"""A button may be this many times larger than its label, not more: beyond that it is a page."""


def touch_point(tree: Tree, node: Node, labelled: Iterable[Node]) -> tuple[int, int] | None:
    """The label's centre when it, a parent of its own or an empty view over it takes touches; else None.

    `labelled` are all nodes whose label has a role: a parent that holds two of them decides nothing.
    """
    if not node.enabled or node.area == 0:
        return None
    if node.clickable:
        return node.center
    others = [other for other in labelled if other is not node and other.label != node.label]
    for parent in tree.ancestors(node)[:MAX_UP]:
        holds_others = any(parent.index < other.index < parent.end for other in others)
        if holds_others or parent.area > MAX_GROWTH * node.area:
            break
        if parent.clickable:
            return node.center if parent.enabled else None
    return node.center if _covered_by_empty_view(tree, node) else None


def _covered_by_empty_view(tree: Tree, node: Node) -> bool:
    """A clickable view without words lies exactly over the label: a custom button drawn in two layers."""
    return any(
        other.clickable
        and other.enabled
        and not other.label
        and other.end == other.index + 1
        and contains(other.bounds, node.center)
        and other.area <= MAX_GROWTH * node.area
        for other in tree.nodes
    )


def span_point(text: str, bounds: Bounds, start: int, end: int) -> tuple[int, int]:
    """About where characters start..end of a wrapped text are drawn. The size is guessed from the bounds."""
    size = _text_size(text, bounds)
    left, top, right, bottom = bounds
    width = max(right - left, 1)
    middle = (start + end) // 2
    line, before, lines = 0, 0.0, 1
    used = 0.0
    for index, character in enumerate(text):
        advance = _width(character) * size
        if character == "\n" or used + advance > width:
            lines += 1
            used = 0.0
        if index == middle:
            line, before = lines - 1, used
        if character != "\n":
            used += advance
    height = (bottom - top) / lines
    x = left + min(before + size / 2, width - 1)
    return int(x), int(top + height * (line + 0.5))


def _text_size(text: str, bounds: Bounds) -> float:
    """The largest size at which the wrapped text still fits its box."""
    width, height = max(bounds[2] - bounds[0], 1), max(bounds[3] - bounds[1], 1)
    low, high = 8.0, 160.0
    for _ in range(20):
        size = (low + high) / 2
        if _lines(text, width / size) * size * LINE_SPACING > height:
            high = size
        else:
            low = size
    return low


def _lines(text: str, width: float) -> int:
    lines, used = 1, 0.0
    for character in text:
        advance = _width(character)
        if character == "\n" or used + advance > width:
            lines, used = lines + 1, 0.0
        if character != "\n":
            used += advance
    return lines


def _width(character: str) -> float:
    """In units of the text size."""
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.52
