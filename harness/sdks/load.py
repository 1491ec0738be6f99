"""The catalogue: every YAML file in harness/sdks/catalog, one signature each, file stem = id."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import yaml
from pydantic import ValidationError

from harness.model.errors import InputError
from harness.sdks.signature import Signature

CATALOG: Final = Path(__file__).parent / "catalog"


@functools.cache
def load_signatures(folder: Path = CATALOG) -> Sequence[Signature]:
    """Sorted by id. Every broken file is named in one InputError."""
    signatures: list[Signature] = []
    broken: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            signature = Signature.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, ValidationError) as error:
            broken.append(f"{path}: {error}")
            continue
        if signature.id != path.stem:
            broken.append(f"{path}: id: {signature.id!r} must be the file's name, {path.stem!r}")
        signatures.append(signature)
    if broken:
        raise InputError("\n".join(broken))
    return tuple(signatures)


def catalogue_sha256(folder: Path = CATALOG) -> str:
    """Changes when any signature changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
