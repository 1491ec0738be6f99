"""manifest.json: SHA-256 of every file of a run, and a hash chain over the event log."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from harness.model.run_folder import TIMELINE, RunFolder

NAME: Final = "manifest.json"


def write_manifest(folder: RunFolder) -> None:
    """Written last; a file changed afterwards no longer fits its digest."""
    files = {
        str(path.relative_to(folder.path)): {"sha256": _sha256(path), "bytes": path.stat().st_size}
        for path in sorted(folder.path.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != NAME
    }
    folder.write_json(NAME, {"format": 1, "files": files, "event_chain": event_chain(folder.path / TIMELINE)})


def event_chain(timeline: Path) -> str:
    """h(0) = 64 zeros; h(n) = SHA-256(h(n-1) as hex + line n without its newline). Returns the last one."""
    head = "0" * 64
    if timeline.exists():
        with timeline.open("rb") as lines:
            for line in lines:
                head = hashlib.sha256(head.encode() + line.rstrip(b"\n")).hexdigest()
    return head


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
