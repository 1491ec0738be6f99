"""How each question about data was put: measured from the stored picture of its screen, when a run is judged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from harness.model.errors import InputError
from harness.model.event import Screen, TimelineEvent
from harness.model.screen_facts import ChoiceDesign
from harness.screen.choice import CHOOSING, design_of

MOST_BYTES: Final = 40_000_000
"""Of one picture; a larger one is not opened."""


def with_designs(events: Iterable[TimelineEvent], folder: Path) -> list[TimelineEvent]:
    """The same events; screens that put a choice tell how. A picture that is missing or cannot be read leaves sizes
    and steps, which the tree tells."""
    known: dict[tuple[str, str, str | None], ChoiceDesign | None] = {}
    told: list[TimelineEvent] = []
    for event in events:
        if isinstance(event, Screen) and event.design is None and event.screen_kind in CHOOSING:
            seen = (event.screen_kind, event.dump_sha256, event.screenshot)
            if event.screenshot is None or seen not in known:
                known[seen] = _design(event, folder)
            told.append(event.model_copy(update={"design": known[seen]}))
        else:
            told.append(event)
    return told


def _design(screen: Screen, folder: Path) -> ChoiceDesign | None:
    picture = _stored(folder, screen.screenshot)
    if picture is not None:
        try:
            return design_of(screen.screen_kind, screen.elements, picture)
        except InputError:
            # Cut off or no picture at all: colours stay None.
            pass
    return design_of(screen.screen_kind, screen.elements)


def _stored(folder: Path, name: str | None) -> bytes | None:
    if name is None:
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    return path.read_bytes()
