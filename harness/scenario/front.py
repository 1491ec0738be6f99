"""The window in front: its nodes, whether it is a dialog, and the part of it that scrolls."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from harness.scenario.watch import Look
from harness.screen.roles import normalise
from harness.screen.tree import Bounds, Node, Tree, parse

MODAL: Final = 0.86
"""Of the screen; a smaller window has something else behind it."""
MIN_BODY: Final = 0.2
"""Of the window's height; what scrolls and is lower is a row of pictures or chips."""
_SIDEWAYS: Final = re.compile(r"ViewPager|HorizontalScroll|Gallery|Banner|TabLayout")
_BROWSERS: Final = re.compile(
    r"com\.android\.(?:chrome|browser)|org\.mozilla\..*|.*\.(?:browser|sbrowser|emmx|chromium)(?:\..*)?|"
    r"com\.(?:UCMobile|tencent\.mtt|quark\.browser|opera\..*|brave\.browser)(?:\..*)?"
)
_ADDRESS: Final = re.compile(r"(?:^|_)(?:url|address|location)(?:_|$)|urlbar|url_bar|omnibox", re.IGNORECASE)


@lru_cache(maxsize=8)
def tree_of(xml: str) -> Tree:
    """A look's tree, parsed once however many ask. Nobody changes its nodes."""
    return parse(xml)


@dataclass(frozen=True)
class Front:
    """What a person can touch in one look."""

    tree: Tree
    package: str
    root: Node | None
    """None when the tree holds no window of that package."""
    screen: Bounds

    @cached_property
    def nodes(self) -> list[Node]:
        """Of the window in front, those that take room."""
        if self.root is None:
            return []
        return [one for one in self.tree.below(self.root) if one.area > 0 and one.package == self.package]

    @cached_property
    def is_modal(self) -> bool:
        if self.root is None:
            return False
        whole = (self.screen[2] - self.screen[0]) * (self.screen[3] - self.screen[1])
        return self.root.area < MODAL * max(1, whole)

    @cached_property
    def body(self) -> Node | None:
        """The largest part that scrolls up and down; None when nothing does."""
        height = self.screen[3] - self.screen[1]
        found = [
            one
            for one in self.nodes
            if one.scrollable
            and one.bounds[3] - one.bounds[1] >= MIN_BODY * height
            and not _SIDEWAYS.search(one.cls)
        ]
        return max(found, key=lambda one: one.area, default=None)

    @property
    def is_browser(self) -> bool:
        return bool(_BROWSERS.fullmatch(self.package))

    @cached_property
    def web(self) -> Node | None:
        """The largest web page in it."""
        return max(
            (one for one in self.nodes if "WebView" in one.cls), key=lambda one: one.area, default=None
        )

    @cached_property
    def address(self) -> str:
        """What a browser's address bar shows; empty when there is none."""
        for one in self.nodes:
            shown = one.text.strip() or one.description.strip()
            if _ADDRESS.search(one.resource.rpartition("/")[2]) and "." in shown and " " not in shown:
                return shown[:2000]
        return ""

    def said(self, part: Node | None = None) -> list[Node]:
        """Nodes that show words, all or those in one part."""
        nodes = self.nodes
        if part is not None:
            nodes = [one for one in nodes if part.index <= one.index < part.end]
        return [one for one in nodes if one.label]

    def titles(self) -> list[str]:
        """Short words at the top, where a page says what it is."""
        top = self.screen[1] + (self.screen[3] - self.screen[1]) * 0.2
        found = [
            one for one in self.said() if len(one.label) <= 48 and (self.is_modal or one.bounds[1] < top)
        ]
        return [one.label for one in found[:4]]


def front_of(look: Look) -> Front:
    """A window of the app in front lies above the page it belongs to: the smaller one counts."""
    tree = tree_of(look.xml)
    package = look.reading.package
    roots = [tree.nodes[root] for root in tree.roots]
    right = max((one.bounds[2] for one in roots), default=0)
    bottom = max((one.bounds[3] for one in roots), default=0)
    if right * 3 > bottom * 4:
        # A dialog alone in the dump stands in the middle of an upright screen.
        bottom = max(bottom, right * 2)
    mine = [one for one in roots if one.package == package]
    worded = [one for one in mine if any(node.label for node in tree.below(one))] or mine
    root = min(worded, key=lambda one: one.area, default=None)
    return Front(tree, package, root, (0, 0, right, bottom))


def mark_of(look: Look) -> str:
    """A screen by its structure and first labels: rows of a list, numbers and countdowns make no other screen."""
    front = front_of(look)
    top = front.root.depth if front.root is not None else 0
    shape = sorted({(one.cls, one.resource, one.depth - top) for one in front.nodes})
    labels = [re.sub(r"\d+", "0", normalise(one.label[:80])) for one in front.said()][:3]
    chosen = [one.label for one in front.said() if one.selected][:2]
    said = repr((front.package, front.is_modal, shape, labels, chosen))
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:16]


def words_of(look: Look) -> frozenset[str]:
    """The short labels in front, numbers left out: two looks at one screen share most of them."""
    return frozenset(re.sub(r"\d+", "0", one.label) for one in front_of(look).said() if len(one.label) <= 40)


def moved(before: Look, after: Look) -> bool:
    """Whether what scrolls shows something else, or the same elsewhere."""
    return _standing(before) != _standing(after)


def _standing(look: Look) -> list[tuple[str, Bounds]]:
    front = front_of(look)
    return [(one.label, one.bounds) for one in front.said(front.body)]
