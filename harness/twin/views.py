"""The view tree of a window, as an app sent it: checked, bounded, immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MAX_NODES: Final = 10_000
MAX_DEPTH: Final = 100
MAX_TEXT: Final = 100_000
MAX_SPANS: Final = 1_000
MAX_LENGTH: Final = 1_000_000
"""Pixels; larger lengths are taken for this one."""

COLUMNS: Final = ("ListView", "RecyclerView", "WebView")
"""Scrollers whose children stand under each other."""
MATCH: Final = -1
WRAP: Final = -2

Sides = tuple[int, int, int, int]
"""left, top, right, bottom"""


class BadTree(ValueError):
    """The app sent something that is not a view tree, or one that is too large."""


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    id: int
    clickable: bool
    color: str | None


@dataclass(frozen=True, slots=True)
class ViewLayout:
    w: int = WRAP
    h: int = WRAP
    margin: Sides = (0, 0, 0, 0)
    padding: Sides = (0, 0, 0, 0)
    gravity: int = 0
    layout_gravity: int = 0
    weight: float = 0.0
    orientation: int = 1
    """0 horizontal, 1 vertical"""
    min_w: int = 0
    min_h: int = 0


@dataclass(frozen=True, slots=True)
class ViewStyle:
    size: int = 42
    """Text height in pixels."""
    color: str | None = None
    background: str | None = None
    bold: bool = False
    max_lines: int = 0
    """0: any number"""
    radius: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Equality is identity: two views with the same fields are still two views."""

    id: int
    cls: str
    """Java class as accessibility names it, e.g. android.widget.Button."""
    text: str = ""
    desc: str = ""
    rid: str = ""
    hint: str = ""
    flags: frozenset[str] = frozenset()
    layout: ViewLayout = ViewLayout()
    style: ViewStyle = ViewStyle()
    spans: tuple[Span, ...] = ()
    image: str | None = None
    children: tuple[View, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The node as it was sent, without its children."""

    @property
    def simple_class(self) -> str:
        return self.cls.rpartition(".")[2].rpartition("$")[2]

    @property
    def is_editable(self) -> bool:
        return self.simple_class in ("EditText", "AutoCompleteTextView", "MultiAutoCompleteTextView")

    @property
    def is_vertical_scroller(self) -> bool:
        return self.simple_class in ("ScrollView", "NestedScrollView", *COLUMNS)

    @property
    def is_horizontal_scroller(self) -> bool:
        return self.simple_class == "HorizontalScrollView"

    @property
    def is_linear(self) -> bool:
        return self.simple_class in ("LinearLayout", "RadioGroup", "TableLayout", "TableRow", *COLUMNS)

    def walk(self) -> Iterator[View]:
        """This view and all below it, parents first."""
        waiting = [self]
        while waiting:
            view = waiting.pop()
            yield view
            waiting.extend(reversed(view.children))


def parse_tree(node: object) -> View:
    """Raises BadTree. Works without recursion, so that a deep tree is refused and not a crash."""
    count = 0
    # Each frame: the node, its finished children, and its children still to do.
    frames: list[tuple[Mapping[str, Any], list[View], list[object]]] = []

    def enter(value: object) -> None:
        nonlocal count
        count += 1
        if count > MAX_NODES:
            raise BadTree(f"more than {MAX_NODES} views in one window")
        if len(frames) >= MAX_DEPTH:
            raise BadTree(f"views nested deeper than {MAX_DEPTH}")
        if not isinstance(value, dict):
            raise BadTree(f"a view is an object, not {type(value).__name__}")
        children = value.get("children") or []
        if not isinstance(children, list):
            raise BadTree("children of a view is not a list")
        frames.append((value, [], list(reversed(children))))

    enter(node)
    while True:
        value, done, waiting = frames[-1]
        if waiting:
            enter(waiting.pop())
            continue
        view = _view(value, tuple(done))
        frames.pop()
        if not frames:
            return view
        frames[-1][1].append(view)


def _view(node: Mapping[str, Any], children: tuple[View, ...]) -> View:
    layout, style = _object(node, "layout"), _object(node, "style")
    image = node.get("image")
    return View(
        id=_integer(node.get("id"), 0),
        cls=_text(node.get("class")) or "android.view.View",
        text=_text(node.get("text")),
        desc=_text(node.get("desc")),
        rid=_text(node.get("rid")),
        hint=_text(node.get("hint")),
        flags=frozenset(flag for flag in node.get("flags") or () if isinstance(flag, str)),
        layout=ViewLayout(
            w=_length(layout.get("w"), WRAP),
            h=_length(layout.get("h"), WRAP),
            margin=_sides(layout.get("margin")),
            padding=_sides(layout.get("padding")),
            gravity=_integer(layout.get("gravity"), 0),
            layout_gravity=max(0, _integer(layout.get("layout_gravity"), 0)),
            weight=min(max(0.0, _number(layout.get("weight"))), 1e6),
            orientation=_integer(layout.get("orientation"), 1),
            min_w=max(0, _length(layout.get("min_w"), 0)),
            min_h=max(0, _length(layout.get("min_h"), 0)),
        ),
        style=ViewStyle(
            size=max(1, min(_length(style.get("size"), 42), 1000)),
            color=_optional(style.get("color")),
            background=_optional(style.get("background")),
            bold=bool(style.get("bold")),
            max_lines=max(0, _integer(style.get("max_lines"), 0)),
            radius=max(0, _length(style.get("radius"), 0)),
        ),
        spans=tuple(_spans(node.get("spans"))),
        image=image if isinstance(image, str) else None,
        children=children,
        raw={name: value for name, value in node.items() if name != "children"},
    )


def _spans(value: object) -> Iterator[Span]:
    for span in (value if isinstance(value, list) else [])[:MAX_SPANS]:
        if isinstance(span, dict):
            start, end = _integer(span.get("start"), 0), _integer(span.get("end"), 0)
            yield Span(
                start,
                end,
                _integer(span.get("id"), 0),
                bool(span.get("clickable")),
                _optional(span.get("color")),
            )


def _object(node: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = node.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value[:MAX_TEXT] if isinstance(value, str) else ""


def _optional(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return 0.0
    return float(max(-1e15, min(value, 1e15)))


def _integer(value: object, absent: int) -> int:
    return absent if value is None else int(_number(value))


def _length(value: object, absent: int) -> int:
    return max(-MAX_LENGTH, min(_integer(value, absent), MAX_LENGTH))


def _sides(value: object) -> Sides:
    if not isinstance(value, list) or len(value) != 4:
        return (0, 0, 0, 0)
    left, top, right, bottom = (_length(side, 0) for side in value)
    return (left, top, right, bottom)
