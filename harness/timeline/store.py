"""timeline.jsonl in and out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Final

from pydantic import ValidationError

from harness.model.errors import InputError
from harness.model.event import EVENT, TimelineEvent
from harness.model.run_folder import TIMELINE, RunFolder
from harness.timeline.timeline import Timeline

LONGEST_LINE: Final = 16 * 1024 * 1024
"""Bytes; no event of ours comes near it, so a longer line is no event."""


def save(folder: RunFolder, events: Iterable[TimelineEvent]) -> None:
    """Replace timeline.jsonl in one step."""
    temporary = folder.path / f".{TIMELINE}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        for event in events:
            file.write(event.model_dump_json() + "\n")
    os.replace(temporary, folder.path / TIMELINE)


def load(folder: RunFolder) -> Timeline:
    """The timeline as it was built. InputError names the first line that is no event."""
    return Timeline(tuple(_events(folder)), folder.facts())


def _events(folder: RunFolder) -> Iterator[TimelineEvent]:
    path = folder.path / TIMELINE
    if not path.is_file():
        raise InputError(f"{path}: missing; the run was not built, use `harness judge {folder.path}`")
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            try:
                yield EVENT.validate_json(line)
            except ValidationError as error:
                raise InputError(f"{path}: line {number}: not an event of format 1: {error}") from error
