"""Where to touch so that the element which shows a label reacts: often it is not the label itself."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from harness.screen.tree import Node, Tree, contains

MAX_UP: Final = 4
MAX_EMPTY: Final = 400
MAX_GROWTH: Final = 12
"""A button may be this many times larger than its label, not more: beyond that it is a page."""


@dataclass(frozen=True, slots=True)
class Touch:
    point: tuple[int, int]
    by: str
    """What takes the touch: "self", "parent", "overlay", or "label" when nothing says that it takes touches."""


class Touches:
    """Answers for the nodes of one tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._empty = [
            node
            for node in tree.nodes
            if node.clickable
            and node.enabled
            and not node.label
            and node.end == node.index + 1
            and node.area > 0
        ][-MAX_EMPTY:]
        self._labelled: list[Node] = []
        self._at: list[int] = []

    def know(self, labelled: list[Node]) -> None:
        """All nodes whose label has a role, in order: a parent that holds two of them decides nothing."""
        self._labelled = labelled
        self._at = [node.index for node in labelled]

    def of(self, node: Node) -> Touch | None:
        """How a label is touched: it, a parent of its own or an empty view over it takes touches; else None."""
        if not node.enabled or node.area == 0:
            return None
        if node.clickable:
            return Touch(node.center, "self")
        for parent in self._tree.ancestors(node)[:MAX_UP]:
            if self._holds_others(parent, node) or parent.area > MAX_GROWTH * max(node.area, 4000):
                break
            if parent.clickable:
                return Touch(node.center, "parent") if parent.enabled else None
        return Touch(node.center, "overlay") if self._is_covered(node) else None

    def _holds_others(self, parent: Node, node: Node) -> bool:
        at = bisect_right(self._at, parent.index)
        while at < len(self._at) and self._at[at] < parent.end:
            if self._labelled[at].label != node.label:
                return True
            at += 1
        return False

    def _is_covered(self, node: Node) -> bool:
        """A clickable view without words lies exactly over the label: a custom button drawn in two layers."""
        return any(
            contains(other.bounds, node.center) and other.area <= MAX_GROWTH * node.area
            for other in self._empty
        )
