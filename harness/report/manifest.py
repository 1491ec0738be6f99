"""manifest.json: the SHA-256 of every file of a run, so that a change can be seen."""

from __future__ import annotations

import hashlib
from typing import Final

from harness.model.run_folder import RunFolder

MANIFEST: Final = "manifest.json"


def write_manifest(folder: RunFolder) -> None:
    """Replaces it; it holds every other file."""
    files = {
        path.relative_to(folder.path).as_posix(): _sha256(path.read_bytes())
        for path in sorted(folder.path.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".tmp")
    }
    folder.write_json(MANIFEST, {"format": 1, "files": files})


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
