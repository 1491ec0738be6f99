"""Screenshots for the report: few, small, and only from the run's own folder."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from harness.timeline.timeline import Timeline

MOST_SHOTS: Final = 24
WIDTH_PX: Final = 260
LARGEST_FILE: Final = 30 * 1024 * 1024
LARGEST_PIXELS: Final = 40_000_000
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of all pictures together, as embedded."""
_PATH: Final = re.compile(r"^screens/[0-9a-f]{64}\.png$")


@dataclass(frozen=True, slots=True)
class Shot:
    scenario: str
    at: str
    kind: str
    data_uri: str


@dataclass(frozen=True, slots=True)
class Picture:
    data_uri: str
    width: int
    """Of the screenshot, in pixels; the picture itself is smaller."""
    height: int


@dataclass(frozen=True, slots=True)
class Shots:
    shown: list[Shot]
    left_out: int
    """Screens whose picture is missing, broken or too much."""


def shots_of(folder: Path, timeline: Timeline) -> Shots:
    """The first picture of every screen that differs, in order."""
    shown: list[Shot] = []
    seen: set[str] = set()
    left_out = size = 0
    for segment in timeline.segments:
        for screen in segment.screens:
            if screen.screenshot is None or screen.screenshot in seen:
                continue
            seen.add(screen.screenshot)
            picture = small_picture(folder, screen.screenshot) if len(shown) < MOST_SHOTS else None
            if picture is None or size + len(picture.data_uri) > MOST_BYTES:
                left_out += 1
                continue
            size += len(picture.data_uri)
            at = f"+{(screen.t_lo - segment.begin.lo) / 1000:.1f} s"
            shown.append(Shot(segment.id, at, screen.screen_kind, picture.data_uri))
    return Shots(shown, left_out)


def small_picture(folder: Path, name: str) -> Picture | None:
    """None when it is missing, broken, too large, or not one of the run's own screenshots."""
    path = folder / name
    if not _PATH.match(name) or not path.is_file() or path.stat().st_size > LARGEST_FILE:
        return None
    try:
        with Image.open(path, formats=["PNG"]) as image:
            if image.width * image.height > LARGEST_PIXELS:
                return None
            whole = image.size
            image.thumbnail((WIDTH_PX, WIDTH_PX * 3))
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=72)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return Picture("data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode(), *whole)
