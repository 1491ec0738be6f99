"""filmstrip.html: every screen of a run in order, with what was touched on it, when and why. Made from the
screenshots, so that it is there where a phone gave no film; it needs no other file, and links the pieces of film."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.model.event import Recording, Screen, Tap
from harness.model.run_folder import RunFolder
from harness.report.html import films_of, templates
from harness.report.shots import Picture, small_picture
from harness.timeline.timeline import Segment, Timeline

FILMSTRIP: Final = "filmstrip.html"
MOST_FRAMES: Final = 300
"""Of one scenario."""
MOST_BYTES: Final = 24 * 1024 * 1024
"""Of all pictures together, as embedded."""


@dataclass(frozen=True, slots=True)
class Touch:
    at: str
    role: str
    text: str
    reason: str
    changed: bool | None
    left: float | None
    """Where on the picture, in per cent; None for a key."""
    top: float | None


@dataclass(frozen=True, slots=True)
class Frame:
    id: str
    at: str
    kind: str
    confidence: str
    why: str
    picture: str | None
    """A data URI; None when the screen had no picture or there are too many."""
    full: str | None
    """Path of the whole screenshot in the run folder."""
    dump: str
    touches: list[Touch]


@dataclass(frozen=True, slots=True)
class Piece:
    path: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Strip:
    scenario: str
    begins: str
    """Of the phone's boot clock."""
    frames: list[Frame]
    left_out: int
    pieces: list[Piece]
    no_film: str
    """Why there is no film, or not all of it; empty when there is or none was asked for."""


def write_filmstrip(folder: RunFolder, timeline: Timeline) -> None:
    """Replace filmstrip.html of the run in one step."""
    temporary = folder.path / f".{FILMSTRIP}.tmp"
    html = templates().get_template("filmstrip.html.j2").render(
        facts=folder.facts(), strips=strips_of(folder.path, timeline)
    )  # fmt: skip
    temporary.write_text(html, encoding="utf-8")
    os.replace(temporary, folder.path / FILMSTRIP)


def strips_of(folder: Path, timeline: Timeline) -> list[Strip]:
    pictures = _Pictures(folder)
    films = films_of(timeline)
    return [
        _strip(segment, [film for film in films if film.scenario == segment.id], pictures)
        for segment in timeline.segments
    ]


def _strip(segment: Segment, recordings: list[Recording], pictures: _Pictures) -> Strip:
    screens = list(segment.screens)
    touched: dict[str, list[Tap]] = {}
    for tap in segment.taps:
        touched.setdefault(_under(tap, screens), []).append(tap)
    frames = [
        _frame(segment, screen, touched.get(screen.id, []), pictures) for screen in screens[:MOST_FRAMES]
    ]
    pieces = [
        Piece(one.path, _at(segment, one.t_lo), _at(segment, one.t_hi)) for one in recordings if one.path
    ]
    return Strip(
        scenario=segment.id,
        begins=f"{segment.begin.lo / 1000:.2f} s",
        frames=frames,
        left_out=max(0, len(screens) - MOST_FRAMES),
        pieces=pieces,
        no_film="; ".join(one.detail for one in recordings if not one.path),
    )


def _under(tap: Tap, screens: list[Screen]) -> str:
    """Id of the screen that was touched: the last one with the tree that the touch was chosen from; where a
    countdown made that another tree, the last screen that was there before. Empty without any."""
    before = [screen for screen in screens if screen.t_lo <= tap.t_lo]
    same = [screen for screen in before if screen.dump_sha256 == tap.dump_before]
    shown = [screen for screen in before if screen.t_hi <= tap.t_hi]
    return (same or shown or before)[-1].id if before else ""


def _frame(segment: Segment, screen: Screen, taps: list[Tap], pictures: _Pictures) -> Frame:
    picture = pictures.of(screen.screenshot) if screen.screenshot else None
    return Frame(
        id=screen.id,
        at=_at(segment, screen.t_lo),
        kind=screen.screen_kind,
        confidence=screen.confidence or "",
        why=screen.why,
        picture=picture.data_uri if picture else None,
        full=screen.screenshot if picture else None,
        dump=f"screens/{screen.dump_sha256}.xml",
        touches=list(_touches(segment, taps, picture)),
    )


def _touches(segment: Segment, taps: list[Tap], picture: Picture | None) -> Iterator[Touch]:
    for tap in taps:
        place = None
        if tap.point is not None and picture is not None:
            place = (100 * tap.point[0] / picture.width, 100 * tap.point[1] / picture.height)
        yield Touch(
            at=_at(segment, tap.t_lo),
            role=tap.role,
            text=tap.text,
            reason=tap.reason,
            changed=tap.changed,
            left=round(place[0], 2) if place else None,
            top=round(place[1], 2) if place else None,
        )


def _at(segment: Segment, t: float) -> str:
    return f"{(t - segment.begin.lo) / 1000:+.1f} s"


class _Pictures:
    """Each picture once, until there are too many of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._left = MOST_BYTES
        self._known: dict[str, Picture | None] = {}

    def of(self, name: str) -> Picture | None:
        if name not in self._known:
            picture = small_picture(self._folder, name)
            if picture is not None:
                self._left -= len(picture.data_uri)
            self._known[name] = picture if self._left > 0 else None
        return self._known[name]
