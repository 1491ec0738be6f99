"""The 39 types of app and the personal information that the basic function of each needs (NEC39)."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import TypeAdapter, ValidationError

from harness.model.data_type import DataType
from harness.model.errors import InputError
from harness.model.event import Fact

TABLE: Final = Path(__file__).parent / "app_types.yaml"


class AppType(Fact):
    id: str
    title: str
    title_zh: str
    needs_nothing: bool
    """One of the thirteen whose basic function must work without any personal information."""
    kinds: list[DataType]
    """What of the necessary information a device can show; names and addresses are typed by the user."""
    necessary_zh: list[str]
    features: list[str]
    """Permission groups that its features plainly use; ours."""
    seen: Literal["partial", "memory"]
    """How far the text of its entry was seen."""


@functools.cache
def app_types() -> Mapping[str, AppType]:
    try:
        rows = TypeAdapter(list[AppType]).validate_python(yaml.safe_load(TABLE.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{TABLE}: {error}") from error
    return {row.id: row for row in rows}


def app_type(name: str) -> AppType:
    """By id or Chinese title. InputError names the nearest."""
    known = app_types()
    found = known.get(name) or next(
        (one for one in known.values() if name.rstrip("类") + "类" == one.title_zh), None
    )
    if found is None:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise InputError(f"app type {name!r}: not one of the 39: {', '.join(known)}{hint}")
    return found


def proposed(label: str) -> AppType | None:
    """The one type whose name, Chinese or English, stands in the app's name; a proposal for a person, never used
    by itself."""
    found = [
        one
        for one in app_types().values()
        if one.title_zh.rstrip("类") in label or one.title.lower() in label.lower()
    ]
    return found[0] if len(found) == 1 else None
