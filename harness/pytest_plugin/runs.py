"""One run for all tests: walked once and shared between workers, or read from a saved folder."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harness.model.errors import InputError
from harness.model.result import CheckResult, Verdict
from harness.model.run_facts import RunFacts
from harness.model.run_folder import RunFolder
from harness.pytest_plugin.seen import SeenTimeline
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.timeline.store import load
from harness.timeline.timeline import Timeline
from harness.verdict import fold

if TYPE_CHECKING:
    from harness.run import Options, Say

_READ: Final = ("raw", "bodies", "screens")


@dataclass(frozen=True)
class AppRun:
    """A run, judged."""

    folder: Path
    """Where its evidence is."""
    facts: RunFacts
    timeline: Timeline
    verdict: Verdict

    def check(self, check_id: str) -> CheckResult:
        """InputError for an id that was not judged."""
        found = next((one for one in self.verdict.checks if one.id == check_id.upper()), None)
        if found is None:
            raise InputError(f"{check_id}: no such check; see `harness rules list`")
        return found

    @functools.cached_property
    def seen(self) -> SeenTimeline:
        return SeenTimeline(self.timeline)


def saved_run(path: Path, profile: str | None) -> AppRun:
    """Judge a saved folder without changing it: its manifest still holds afterwards."""
    folder = RunFolder.open(path)
    facts = folder.facts()
    facts = facts.model_copy(update={"profile": profile or facts.profile})
    with tempfile.TemporaryDirectory(prefix="harness-") as shadow:
        for name in _READ:
            if (path / name).exists():
                (Path(shadow) / name).symlink_to((path / name).resolve())
        shutil.copy(path / "run.json", shadow)
        timeline = build_timeline(RunFolder.open(Path(shadow)))
    return AppRun(path, facts, timeline, fold(judge(timeline, facts, facts.profile), facts))


def walked_run(apk: Path, options: Options, say: Say) -> AppRun:
    """Walk now, alone on the device. A failed device is in `facts.failure`, never raised."""
    from harness.run import check  # brings the whole capture side, which a saved run does without

    with alone_on(options.device):
        check(apk, options, say)
    return finished_run(options.out)


def finished_run(path: Path) -> AppRun:
    """The run as it was judged when it was walked."""
    folder = RunFolder.open(path)
    verdict = Verdict.model_validate_json((path / "verdict.json").read_text(encoding="utf-8"))
    return AppRun(path, folder.facts(), load(folder), verdict)


@contextlib.contextmanager
def alone_on(device: str | None) -> Iterator[None]:
    """Two workers (or two sessions of this machine) never drive one phone at once; each twin is one's own."""
    if device == "twin":
        yield
        return
    name = hashlib.sha256((device or "the only phone").encode()).hexdigest()[:16]
    with locked(Path(tempfile.gettempdir()) / f"harness-device-{os.getuid()}-{name}.lock"):
        yield


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for our turn. Ends with the process, however that ends."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
