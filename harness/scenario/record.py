"""What the walk writes down, in the shapes that the timeline reads. Thread-safe, as RunFolder.append is."""

from __future__ import annotations

import hashlib
from typing import Any, Final, get_args

from harness.device.screen import Dump
from harness.model.event import (
    ConsentChanged,
    Control,
    Crawl,
    Event,
    Gate,
    Health,
    Permission,
    PolicyText,
    Process,
    Recording,
    Scenario,
    Screen,
    Tap,
    UserAct,
)
from harness.model.run_folder import HEALTH, UI, RunFolder

_KINDS: Final[dict[str, type[Event]]] = {
    "screen": Screen, "tap": Tap, "consent_changed": ConsentChanged, "permission": Permission,
    "process": Process, "scenario": Scenario, "health": Health, "policy_text": PolicyText,
    "control": Control, "crawl": Crawl, "user_act": UserAct, "recording": Recording,
}  # fmt: skip


class Recorder:
    """Writes raw/ui.jsonl, raw/health.jsonl and screens/ of one run folder."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder

    def event(self, file: str, kind: str, host_lo_ms: float, host_hi_ms: float, **fields: Any) -> None:
        """One line `{"host_lo_ms", "host_hi_ms", "event"}`. The fields are those of its Event class."""
        unknown = set(fields) - set(_KINDS[kind].model_fields)
        if unknown:
            raise ValueError(f"{kind} has no {', '.join(sorted(unknown))}")
        line = {"host_lo_ms": host_lo_ms, "host_hi_ms": host_hi_ms, "event": {"kind": kind, **fields}}
        self.folder.append(file, line)

    def ui(self, kind: str, host_lo_ms: float, host_hi_ms: float, **fields: Any) -> None:
        self.event(UI, kind, host_lo_ms, host_hi_ms, **fields)

    def health(
        self,
        gate: Gate,
        healthy: bool,
        reason: str,
        host_lo_ms: float,
        host_hi_ms: float,
        **facts: str | int | float | bool,
    ) -> None:
        """What a gate can claim over an interval. `facts` are numbers and words that show why."""
        if gate not in get_args(Gate):
            raise ValueError(f"{gate!r} is not a gate")
        self.event(
            HEALTH, "health", host_lo_ms, host_hi_ms, gate=gate, healthy=healthy, reason=reason, facts=facts
        )

    def dump(self, dump: Dump, package: str, activity: str | None) -> str:
        """One look at the screen. The tree is stored once per digest, which is returned."""
        data = dump.xml.encode("utf-8", errors="replace")
        digest = hashlib.sha256(data).hexdigest()
        self._store(f"screens/{digest}.xml", data)
        self._look(dump.host_before_ms, dump.host_after_ms, digest, package, activity, None)
        return digest

    def failed_dump(self, host_before_ms: float, host_after_ms: float, error: str) -> None:
        """A look that showed nothing, and why."""
        self._look(host_before_ms, host_after_ms, None, "", None, error[:500])

    def screenshot(self, png: bytes) -> str:
        """Stored once per digest; returns the path in the run folder."""
        path = f"screens/{hashlib.sha256(png).hexdigest()}.png"
        self._store(path, png)
        return path

    def document(self, data: bytes, digest: str, suffix: str) -> str:
        """Stored once per digest under documents/; returns the path in the run folder."""
        (self.folder.path / "documents").mkdir(mode=0o700, exist_ok=True)
        path = f"documents/{digest}.{suffix}"
        self._store(path, data)
        return path

    def _look(
        self,
        before: float,
        after: float,
        digest: str | None,
        package: str,
        activity: str | None,
        error: str | None,
    ) -> None:
        look = {
            "host_before_ms": before, "host_after_ms": after, "sha256": digest,
            "package": package, "activity": activity, "error": error,
        }  # fmt: skip
        self.folder.append(UI, {"dump": look})

    def _store(self, path: str, data: bytes) -> None:
        target = self.folder.path / path
        if not target.exists():
            temporary = target.with_suffix(".tmp")
            temporary.write_bytes(data)
            temporary.replace(target)
