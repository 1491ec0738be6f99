"""Where in a wrapped text a few of its characters are drawn.

A dump tells a text and its box, not the size of its letters nor where its lines break. So every usual size is
supposed in turn, the text is wrapped at it, and the point is taken that lies inside the characters under as
much of what is likely as can be.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from harness.screen.tree import Bounds

MAX_TEXT: Final = 4000
MAX_LINES: Final = 200
USUAL_SP: Final = {10: 0.3, 11: 0.5, 12: 1.0, 13: 1.2, 14: 1.6, 15: 1.3, 16: 1.4, 17: 0.7, 18: 0.6, 20: 0.3}
"""Text sizes that designers choose, and how often."""
SPACING: Final = 1.24
"""Line height over text size that is most usual; 1.17 is Roboto's own, and designers add to it."""
PADDING: Final = 0.12
"""Of the text size, above the first and below the last line together."""

# Advance widths of Roboto Regular over its em, in hundredths, for " " to "~".
_ROBOTO: Final = (
    25, 26, 32, 56, 56, 73, 62, 17, 34, 35, 43, 57, 20, 28, 26, 41, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 24, 21,
    51, 55, 52, 47, 90, 65, 62, 65, 66, 57, 55, 68, 71, 27, 55, 63, 54, 87, 71, 69, 63, 69, 62, 59, 60, 65, 64, 89,
    63, 60, 60, 27, 41, 27, 42, 45, 31, 54, 56, 52, 56, 53, 35, 56, 55, 24, 24, 51, 24, 88, 55, 57, 56, 57, 34, 52,
    33, 55, 48, 75, 50, 47, 50, 34, 24, 34, 68,
)  # fmt: skip
_NOT_FIRST: Final = frozenset("，。、；：！？）》」』】〉”’…,.;:!?)]}%")
_NOT_LAST: Final = frozenset("（《「『【〈“‘([{")


@dataclass(frozen=True, slots=True)
class _Guess:
    weight: float
    size: float
    pitch: float
    """Pixels from one line to the next."""
    top: float
    lines: tuple[tuple[int, int], ...]


def span_point(text: str, bounds: Bounds, start: int, end: int, screen_width: int = 1080) -> tuple[int, int]:
    """About the middle of characters start..end of a text that fills its box."""
    left, top, right, bottom = bounds
    text = text[:MAX_TEXT]
    end = min(end, len(text))
    sums = _sums(text)
    guesses = _guesses(text, right - left, bottom - top, screen_width)
    rects = [(guess, list(_rects(guess, sums, start, end))) for guess in guesses]
    best, point = -1.0, ((left + right) // 2, (top + bottom) // 2)
    for guess, own in rects[:12]:
        if not own:
            continue
        x0, y0, x1, y1 = max(own, key=lambda rect: rect[2] - rect[0])
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        score = sum(
            other.weight * max((_inside(rect, x, y, 0.1 * guess.size) for rect in of_other), default=0.0)
            for other, of_other in rects
        )
        if score > best:
            best = score
            point = (int(min(left + x, right - 1)), int(min(top + y, bottom - 1)))
    return point


def _inside(rect: tuple[float, float, float, float], x: float, y: float, margin: float) -> float:
    x0, y0, x1, y1 = rect
    if x0 + margin <= x <= x1 - margin and y0 + margin <= y <= y1 - margin:
        return 1.0
    return 0.4 if x0 <= x <= x1 and y0 <= y <= y1 else 0.0


def _rects(
    guess: _Guess, sums: list[float], start: int, end: int
) -> Iterator[tuple[float, float, float, float]]:
    """What the characters cover, one box a line, from the text's top left."""
    for number, (first, last) in enumerate(guess.lines):
        begin, stop = max(first, start), min(last, end)
        if begin < stop:
            y = guess.top + number * guess.pitch
            x0, x1 = (guess.size * (sums[at] - sums[first]) for at in (begin, stop))
            yield x0, y, x1, y + guess.pitch


@lru_cache(maxsize=256)
def _guesses(text: str, width: int, height: int, screen_width: int) -> tuple[_Guess, ...]:
    """The likeliest first."""
    found = []
    for size, weight in _sizes(screen_width).items():
        lines = _lines(text, width / size)
        if not lines:
            continue
        padding = PADDING * size
        spacing = (height - padding) / (len(lines) * size)
        likely = math.exp(-(((spacing - SPACING) / (0.12 if spacing < SPACING else 0.28)) ** 2))
        if len(lines) == 1:
            likely = max(likely, 0.02)
        if likely > 1e-4:
            found.append(_Guess(weight * likely, size, spacing * size, padding / 2, lines))
    if not found:
        size = max(10.0, min(60.0, height / 1.4))
        lines = _lines(text, width / size) or ((0, len(text)),)
        found = [_Guess(1.0, size, height / len(lines), 0.0, lines)]
    return tuple(sorted(found, key=lambda guess: -guess.weight))


@lru_cache(maxsize=16)
def _sizes(screen_width: int) -> dict[float, float]:
    """Text sizes in pixels and how usual they are: whole sp at the densities of such a screen, then others."""
    sizes: dict[float, float] = {float(size): 0.06 for size in range(20, 80)}
    for dp in (360, 393, 411):
        density = screen_width / dp
        for sp, weight in USUAL_SP.items():
            size = round(sp * density, 1)
            sizes[size] = sizes.get(size, 0.0) + weight / 3
    return sizes


@lru_cache(maxsize=256)
def _sums(text: str) -> list[float]:
    """Widths from the start to each character, in units of the text size."""
    sums = [0.0]
    for character in text:
        sums.append(sums[-1] + _width(character))
    return sums


@lru_cache(maxsize=256)
def _breaks(text: str) -> list[int]:
    """For each place the last place at or before it where a line may begin."""
    last, found = 0, [0]
    for at in range(1, len(text) + 1):
        before, after = text[at - 1], text[at : at + 1]
        wide = _is_wide(before) or (after and _is_wide(after))
        allowed = before in " \n-" or (wide and after not in _NOT_FIRST and before not in _NOT_LAST)
        if (allowed and after != " ") or at == len(text):
            last = at
        found.append(last)
    return found


def _lines(text: str, width: float) -> tuple[tuple[int, int], ...]:
    """(first character, character after the last) of each line; empty when there are too many."""
    sums, breaks = _sums(text), _breaks(text)
    lines: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        newline = text.find("\n", at)
        stop = newline if newline >= 0 else len(text)
        reach = min(bisect_right(sums, sums[at] + width + 1e-6) - 1, stop)
        if reach >= stop:
            end = following = stop
            following = stop + 1 if newline == stop else stop
        else:
            # Spaces at the end of a line hang over it.
            while reach < stop and text[reach] == " ":
                reach += 1
            end = breaks[reach] if breaks[reach] > at else max(reach, at + 1)
            following = end
        lines.append((at, end))
        if len(lines) > MAX_LINES:
            return ()
        at = following
    return tuple(lines)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    code = ord(character)
    if 32 <= code < 127:
        return _ROBOTO[code - 32] / 100
    if _is_wide(character) or character in "“”‘’…—":
        return 1.0 if character not in "‘’" else 0.4
    if unicodedata.combining(character) or character == "\n":
        return 0.0
    base = unicodedata.normalize("NFD", character)[0]
    return _ROBOTO[ord(base) - 32] / 100 if 32 <= ord(base) < 127 else 0.55
