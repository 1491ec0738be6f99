"""manifest.json: the SHA-256 of every file of a run, so that a change can be seen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.model.errors import InputError
from harness.model.run_folder import RunFolder

MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Changes:
    """How a run folder differs from its manifest; paths are relative to it."""

    checked: int
    changed: list[str]
    missing: list[str]
    added: list[str]

    @property
    def is_whole(self) -> bool:
        return not (self.changed or self.missing or self.added)


def write_manifest(folder: RunFolder) -> None:
    """Replaces it; it holds every other file."""
    folder.write_json(MANIFEST, {"format": 1, "files": _digests(folder.path)})


def verify(folder: RunFolder) -> Changes:
    """Compare the files with the manifest. A digest shows that a file changed after the manifest was written, not
    who wrote both. InputError when there is no manifest of format 1."""
    path = folder.path / MANIFEST
    if not path.is_file():
        raise InputError(
            f"{path}: missing; `harness judge {folder.path}` writes one, of the files as they are then"
        )
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        known = {str(name): str(digest) for name, digest in told["files"].items()}
        if told["format"] != 1:
            raise ValueError(f"format {told['format']!r} is not 1")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a manifest of format 1: {error}") from error
    there = _digests(folder.path)
    return Changes(
        checked=len(known),
        changed=sorted(name for name in known.keys() & there.keys() if known[name] != there[name]),
        missing=sorted(known.keys() - there.keys()),
        added=sorted(there.keys() - known.keys()),
    )


def _digests(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): _sha256(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".tmp")
    }


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
