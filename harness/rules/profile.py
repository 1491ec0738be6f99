"""How strictly to judge: which law's reading, as data."""

from __future__ import annotations

import difflib
import functools
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import ValidationError

from harness.model.errors import InputError
from harness.model.event import Fact

PROFILES: Final = Path(__file__).parent / "profiles"


class Profile(Fact):
    id: str
    title: str
    title_zh: str
    jurisdictions: list[str]
    """Whose clauses reports show first."""
    attempts: Literal["inconclusive", "violation"]
    """What a read that obtained nothing (grade C) is worth when it stands alone."""
    exit_on_refusal: Literal["inconclusive", "violation"]
    """What an app that quits or blocks when refused is worth while its type is not known."""
    steps_must_be_equal: bool
    """Whether refusing may take no more steps than agreeing."""


@functools.cache
def load_profile(name: str) -> Profile:
    """A shipped profile by its id, or a profile file by its path."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else PROFILES / f"{name}.yaml"
    if not path.is_file():
        known = profile_ids()
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise InputError(f"profile {name!r}: not known; use one of {', '.join(known)} or a YAML file{hint}")
    try:
        return Profile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error


def profile_ids() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))
