"""The catalogue: every YAML file in harness/sdks/catalog, one signature each, file stem = id."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from harness.model.errors import InputError
from harness.sdks.signature import Signature
from harness.sdks.yaml_data import read_all

CATALOG: Final = Path(__file__).parent / "catalog"


@functools.cache
def load_signatures(folder: Path = CATALOG) -> Sequence[Signature]:
    """Sorted by id. Every broken file is named in one InputError."""
    found, broken = read_all(folder, Signature)
    owners: dict[str, str] = {}
    for path, signature in found:
        if signature.id != path.stem:
            broken.append(f"{path}: id: {signature.id!r} must be the file's name, {path.stem!r}")
        for claim in _claims(signature):
            owner = owners.setdefault(claim, signature.id)
            if owner != signature.id:
                broken.append(f"{path}: {claim}: {owner} claims it already; one of the two must give it up")
    if broken:
        raise InputError("\n".join(broken))
    return tuple(signature for _, signature in found)


def catalogue_sha256(folder: Path = CATALOG) -> str:
    """Changes when any signature changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _claims(signature: Signature) -> list[str]:
    return [
        *(f"prefix {claim.prefix}" for claim in signature.prefixes),
        *(f"host {claim.host}" for claim in signature.hosts),
        *(f"key {claim.key}={claim.value}" for claim in signature.keys),
        *(f"organisation {claim.organisation.lower()}" for claim in signature.organisations),
    ]
