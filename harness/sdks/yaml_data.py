"""A folder of YAML files, one record each: all of them read, every fault of every file told at once."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

# The loader in C is ten times as fast; PyYAML is built without it on some systems.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

M = TypeVar("M", bound=BaseModel)


def read_all(folder: Path, model: type[M]) -> tuple[list[tuple[Path, M]], list[str]]:
    """Records with their files, sorted by name; and the faults as "file: field: what"."""
    found: list[tuple[Path, M]] = []
    broken: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append((path, model.model_validate(yaml.load(path.read_bytes(), _LOADER))))
        except yaml.YAMLError as error:
            broken.append(f"{path}: not YAML: {' '.join(str(error).split())}")
        except ValidationError as error:
            broken.extend(f"{path}: {fault}" for fault in _faults(error, model))
    return found, broken


def _faults(error: ValidationError, model: type[BaseModel]) -> list[str]:
    out: list[str] = []
    for one in error.errors(include_url=False):
        field = ".".join(str(part) for part in one["loc"]) or "the file"
        given, expected = str(one.get("input", "")), str(one.get("ctx", {}).get("expected", ""))
        words = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")] if expected else []
        if one["type"] == "extra_forbidden":
            given, words = str(one["loc"][-1]), list(model.model_fields)
            out.append(f"{field}: no such field{near(given, words)}")
        elif one["type"] == "literal_error":
            out.append(f"{field}: {given!r} is not one of {', '.join(words)}{near(given, words)}")
        elif one["type"] == "missing":
            out.append(f"{field}: is missing")
        else:
            out.append(f"{field}: {one['msg']} (is {given[:80]!r})")
    return out


def near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
