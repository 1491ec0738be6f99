"""Screenshots: the placed views drawn so that a person recognises a phone."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PIL import Image, ImageColor, ImageDraw

from harness.twin.fonts import BASELINE, drawable, font, line_height, text_width, wrap
from harness.twin.layout import BUTTONS, COMPOUND, SWITCHES, Box, Rect
from harness.twin.views import View

Color = tuple[int, int, int, int]
STATUS_BAR: Final = 84
NAVIGATION_BAR: Final = 126

INK: Final[Color] = (33, 33, 33, 255)
HINT: Final[Color] = (140, 140, 140, 255)
PAPER: Final[Color] = (250, 250, 250, 255)
CARD: Final[Color] = (255, 255, 255, 255)
GREY_BUTTON: Final[Color] = (221, 221, 221, 255)
ACCENT: Final[Color] = (0, 121, 107, 255)
LINK: Final[Color] = (21, 101, 192, 255)
FAINT: Final[Color] = (176, 176, 176, 255)
DIM: Final = 0.55
"""How much of the light stays behind a dialog."""


@dataclass(frozen=True, slots=True)
class Layer:
    box: Box
    dims: bool
    """What is behind is darkened."""
    is_card: bool
    """Has round corners and stands out from what is behind."""
    secure: bool = False
    """Black in pictures."""


@dataclass(frozen=True, slots=True)
class Scene:
    width: int
    height: int
    layers: tuple[Layer, ...]
    """Lowest first."""
    clock: str
    toast: str | None


def picture(scene: Scene) -> Image.Image:
    image = Image.new("RGB", (scene.width, scene.height), PAPER[:3])
    for index, layer in enumerate(scene.layers):
        if index == 0:
            _layer(image, layer)
            _bars(image, scene)
            continue
        if layer.dims:
            image = image.point([round(level * DIM) for level in range(256)] * 3)
        _layer(image, layer)
    if scene.toast:
        _toast(image, scene.toast)
    return image


def black(width: int, height: int) -> Image.Image:
    """The screen when it is off."""
    return Image.new("RGB", (width, height), "black")


def _layer(image: Image.Image, layer: Layer) -> None:
    pen = ImageDraw.Draw(image, "RGBA")
    bounds = layer.box.bounds
    if layer.secure:
        pen.rectangle(_corners(bounds), "black")
        return
    if layer.is_card:
        paper = _color(layer.box.view.style.background, CARD) or CARD
        if paper[3]:  # a see-through dialog draws its own card inside
            shadow = (bounds.left, bounds.top + 6, bounds.right, bounds.bottom + 8)
            pen.rounded_rectangle(shadow, 42, (0, 0, 0, 60))
            pen.rounded_rectangle(_corners(bounds), 42, paper)
    elif layer.box.view.style.background is None:
        pen.rectangle(_corners(bounds), PAPER)
    waiting = [layer.box]
    while waiting:
        box = waiting.pop()
        if not box.is_shown:
            continue
        if not (box is layer.box and layer.is_card):
            _background(pen, box)
        _content(image, pen, box)
        waiting.extend(reversed(box.children))


def _background(pen: ImageDraw.ImageDraw, box: Box) -> None:
    view, visible = box.view, box.visible
    assert visible is not None
    color = _color(view.style.background, None)
    radius = view.style.radius
    if color is None and view.simple_class in BUTTONS and not _is_flat(view):
        color, radius = GREY_BUTTON, radius or 10
    if color is None or color[3] == 0:
        return
    if view.simple_class in BUTTONS and view.style.background is None:
        visible = Rect(
            visible.left + 8,
            visible.top + 10,
            max(visible.left + 9, visible.right - 8),
            max(visible.top + 11, visible.bottom - 10),
        )
    if radius and visible.height > 2 and visible.width > 2:
        pen.rounded_rectangle(_corners(visible), min(radius, visible.height // 2, visible.width // 2), color)
    else:
        pen.rectangle(_corners(visible), color)


def _is_flat(view: View) -> bool:
    """Buttons of a system dialog are coloured words without a plate."""
    return view.rid.startswith("android:id/button") or view.rid.startswith(
        "com.android.permissioncontroller:id/"
    )


def _content(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box) -> None:
    view, bounds, visible = box.view, box.bounds, box.visible
    assert visible is not None
    if view.simple_class in COMPOUND:
        _tick(pen, box, view.simple_class == "RadioButton")
    elif view.simple_class in SWITCHES:
        _switch(pen, box)
    elif view.is_editable:
        pen.rectangle((bounds.left + 10, bounds.bottom - 14, bounds.right - 10, bounds.bottom - 11), FAINT)
    elif view.simple_class in ("ProgressBar", "SeekBar"):
        y = bounds.center[1]
        pen.rounded_rectangle(
            (bounds.left + 10, y - 6, max(bounds.left + 11, bounds.right - 10), y + 6), 6, ACCENT
        )
    elif view.image is not None:
        _image(pen, box, view.image)
    if box.lines:
        _text(image, pen, box)


def _text(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box) -> None:
    view, visible = box.view, box.visible
    assert visible is not None
    size = view.style.size
    tall = line_height(size)
    color = _text_color(view)
    clipped = any(line.y < visible.top or line.y + tall > visible.bottom for line in box.lines)
    target, offset = (pen, (0, 0)) if not clipped else (None, (visible.left, visible.top))
    part: Image.Image | None = None
    if target is None:  # a text cut by the edge of its scroller is drawn on a piece of its own
        part = image.crop(_corners_open(visible))
        target = ImageDraw.Draw(part, "RGBA")
    face = font(size)
    stroke = max(1, size // 32) if view.style.bold else 0
    for placed in box.lines:
        if placed.y + tall <= visible.top or placed.y >= visible.bottom:
            continue
        x, base = placed.x - offset[0], placed.y - offset[1] + round(size * BASELINE)
        first = placed.line.start
        for start, end, ink in _runs(view, first, first + len(placed.line.shown), color):
            shown = placed.line.shown[start - first : end - first]
            width = text_width(shown, size)
            if shown.strip():
                target.text(
                    (x, base), drawable(shown), ink, face, anchor="ls", stroke_width=stroke, stroke_fill=ink
                )
                if ink != color:
                    target.line((x, base + size // 9, x + width, base + size // 9), ink, max(1, size // 20))
            x += width
    if part is not None:
        image.paste(part, offset)


def _runs(view: View, start: int, end: int, color: Color) -> list[tuple[int, int, Color]]:
    """Pieces of a line that have one colour: links stand out."""
    if not view.spans or not view.text:
        return [(start, end, color)]
    marks = sorted(
        {start, end, *(min(max(edge, start), end) for span in view.spans for edge in (span.start, span.end))}
    )
    runs = []
    for left, right in pairwise(marks):
        ink = color
        for span in view.spans:
            if span.start <= left < span.end:
                ink = _color(span.color, LINK if span.clickable else ink) or ink
        runs.append((left, right, ink))
    return runs


def _text_color(view: View) -> Color:
    if not view.text:
        return HINT
    color = _color(view.style.color, None)
    if color is None:
        color = ACCENT if _is_flat(view) and view.simple_class in BUTTONS else INK
    if "enabled" not in view.flags:
        return (color[0], color[1], color[2], color[3] // 2)
    return color


def _tick(pen: ImageDraw.ImageDraw, box: Box, is_round: bool) -> None:
    visible = box.bounds
    size = 46
    left = visible.left + box.view.layout.padding[0] + 14
    top = visible.center[1] - size // 2
    square = (left, top, left + size, top + size)
    checked = "checked" in box.view.flags
    if is_round:
        pen.ellipse(square, None, ACCENT if checked else FAINT, 5)
        if checked:
            pen.ellipse((left + 12, top + 12, left + size - 12, top + size - 12), ACCENT)
        return
    pen.rounded_rectangle(square, 7, ACCENT if checked else CARD, ACCENT if checked else FAINT, 5)
    if checked:
        pen.line(
            [(left + 10, top + 24), (left + 19, top + 34), (left + 37, top + 13)], CARD, 6, joint="curve"
        )


def _switch(pen: ImageDraw.ImageDraw, box: Box) -> None:
    checked = "checked" in box.view.flags
    right = box.bounds.right - box.view.layout.padding[2] - 14
    y = box.bounds.center[1]
    pen.rounded_rectangle((right - 90, y - 18, right, y + 18), 18, (128, 203, 196, 255) if checked else FAINT)
    x = right - 26 if checked else right - 64
    pen.ellipse((x - 28, y - 28, x + 28, y + 28), ACCENT if checked else CARD, FAINT, 2)


def _image(pen: ImageDraw.ImageDraw, box: Box, name: str) -> None:
    """An app's picture is not known here: a plate with a colour and a letter made from its name."""
    visible = box.visible
    assert visible is not None
    if box.lines:  # an icon above its label
        side = max(1, min(visible.width, box.lines[0].y - visible.top) - 16)
        left = visible.center[0] - side // 2
        visible = Rect(left, visible.top, left + side, visible.top + side)
    red, green, blue = colorsys.hls_to_rgb((sum(name.encode()) * 37 % 360) / 360, 0.45, 0.5)
    color = (round(red * 255), round(green * 255), round(blue * 255), 255)
    pen.rounded_rectangle(_corners(visible), min(36, visible.width // 3, visible.height // 3), color)
    letter = next((char for char in name.rpartition("/")[2] if char.isalnum()), "")
    if letter and visible.height > 20:
        pen.text(visible.center, letter.upper(), CARD, font(visible.height // 2), anchor="mm")


def _bars(image: Image.Image, scene: Scene) -> None:
    pen = ImageDraw.Draw(image, "RGBA")
    dark = sum(image.getpixel((scene.width // 2, 10))[:3]) < 300  # type: ignore[index]  # RGB gives a tuple
    ink = CARD if dark else (70, 70, 70, 255)
    pen.text((48, 58), scene.clock, ink, font(38), anchor="ls")
    right = scene.width - 48
    pen.rounded_rectangle((right - 44, 30, right, 56), 5, None, ink, 3)
    pen.rectangle((right - 39, 35, right - 12, 51), ink)
    pen.polygon([(right - 110, 56), (right - 66, 56), (right - 66, 26)], ink)
    y, third = scene.height - NAVIGATION_BAR // 2, scene.width // 6
    pen.polygon([(third + 16, y - 22), (third + 16, y + 22), (third - 22, y)], FAINT)
    pen.ellipse((scene.width // 2 - 22, y - 22, scene.width // 2 + 22, y + 22), None, FAINT, 6)
    pen.rounded_rectangle(
        (scene.width - third - 20, y - 20, scene.width - third + 20, y + 20), 4, None, FAINT, 6
    )


def _toast(image: Image.Image, text: str) -> None:
    pen = ImageDraw.Draw(image, "RGBA")
    lines = wrap(text, 38, image.width - 340, 4)
    tall = line_height(38)
    wide = max(line.width for line in lines) + 96
    left, top = (image.width - wide) // 2, image.height - 330 - tall * len(lines)
    pen.rounded_rectangle((left, top, left + wide, top + tall * len(lines) + 56), 54, (50, 50, 50, 235))
    for index, line in enumerate(lines):
        pen.text((left + 48, top + 28 + index * tall + 40), drawable(line.shown), CARD, font(38), anchor="ls")


def _color(text: str | None, absent: Color | None) -> Color | None:
    """Android writes #aarrggbb. What is no colour counts as absent."""
    if text is None:
        return absent
    try:
        if len(text) == 9 and text.startswith("#"):
            return ImageColor.getcolor(f"#{text[3:]}{text[1:3]}", "RGBA")  # type: ignore[return-value]  # RGBA is four
        return ImageColor.getcolor(text, "RGBA")  # type: ignore[return-value]
    except ValueError:
        return absent


def _corners(rect: Rect) -> tuple[int, int, int, int]:
    """Pillow's rectangles include their last pixel."""
    return rect.left, rect.top, max(rect.left, rect.right - 1), max(rect.top, rect.bottom - 1)


def _corners_open(rect: Rect) -> tuple[int, int, int, int]:
    return rect.left, rect.top, rect.right, rect.bottom
