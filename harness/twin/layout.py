"""Where each view of a window is: Android's measure and place, for the three containers the twin has.

LinearLayout (orientation, weight, gravity), ScrollView (vertical or horizontal, with an offset) and
FrameLayout, which stands for everything else. All lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from harness.twin.fonts import TextLine, line_height, wrap
from harness.twin.views import COLUMNS, MATCH, WRAP, View

Mode = Literal["exact", "at_most", "any"]
WORK_PER_VIEW: Final = 30
"""Measurements allowed per view of a window; nested weights could otherwise ask for exponentially many."""
UNBOUNDED: Final = 1_000_000

CHECK_WIDTH: Final = 84
"""What the box of a CheckBox or RadioButton takes left of its text."""
SWITCH_WIDTH: Final = 140
BUTTON_MIN: Final = (231, 126)
EDIT_MIN_HEIGHT: Final = 118
COMPOUND: Final = ("CheckBox", "RadioButton")
BUTTONS: Final = ("Button", "ToggleButton")
SWITCHES: Final = ("Switch", "SwitchCompat")
INTRINSIC: Final[Mapping[str, tuple[int, int]]] = {
    "ProgressBar": (126, 126),
    "SeekBar": (UNBOUNDED, 84),
    "ImageView": (126, 126),
    "ImageButton": (126, 126),
}


class Size(NamedTuple):
    w: int
    h: int


class Spec(NamedTuple):
    """What a parent allows its child in one direction."""

    mode: Mode
    size: int


class Rect(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def center(self) -> tuple[int, int]:
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom

    def meet(self, other: Rect) -> Rect | None:
        """The part in both; None when there is none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, right, bottom) if left < right and top < bottom else None


@dataclass(frozen=True, slots=True)
class PlacedLine:
    line: TextLine
    x: int
    y: int
    """Top left corner on the screen."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A view with its place on the screen."""

    view: View
    bounds: Rect
    visible: Rect | None
    """What of the bounds its window and its scrolling parents let through; None when nothing."""
    lines: tuple[PlacedLine, ...] = ()
    children: tuple[Box, ...] = ()
    scroll_range: int = 0
    """How far a scroller can go; 0 for one whose content fits."""

    @property
    def is_shown(self) -> bool:
        return self.visible is not None and "visible" in self.view.flags

    def find(self, view_id: int) -> Box | None:
        waiting = [self]
        while waiting:
            box = waiting.pop()
            if box.view.id == view_id:
                return box
            waiting.extend(box.children)
        return None


def measure(root: View, width: Spec, height: Spec) -> Size:
    return _Layout(root, {}).measure(root, width, height)


def lay_out(root: View, frame: Rect, scrolled: Mapping[int, int]) -> Box:
    """Place a tree into a frame. `scrolled`: offset of scrollers by view id, bounded here by content."""
    layout = _Layout(root, scrolled)
    return layout.place(root, frame, frame)


class _Layout:
    def __init__(self, root: View, scrolled: Mapping[int, int]) -> None:
        self._scrolled = scrolled
        self._sizes: dict[tuple[int, Spec, Spec], Size] = {}
        self._work = WORK_PER_VIEW * sum(1 for _ in root.walk()) + 100

    # ---- measure

    def measure(self, view: View, width: Spec, height: Spec) -> Size:
        key = (id(view), width, height)
        size = self._sizes.get(key)
        if size is None:
            self._work -= 1
            size = Size(0, 0) if self._work < 0 else self._measure(view, width, height)
            self._sizes[key] = size
        return size

    def _measure(self, view: View, width: Spec, height: Spec) -> Size:
        if not view.children:
            content = self._leaf(view, width, height)
        elif view.is_vertical_scroller or view.is_horizontal_scroller:
            content = self._scroller(view, width, height)[0]
        elif view.is_linear:
            content = self._linear(view, width, height)[0]
        else:
            content = self._frame(view, width, height)[0]
        min_w, min_h = _minimum(view)
        return Size(_resolve(max(content.w, min_w), width), _resolve(max(content.h, min_h), height))

    def _leaf(self, view: View, width: Spec, height: Spec) -> Size:
        left, top, right, bottom = view.layout.padding
        text = shown_text(view)
        if not text:
            w, h = INTRINSIC.get(view.simple_class, (0, 0))
            if view.simple_class.startswith("Image") and view.image is None:
                w, h = 0, 0
            if view.simple_class in (*COMPOUND, *SWITCHES):
                w, h = sum(_beside(view)), CHECK_WIDTH
            if view.is_editable:
                h = line_height(view.style.size)
            return Size(w + left + right, h + top + bottom)
        before, after = _beside(view)
        sides = left + right + before + after
        room = None if width.mode == "any" else max(1, width.size - sides)
        lines = wrap(text, view.style.size, room, view.style.max_lines)
        widest = max(line.width for line in lines)
        # A wrapped text fills its line, as Android's does: a second measure at that width must wrap the same.
        if (
            room is not None
            and len(lines) > 1
            and any(text[line.end : line.end + 1] not in ("", "\n") for line in lines[:-1])
        ):
            widest = room
        tall = len(lines) * line_height(view.style.size)
        return Size(widest + sides, max(tall, CHECK_WIDTH if before or after else 0) + top + bottom)

    def _frame(self, view: View, width: Spec, height: Spec) -> tuple[Size, list[Size]]:
        pad_w, pad_h = _padding(view)
        sizes = [self._child(child, width, height, pad_w, pad_h) for child in view.children]
        total = Size(
            pad_w
            + max(
                (size.w + _margin(child)[0] for child, size in zip(view.children, sizes, strict=True)),
                default=0,
            ),
            pad_h
            + max(
                (size.h + _margin(child)[1] for child, size in zip(view.children, sizes, strict=True)),
                default=0,
            ),
        )
        if width.mode != "exact" or height.mode != "exact":
            least = _minimum(view)
            w = Spec("exact", _resolve(max(total.w, least[0]), width)) if width.mode != "exact" else width
            h = Spec("exact", _resolve(max(total.h, least[1]), height)) if height.mode != "exact" else height
            for index, child in enumerate(view.children):
                if MATCH in (child.layout.w, child.layout.h):
                    sizes[index] = self._child(child, w, h, pad_w, pad_h)
        return total, sizes

    def _scroller(self, view: View, width: Spec, height: Spec) -> tuple[Size, list[Size]]:
        pad_w, pad_h = _padding(view)
        endless = Spec("any", 0)
        if view.is_linear:
            return self._linear(view, width, endless)
        sizes = [
            self._child(child, endless, height, pad_w, pad_h)
            if view.is_horizontal_scroller
            else self._child(child, width, endless, pad_w, pad_h)
            for child in view.children
        ]
        outer = [
            Size(size.w + _margin(child)[0], size.h + _margin(child)[1])
            for child, size in zip(view.children, sizes, strict=True)
        ]
        return Size(pad_w + max(size.w for size in outer), pad_h + max(size.h for size in outer)), sizes

    def _child(self, child: View, width: Spec, height: Spec, used_w: int, used_h: int) -> Size:
        margin_w, margin_h = _margin(child)
        return self.measure(
            child,
            _allow(width, used_w + margin_w, child.layout.w),
            _allow(height, used_h + margin_h, child.layout.h),
        )

    def _linear(self, view: View, width: Spec, height: Spec) -> tuple[Size, list[Size]]:
        along = 1 if is_vertical(view) else 0
        main, cross = (height, width) if along else (width, height)
        padding = _padding(view)
        used, weights = padding[along], 0.0
        sizes: list[Size] = []
        for child in view.children:
            weights += child.layout.weight
            margin = _margin(child)[along]
            wanted = child.layout.h if along else child.layout.w
            if child.layout.weight and wanted == 0 and main.mode == "exact":
                sizes.append(Size(0, 0))
            else:
                wanted = WRAP if child.layout.weight and wanted == 0 else wanted
                sizes.append(
                    self._along(
                        child, along, _allow(main, 0 if weights else used + margin, wanted), cross, padding
                    )
                )
            used += sizes[-1][along] + margin
        if weights and main.mode == "exact":
            self._share(view, along, main.size - used, weights, cross, padding, sizes)
        across = padding[1 - along] + max(
            (
                size[1 - along] + _margin(child)[1 - along]
                for child, size in zip(view.children, sizes, strict=True)
            ),
            default=0,
        )
        if cross.mode != "exact":
            fixed = Spec("exact", _resolve(max(across, _minimum(view)[1 - along]), cross))
            for index, child in enumerate(view.children):
                if (child.layout.w if along else child.layout.h) == MATCH:
                    sizes[index] = self._along(
                        child, along, Spec("exact", sizes[index][along]), fixed, padding
                    )
        total = padding[along] + sum(
            size[along] + _margin(child)[along] for child, size in zip(view.children, sizes, strict=True)
        )
        return (Size(across, total) if along else Size(total, across)), sizes

    def _share(
        self,
        view: View,
        along: int,
        left: int,
        weights: float,
        cross: Spec,
        padding: tuple[int, int],
        sizes: list[Size],
    ) -> None:
        for index, child in enumerate(view.children):
            weight = child.layout.weight
            if not weight:
                continue
            share = round(left * weight / weights)
            left, weights = left - share, weights - weight
            length = max(0, sizes[index][along] + share)
            sizes[index] = self._along(child, along, Spec("exact", length), cross, padding)

    def _along(self, child: View, along: int, main: Spec, cross: Spec, padding: tuple[int, int]) -> Size:
        wanted = child.layout.w if along else child.layout.h
        across = _allow(cross, padding[1 - along] + _margin(child)[1 - along], wanted)
        return self.measure(child, across, main) if along else self.measure(child, main, across)

    # ---- place

    def place(self, view: View, bounds: Rect, clip: Rect) -> Box:
        visible = bounds.meet(clip)
        inside = visible or Rect(bounds.left, bounds.top, bounds.left, bounds.top)
        if not view.children:
            return Box(view, bounds, visible, tuple(self._lines(view, bounds)))
        width, height = Spec("exact", bounds.width), Spec("exact", bounds.height)
        reach = 0
        if view.is_vertical_scroller or view.is_horizontal_scroller:
            content, sizes = self._scroller(view, width, height)
            horizontal = view.is_horizontal_scroller
            reach = max(0, content.w - bounds.width if horizontal else content.h - bounds.height)
            offset = max(0, min(self._scrolled.get(view.id, 0), reach))
            bounds_inside = bounds._replace(
                **({"left": bounds.left - offset} if horizontal else {"top": bounds.top - offset})
            )
            places = (
                self._stack(view, bounds_inside, sizes)
                if view.is_linear
                else self._overlay(view, bounds_inside, sizes)
            )
        elif view.is_linear:
            places = self._stack(view, bounds, self._linear(view, width, height)[1])
        else:
            places = self._overlay(view, bounds, self._frame(view, width, height)[1])
        children = tuple(
            self.place(child, place, inside) for child, place in zip(view.children, places, strict=True)
        )
        return Box(view, bounds, visible, (), children, reach)

    def _stack(self, view: View, bounds: Rect, sizes: list[Size]) -> list[Rect]:
        vertical = is_vertical(view)
        left, top, right, bottom = view.layout.padding
        area = Rect(bounds.left + left, bounds.top + top, bounds.right - right, bounds.bottom - bottom)
        along = 1 if vertical else 0
        total = sum(
            size[along] + _margin(child)[along] for child, size in zip(view.children, sizes, strict=True)
        )
        gravity = view.layout.gravity
        spare = (area.height if vertical else area.width) - total
        if view.is_vertical_scroller:
            spare = 0
        at = (area.top + _shift_y(gravity, spare)) if vertical else (area.left + _shift_x(gravity, spare))
        places = []
        for child, size in zip(view.children, sizes, strict=True):
            own = child.layout.layout_gravity or gravity
            margin = child.layout.margin
            if vertical:
                x = area.left + margin[0] + _shift_x(own, area.width - size.w - margin[0] - margin[2])
                places.append(Rect(x, at + margin[1], x + size.w, at + margin[1] + size.h))
                at += size.h + margin[1] + margin[3]
            else:
                y = area.top + margin[1] + _shift_y(own, area.height - size.h - margin[1] - margin[3])
                places.append(Rect(at + margin[0], y, at + margin[0] + size.w, y + size.h))
                at += size.w + margin[0] + margin[2]
        return places

    def _overlay(self, view: View, bounds: Rect, sizes: list[Size]) -> list[Rect]:
        left, top, right, bottom = view.layout.padding
        area = Rect(bounds.left + left, bounds.top + top, bounds.right - right, bounds.bottom - bottom)
        places = []
        for child, size in zip(view.children, sizes, strict=True):
            margin, own = child.layout.margin, child.layout.layout_gravity
            x = area.left + margin[0] + _shift_x(own, area.width - size.w - margin[0] - margin[2])
            y = area.top + margin[1] + _shift_y(own, area.height - size.h - margin[1] - margin[3])
            places.append(Rect(x, y, x + size.w, y + size.h))
        return places

    def _lines(self, view: View, bounds: Rect) -> list[PlacedLine]:
        text = shown_text(view)
        if not text:
            return []
        left, top, right, bottom = view.layout.padding
        before, after = _beside(view)
        area = Rect(
            bounds.left + left + before,
            bounds.top + top,
            bounds.right - right - after,
            bounds.bottom - bottom,
        )
        lines = wrap(text, view.style.size, max(1, area.width), view.style.max_lines)
        tall = line_height(view.style.size)
        gravity = view.layout.gravity
        if not gravity and view.simple_class in BUTTONS:
            gravity = 17
        if view.is_editable or (view.simple_class in (*COMPOUND, *SWITCHES) and not gravity & 0x70):
            gravity = gravity & ~0x70 | 0x10
        y = area.top + max(0, _shift_y(gravity, area.height - tall * len(lines)))
        return [
            PlacedLine(line, area.left + max(0, _shift_x(gravity, area.width - line.width)), y + index * tall)
            for index, line in enumerate(lines)
        ]


def shown_text(view: View) -> str:
    """What stands in the view: its text, dots for a password, or the hint of an empty field."""
    if view.text:
        return "•" * len(view.text) if "password" in view.flags else view.text
    return view.hint


def is_vertical(view: View) -> bool:
    return view.simple_class in ("TableLayout", *COLUMNS) or view.layout.orientation != 0


def _beside(view: View) -> tuple[int, int]:
    """Room left and right of the text for what the widget draws there."""
    if view.simple_class in COMPOUND:
        return CHECK_WIDTH, 0
    return (0, SWITCH_WIDTH) if view.simple_class in SWITCHES else (0, 0)


def _minimum(view: View) -> tuple[int, int]:
    w, h = view.layout.min_w, view.layout.min_h
    if view.simple_class in BUTTONS:
        return w or BUTTON_MIN[0], h or BUTTON_MIN[1]
    return (w, h or EDIT_MIN_HEIGHT) if view.is_editable else (w, h)


def _padding(view: View) -> tuple[int, int]:
    left, top, right, bottom = view.layout.padding
    return left + right, top + bottom


def _margin(view: View) -> tuple[int, int]:
    left, top, right, bottom = view.layout.margin
    return left + right, top + bottom


def _allow(parent: Spec, used: int, wanted: int) -> Spec:
    if wanted >= 0:
        return Spec("exact", wanted)
    room = max(0, parent.size - used)
    if parent.mode == "any":
        return Spec("any", 0)
    return Spec("exact" if wanted == MATCH and parent.mode == "exact" else "at_most", room)


def _resolve(size: int, spec: Spec) -> int:
    if spec.mode == "exact":
        return spec.size
    return min(size, spec.size) if spec.mode == "at_most" else min(size, UNBOUNDED)


def _shift_x(gravity: int, spare: int) -> int:
    match gravity & 0x07:
        case 0x05:
            return spare
        case 0x01:
            return spare // 2
    return 0


def _shift_y(gravity: int, spare: int) -> int:
    match gravity & 0x70:
        case 0x50:
            return spare
        case 0x10:
            return spare // 2
    return 0
