"""One font for everything on the twin's screen: how wide a text is, where it wraps, and its glyphs."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

PATHS: Final = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
)
MISSING: Final = (
    "no font with Chinese characters was found: install the Debian package fonts-wqy-microhei "
    "(the twin's screenshots show boxes instead of Chinese until then)"
)
MAX_SIZE: Final = 400
"""Pixels; larger text is drawn and measured at this size."""
LINE_HEIGHT: Final = 1.25
BASELINE: Final = 1.0
ELLIPSIS: Final = "…"
MISSING_GLYPH: Final = "□"

# No line starts with these, and none ends with those: the rules of Chinese line breaking that readers notice.
_NOT_FIRST: Final = frozenset("，。、；：！？）》」』】〉”’…,.;:!?)]}%")
_NOT_LAST: Final = frozenset("（《「『【〈“‘([{")


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters [start, end) of a text; `shown` differs from them only where an ellipsis stands."""

    start: int
    end: int
    width: int
    shown: str


@lru_cache(maxsize=1)
def font_path() -> Path | None:
    """The first known font that is installed; None (and one warning) when there is none."""
    for name in PATHS:
        if Path(name).is_file():
            return Path(name)
    logging.getLogger(__name__).warning(MISSING)
    return None


@lru_cache(maxsize=64)
def font(size: int) -> Font:
    size = max(1, min(size, MAX_SIZE))
    path = font_path()
    if path is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=50_000)
def advance(char: str, size: int) -> float:
    """Pixels that one character takes on a line."""
    return float(font(size).getlength(_glyphs(char)))


def drawable(text: str) -> str:
    """The text with characters that the font lacks spelled out (℃ as °C), or as a box."""
    return "".join(map(_glyphs, text))


@lru_cache(maxsize=50_000)
def _glyphs(char: str) -> str:
    if char == "\t":
        return "    "
    if char.isspace() or not char.isprintable():
        return " " if char.isspace() else ""
    if _has_glyph(char):
        return char
    spelled = unicodedata.normalize("NFKC", char)
    return spelled if spelled != char and all(map(_has_glyph, spelled)) else MISSING_GLYPH


def _has_glyph(char: str) -> bool:
    try:
        mask = font(32).getmask(char)
    except UnicodeEncodeError:  # Pillow's bitmap font knows Latin-1 only
        return False
    return mask.getbbox() is not None and bytes(mask) != _no_glyph()


@lru_cache(maxsize=1)
def _no_glyph() -> bytes:
    """What the font draws for a character that no font has."""
    try:
        return bytes(font(32).getmask("\U000ffffd"))
    except UnicodeEncodeError:
        return b""


def text_width(text: str, size: int) -> int:
    return round(sum(advance(char, size) for char in text))


def line_height(size: int) -> int:
    return round(min(size, MAX_SIZE) * LINE_HEIGHT)


def wrap(text: str, size: int, width: int | None, max_lines: int = 0) -> tuple[TextLine, ...]:
    """Lines of at most `width` pixels (None: any); one cut at `max_lines` ends in an ellipsis."""
    if len(text) > 20_000:
        return _wrap(text, size, width, max_lines)
    return _remembered(text, size, width, max_lines)


def _wrap(text: str, size: int, width: int | None, max_lines: int) -> tuple[TextLine, ...]:
    lines: list[TextLine] = []
    start = 0
    for paragraph in text.split("\n"):
        lines += _break(text, start, start + len(paragraph), size, width)
        start += len(paragraph) + 1
        if max_lines and len(lines) > max_lines:
            return (*lines[: max_lines - 1], _cut(text, lines[max_lines - 1], size, width))
    return tuple(lines)


_remembered = lru_cache(maxsize=512)(_wrap)


def _break(text: str, start: int, end: int, size: int, width: int | None) -> list[TextLine]:
    lines: list[TextLine] = []
    begin, used, last_break = start, 0.0, -1
    position = start
    while position < end:
        step = advance(text[position], size)
        if width is not None and used + step > width and position > begin and text[position] != " ":
            cut = last_break if last_break > begin else position
            lines.append(_line(text, begin, cut, size))
            begin, used, last_break = cut, 0.0, -1
            position = cut
            continue
        used += step
        position += 1
        if position < end and _may_break(text[position - 1], text[position]):
            last_break = position
    lines.append(_line(text, begin, end, size))
    return lines


def _line(text: str, start: int, end: int, size: int) -> TextLine:
    shown = text[start:end].rstrip(" ")
    return TextLine(start, end, text_width(shown, size), shown)


def _may_break(before: str, after: str) -> bool:
    if before in _NOT_LAST or after in _NOT_FIRST:
        return False
    return before in " -\t" or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\uffdc" or "\U00020000" <= char <= "\U0003ffff"


def _cut(text: str, line: TextLine, size: int, width: int | None) -> TextLine:
    end = line.end
    room = width if width is not None else line.width + text_width(ELLIPSIS, size)
    while end > line.start and text_width(text[line.start : end] + ELLIPSIS, size) > room:
        end -= 1
    shown = text[line.start : end] + ELLIPSIS
    return TextLine(line.start, end, text_width(shown, size), shown)
