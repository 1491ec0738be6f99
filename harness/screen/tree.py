"""A hierarchy dump as a flat list of nodes. The file is untrusted: all is bounded, nothing recurses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from harness.model.errors import InputError

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 200
MAX_TEXT: Final = 20_000
"""Characters of one label that are kept."""

_BOUNDS: Final = re.compile(r"\[(-?\d{1,6}),(-?\d{1,6})\]\[(-?\d{1,6}),(-?\d{1,6})\]")

Bounds = tuple[int, int, int, int]
"""left, top, right, bottom"""


@dataclass(slots=True)
class Node:
    index: int
    parent: int
    """Index of the parent; -1 for the root of a window."""
    depth: int
    text: str
    description: str
    resource: str
    cls: str
    package: str
    bounds: Bounds
    clickable: bool
    enabled: bool
    checkable: bool
    checked: bool
    selected: bool
    password: bool
    scrollable: bool
    label: str
    """What a person sees or a screen reader says."""
    area: int
    end: int = 0
    """The subtree is nodes[index:end]."""

    @property
    def center(self) -> tuple[int, int]:
        left, top, right, bottom = self.bounds
        return (left + right) // 2, (top + bottom) // 2


@dataclass(slots=True)
class Tree:
    nodes: list[Node]
    roots: list[int]
    """One a window, in the order of the dump."""

    def below(self, node: Node) -> list[Node]:
        """The node and everything in it."""
        return self.nodes[node.index : node.end]

    def ancestors(self, node: Node) -> list[Node]:
        """From the parent up."""
        found = []
        at = node.parent
        while at >= 0:
            found.append(self.nodes[at])
            at = self.nodes[at].parent
        return found


def contains(outer: Bounds, point: tuple[int, int]) -> bool:
    return outer[0] <= point[0] < outer[2] and outer[1] <= point[1] < outer[3]


def parse(xml: str | bytes) -> Tree:
    """Raises InputError for what is no dump, and for what is beyond the bounds."""
    data = xml.encode("utf-8", errors="replace") if isinstance(xml, str) else xml
    if len(data) > MAX_BYTES:
        raise InputError(f"a dump of {len(data)} bytes; at most {MAX_BYTES} are read")
    builder = _Builder()
    parser = expat.ParserCreate("utf-8" if isinstance(xml, str) else None)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.finish
    # A dump has no DTD; refusing it leaves no way to declare an entity.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InputError(f"not a hierarchy dump: {error}") from error
    if not builder.seen_root:
        raise InputError("not a hierarchy dump: no <hierarchy> in it")
    return Tree(builder.nodes, builder.roots)


def _refuse_doctype(*_: object) -> None:
    raise InputError("not a hierarchy dump: it declares a document type")


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.roots: list[int] = []
        self.seen_root = False
        self._open: list[int] = []
        """For each open element the index of the node that it is, or that it lies in; -1 for none."""
        self._is_node: list[bool] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.seen_root:
            if tag != "hierarchy":
                raise InputError(f"not a hierarchy dump: it starts with <{tag[:40]}>")
            self.seen_root = True
        depth = len(self._open)
        if depth > MAX_DEPTH:
            raise InputError(f"a dump deeper than {MAX_DEPTH} levels")
        parent = self._open[-1] if depth else -1
        if "bounds" not in attributes:
            self._open.append(parent)
            self._is_node.append(False)
            return
        index = len(self.nodes)
        if index >= MAX_NODES:
            raise InputError(f"a dump of more than {MAX_NODES} nodes")
        self.nodes.append(_node(index, parent, depth, tag, attributes))
        if parent < 0:
            self.roots.append(index)
        self._open.append(index)
        self._is_node.append(True)

    def finish(self, tag: str) -> None:
        index = self._open.pop()
        if self._is_node.pop():
            self.nodes[index].end = len(self.nodes)


def _node(index: int, parent: int, depth: int, tag: str, attributes: dict[str, str]) -> Node:
    read = attributes.get
    found = _BOUNDS.fullmatch(attributes["bounds"])
    left, top, right, bottom = map(int, found.groups()) if found else (0, 0, 0, 0)
    text = read("text", "")
    description = read("content-desc", "")
    if len(text) > MAX_TEXT or len(description) > MAX_TEXT:
        text, description = text[:MAX_TEXT], description[:MAX_TEXT]
    return Node(
        index,
        parent,
        depth,
        text,
        description,
        read("resource-id", "")[:200],
        read("class", tag)[:200],
        read("package", "")[:200],
        (left, top, right, bottom),
        read("clickable") == "true",
        read("enabled", "true") == "true",
        read("checkable") == "true",
        read("checked") == "true",
        read("selected") == "true",
        read("password") == "true",
        read("scrollable") == "true",
        text.strip() or description.strip(),
        (right - left) * (bottom - top) if right > left and bottom > top else 0,
    )
