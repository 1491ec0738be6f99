"""What a picture of the screen shows of one element: its colours, its lines, whether a drawn box is ticked.

Contrast is the WCAG 2.x ratio (1 to 21). What the picture does not tell is None, never a guess.
"""

from __future__ import annotations

import io
from collections import Counter
from functools import lru_cache
from typing import Final, NamedTuple

from PIL import Image, UnidentifiedImageError

from harness.model.errors import InputError
from harness.screen.tree import Bounds

MAX_PIXELS: Final = 40_000_000
MAX_SAMPLE: Final = 120_000
"""Pixels of one element that are counted; of a larger one every n-th."""
MAX_ROWS: Final = 2000
"""Rows of a text's picture that are looked at for its lines."""
MIN_SHARE: Final = 0.002
"""Of an element's pixels that writing takes at least: less is noise."""
MAX_BOX: Final = 170
"""Pixels across of the largest box to tick."""
EMPTY: Final = 0.02
"""Of the inside of a box that differs from the ground: less than this and it holds nothing,"""
FULL: Final = 0.08
"""more than this and it holds a tick, a dot or a filling."""
SEEN: Final = 1.5
"""Contrast below which what lies in a box may be a hint of a tick that is not there (a grey one)."""
_NEAR: Final = 24
"""Two colours this close in every channel are one (smoothed edges, compression)."""

Rgb = tuple[int, int, int]


class Colours(NamedTuple):
    ground: Rgb
    writing: Rgb

    @property
    def contrast(self) -> float:
        return contrast(self.ground, self.writing)


class Picture:
    """A screenshot. Raises InputError when the bytes are none, or one of too many pixels."""

    def __init__(self, data: bytes) -> None:
        try:
            opened = Image.open(io.BytesIO(data))
            if opened.width * opened.height > MAX_PIXELS:
                raise InputError(f"a screenshot of {opened.width} × {opened.height} pixels; too large")
            self._image = opened.convert("RGB")
        except (
            UnidentifiedImageError,
            OSError,
            SyntaxError,
            ValueError,
            Image.DecompressionBombError,
        ) as error:
            raise InputError(f"not a picture: {error}") from error
        self.width, self.height = self._image.size

    def colours(self, bounds: Bounds) -> Colours | None:
        """Of the ground and of the writing: the commonest colour, and among what is left the one farthest from it
        that is seen often. None when it lies outside the picture, or is of one colour."""
        counted = self._counts(bounds)
        if counted is None:
            return None
        whole = sum(counted.values())
        ground, _ = counted.most_common(1)[0]
        writing = [
            (colour, count)
            for colour, count in counted.items()
            if count >= max(2, MIN_SHARE * whole) and not is_near(colour, ground)
        ]
        if not writing:
            return None
        return Colours(ground, max(writing, key=lambda item: (contrast(item[0], ground), item[1]))[0])

    def ground(self, bounds: Bounds) -> Rgb | None:
        """The commonest colour. None when it lies outside the picture."""
        counted = self._counts(bounds)
        return counted.most_common(1)[0][0] if counted is not None else None

    def line_height(self, bounds: Bounds) -> float | None:
        """Pixels from one line of writing to the next; of a single line the height of its letters."""
        crop, colours = self._crop(bounds), self.colours(bounds)
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

    def is_ticked(self, bounds: Bounds) -> bool | None:
        """Whether the inside of a drawn box holds something that stands out from what is around the box. None for
        what is too large for a box, or holds something that can hardly be seen."""
        left, top, right, bottom = bounds
        width, height = right - left, bottom - top
        if not (12 <= width <= MAX_BOX and 12 <= height <= MAX_BOX):
            return None
        around = self.ground((left - width // 3, top - height // 4, left, bottom + height // 4))
        # Frames and rounded corners lie outside the middle.
        middle = self._counts(
            (left + width // 3, top + height // 3, right - width // 3, bottom - height // 3)
        )
        if around is None or middle is None:
            return None
        inside = {colour: count for colour, count in middle.items() if not is_near(colour, around)}
        share = sum(inside.values()) / sum(middle.values())
        if share < EMPTY:
            return False
        strongest = max(contrast(colour, around) for colour in inside)
        return True if share > FULL and strongest >= SEEN else None

    def _crop(self, bounds: Bounds) -> Image.Image | None:
        left, top, right, bottom = bounds
        box = (max(0, left), max(0, top), min(self.width, right), min(self.height, bottom))
        return self._image.crop(box) if box[2] - box[0] >= 4 and box[3] - box[1] >= 4 else None

    def _counts(self, bounds: Bounds) -> Counter[Rgb] | None:
        crop = self._crop(bounds)
        return _counted(crop) if crop is not None else None


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2.2, "contrast ratio" (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def is_near(one: Rgb, other: Rgb) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=4096)
def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
