"""A run is a folder. Everything is appended as it happens, so that a killed run still reads."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from harness.model.errors import InputError
from harness.model.run_facts import RunFacts

HOOKS: Final = "raw/hooks.jsonl"
UI: Final = "raw/ui.jsonl"
SYSTEM: Final = "raw/system.jsonl"
FLOWS: Final = "raw/flows.jsonl"
TLS: Final = "raw/tls.jsonl"
CLOCK: Final = "raw/clock.jsonl"
HEALTH: Final = "raw/health.jsonl"
TIMELINE: Final = "timeline.jsonl"


RESERVE: Final = ".reserve"
RESERVE_BYTES: Final = 1 << 20


class RunFolder:
    """Paths of one run (mode 0700) and thread-safe appending of JSON lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files: dict[str, IO[str]] = {}
        self._lines: dict[str, int] = {}
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path) -> RunFolder:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise InputError(f"{path}: exists and is not empty; name another folder with --out")
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
        for name in ("raw", "screens", "bodies"):
            (path / name).mkdir(mode=0o700)
        with (path / RESERVE).open("wb") as reserve:
            os.posix_fallocate(reserve.fileno(), 0, RESERVE_BYTES)
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        if not (path / "run.json").is_file():
            raise InputError(f"{path}: no run.json in it; give the folder that `harness check` wrote")
        return cls(path)

    def discard(self) -> None:
        """Remove a run in which nothing was captured."""
        self.close()
        shutil.rmtree(self.path)

    def release_reserve(self) -> None:
        """Give back the room that was kept so that a run on a full disk can still say so."""
        (self.path / RESERVE).unlink(missing_ok=True)

    def append(self, name: str, record: dict[str, Any]) -> int:
        """Write one record, flushed to the operating system; returns its 1-based line number."""
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            file = self._files.get(name)
            if file is None:
                target = self.path / name
                self._lines[name] = sum(1 for _ in target.open("rb")) if target.exists() else 0
                torn = target.exists() and not _ends_whole(target)
                file = self._files[name] = target.open("a", encoding="utf-8")
                if torn:
                    file.write("\n")
            try:
                file.write(text + "\n")
                file.flush()
            except OSError:
                # Half a line may be on disk. The file is opened anew, so that nothing of this line follows later.
                del self._files[name]
                _discard(file)
                raise
            self._lines[name] += 1
            return self._lines[name]

    def write_json(self, name: str, value: Any) -> None:
        """Replace a whole JSON file in one step, so that a reader never sees half of it."""
        temporary = self.path / f".{name}.tmp"
        temporary.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(temporary, self.path / name)

    def write_facts(self, facts: RunFacts) -> None:
        self.write_json("run.json", facts.model_dump(mode="json"))

    def facts(self) -> RunFacts:
        try:
            return RunFacts.model_validate_json((self.path / "run.json").read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(f"{self.path / 'run.json'}: not a run of format 1: {error}") from error

    def body(self, content: bytes) -> str:
        """Store bytes under bodies/<sha256>; returns the path in the folder. Same bytes, same file."""
        name = f"bodies/{hashlib.sha256(content).hexdigest()}"
        target = self.path / name
        if not target.exists():
            temporary = target.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
            temporary.write_bytes(content)
            os.replace(temporary, target)
        return name

    def close(self) -> None:
        with self._lock:
            for file in self._files.values():
                file.close()
            self._files.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _discard(file: IO[str]) -> None:
    """Close without keeping what could not be written."""
    try:
        file.close()
    except OSError:
        pass
