"""How a question about data is put: what refusing takes beside what agreeing takes, as the tree and the picture show.

Sizes are in pixels; contrast is the WCAG 2.x ratio (1 to 21) between the colours that are seen most in a button or
text and of its writing. What the picture does not tell is None, never a guess.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Final

from PIL import Image, UnidentifiedImageError

from harness.model.errors import InputError
from harness.model.event import AnswerLook, ChoiceDesign, ScreenElement, TextLook
from harness.screen.dialogs import ScreenReading

AGREEING: Final = ("agree", "agree_login", "acknowledge", "confirm")
REFUSING: Final = ("refuse", "refuse_exit", "basic_mode", "exit", "cancel", "later", "close")
"""In the order of how clearly they refuse."""
LEADING: Final = ("manage",)
"""Behind it a way to refuse may lie, one step further."""
CHOOSING: Final = frozenset({
    "privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update", "notice",
    "login_agreement_dialog", "basic_mode_confirm", "login", "login_one_key",
})  # fmt: skip
MAX_PIXELS: Final = 40_000_000
MAX_SAMPLE: Final = 120_000
"""Pixels of one element that are counted; of a larger one every n-th."""
MAX_ROWS: Final = 2000
"""Rows of a text's picture that are looked at for its lines."""
MIN_SHARE: Final = 0.002
"""Of an element's pixels that writing takes at least: less is noise."""
_NEAR: Final = 24
"""Two colours this close in every channel are one (smoothed edges, compression)."""

Rgb = tuple[int, int, int]


def design_of(reading: ScreenReading, screenshot: bytes | None = None) -> ChoiceDesign | None:
    """None for a screen that offers no choice about data. Raises InputError for a picture that is none."""
    if reading.kind not in CHOOSING:
        return None
    picture = _picture(screenshot) if screenshot is not None else None
    agree, refuse = _first(reading, AGREEING), _first(reading, REFUSING)
    agree_look, refuse_look = _look(agree, picture), _look(refuse, picture)
    body = max((e for e in reading.elements if e.role == "body"), key=lambda e: len(e.text), default=None)
    links = [e for e in reading.elements if e.role in ("policy_link", "vendor_list")]
    boxes = [e for e in reading.elements if e.role == "checkbox"]
    return ChoiceDesign(
        agree=agree_look,
        refuse=refuse_look,
        steps_to_agree=1 + sum(box.checked is False for box in boxes) if agree is not None else None,
        steps_to_refuse=1 if refuse is not None else None,
        refuse_behind=[e.text for e in reading.elements if e.role in LEADING] if refuse is None else [],
        ticked_boxes=[box.text for box in boxes if box.checked],
        implicit=[e.text for e in reading.elements if e.role == "agree_implicit"],
        policy_text=_text_look(body, picture),
        link_in_view=_in_view(links, picture) if links else None,
        size_ratio=_ratio(_size(agree_look), _size(refuse_look)),
        contrast_ratio=_ratio(
            agree_look.contrast if agree_look else None, refuse_look.contrast if refuse_look else None
        ),
    )


def look_of_text(element: ScreenElement, screenshot: bytes) -> TextLook:
    """How a text on the screen looks. Raises InputError for a picture that is none."""
    look = _text_look(element, _picture(screenshot))
    assert look is not None
    return look


def steps_through(readings: Sequence[ScreenReading], roles: Sequence[str]) -> int | None:
    """Touches until an answer of one of the roles on the last screen, each screen before it left by one touch:
    the screens of one walk in the order they were seen. None when the last does not offer it."""
    seen: list[ScreenReading] = []
    for reading in readings:
        if not seen or reading.signature != seen[-1].signature:
            seen.append(reading)
    if not seen or _first(seen[-1], roles) is None:
        return None
    return len(seen)


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2.2, "contrast ratio" (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _picture(data: bytes) -> Image.Image:
    try:
        opened = Image.open(io.BytesIO(data))
        if opened.width * opened.height > MAX_PIXELS:
            raise InputError(f"a screenshot of {opened.width} × {opened.height} pixels; too large")
        return opened.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(f"not a picture: {error}") from error


def _first(reading: ScreenReading, roles: Sequence[str]) -> ScreenElement | None:
    """The clearest answer; of two alike the larger."""
    for role in roles:
        found = [element for element in reading.elements if element.role == role]
        if found:
            return max(found, key=_area)
    return None


def _area(element: ScreenElement) -> int:
    left, top, right, bottom = element.bounds
    return max(0, right - left) * max(0, bottom - top)


def _look(element: ScreenElement | None, picture: Image.Image | None) -> AnswerLook | None:
    if element is None:
        return None
    colours = _colours(element, picture)
    return AnswerLook(
        role=element.role,
        text=element.text[:200],
        width=max(0, element.bounds[2] - element.bounds[0]),
        height=max(0, element.bounds[3] - element.bounds[1]),
        writing=_hex(colours[1]) if colours else None,
        ground=_hex(colours[0]) if colours else None,
        contrast=contrast(*colours) if colours else None,
    )


def _text_look(element: ScreenElement | None, picture: Image.Image | None) -> TextLook | None:
    if element is None:
        return None
    colours = _colours(element, picture)
    return TextLook(
        characters=len(element.text),
        line_height=_line_height(element, picture, colours),
        contrast=contrast(*colours) if colours else None,
    )


def _colours(element: ScreenElement, picture: Image.Image | None) -> tuple[Rgb, Rgb] | None:
    """Of the ground and of the writing: the commonest colour, and among what is left the one farthest from it
    that is seen often. None when it lies outside the picture, or is of one colour."""
    crop = _crop(element, picture)
    if crop is None:
        return None
    counted = _counted(crop)
    whole = sum(counted.values())
    ground, _ = counted.most_common(1)[0]
    writing = [
        (colour, count)
        for colour, count in counted.items()
        if count >= max(2, MIN_SHARE * whole)
        and any(abs(a - b) > _NEAR for a, b in zip(colour, ground, strict=True))
    ]
    if not writing:
        return None
    return ground, max(writing, key=lambda item: (contrast(item[0], ground), item[1]))[0]


def _crop(element: ScreenElement, picture: Image.Image | None) -> Image.Image | None:
    if picture is None:
        return None
    left, top, right, bottom = element.bounds
    box = (max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom))
    return picture.crop(box) if box[2] - box[0] >= 4 and box[3] - box[1] >= 4 else None


def _counted(crop: Image.Image) -> Counter[Rgb]:
    """How often each colour is seen: those as close as 8 in every channel are counted as their commonest."""
    step = max(1, int((crop.width * crop.height / MAX_SAMPLE) ** 0.5))
    if step > 1:
        crop = crop.resize(
            (max(1, crop.width // step), max(1, crop.height // step)), Image.Resampling.NEAREST
        )
    data = crop.tobytes()
    exact: Counter[Rgb] = Counter(zip(data[::3], data[1::3], data[2::3], strict=True))
    groups: dict[Rgb, Counter[Rgb]] = {}
    for colour, count in exact.items():
        red, green, blue = colour
        groups.setdefault((red >> 3, green >> 3, blue >> 3), Counter())[colour] += count
    return Counter({group.most_common(1)[0][0]: sum(group.values()) for group in groups.values()})


def _line_height(
    element: ScreenElement, picture: Image.Image | None, colours: tuple[Rgb, Rgb] | None
) -> float | None:
    """Pixels from one line of writing to the next; of a single line the height of its letters."""
    crop = _crop(element, picture)
    if crop is None or colours is None:
        return None
    ground, ink = (Image.new("RGB", (1, 1), colour).convert("L").tobytes()[0] for colour in colours)
    far = abs(ink - ground) / 2
    grey = crop.convert("L")
    width = grey.width
    data = grey.tobytes()
    rows = []
    for y in range(min(grey.height, MAX_ROWS)):
        row = data[width * y : width * (y + 1)]
        rows.append(max(row) - ground > far or ground - min(row) > far)
    tops = [y for y, inked in enumerate(rows) if inked and (y == 0 or not rows[y - 1])]
    if len(tops) >= 2:
        return round((tops[-1] - tops[0]) / (len(tops) - 1), 1)
    return float(sum(rows)) if tops else None


def _in_view(links: list[ScreenElement], picture: Image.Image | None) -> bool | None:
    """Whether a link can be seen without scrolling. None when the screen's size is not known."""
    if picture is None:
        return None
    return any(
        _area(link) > 0
        and link.bounds[1] < picture.height
        and link.bounds[3] > 0
        and link.bounds[0] < picture.width
        for link in links
    )


def _ratio(agree: float | None, refuse: float | None) -> float | None:
    return round(agree / refuse, 2) if agree and refuse else None


def _size(look: AnswerLook | None) -> float | None:
    return look.area if look is not None else None


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
