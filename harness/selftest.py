"""The proving ground: sample apps whose guilt is known, checked as a user checks an app, and held against their truth.

Each app in harness/twin/apps has a truth.yaml. It names every check that says anything of the app; one that it does
not name must be `not_applicable`. So both directions are held: what must be found, and what must not.
"""

from __future__ import annotations

import json
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, assert_never

import yaml
from pydantic import ValidationError

import harness
from harness.device.local_twin import LocalTwin
from harness.model.errors import InputError, RunFailure
from harness.model.event import Fact
from harness.model.result import EXIT_CODE, CheckResult, Grade, Outcome, Verdict

APPS: Final = Path(harness.__file__).parent / "twin" / "apps"
BUILT: Final = Path(harness.__file__).parents[1] / "build" / "apps"
"""Where setup.sh keeps the built apps of a checkout."""
FRAMEWORK: Final = Path(harness.__file__).parent / "data" / "framework.jar"
TRUTH: Final = "truth.yaml"
MOST_SECONDS: Final = 900.0
"""For one app; one that takes longer is ended and counts as failed."""
STOP_SECONDS: Final = 20.0
BUILD_SECONDS: Final = 320.0
RUN_FAILED: Final = 4
"""Exit code of a check whose device or tool failed."""

Mark = Literal["found", "clear", "open", "none", "missed", "false", "inconclusive", "unlike"]
"""found: a violation as planted. clear, open, none: clear, inconclusive and not applicable, as they should be.
missed: a planted violation was not found, or `clear` where nobody can know. false: a violation that nobody planted.
inconclusive: nothing said where the truth is `clear`. unlike: any other difference."""
WRONG: Final[frozenset[Mark]] = frozenset({"missed", "false"})
UNLIKE: Final[frozenset[Mark]] = frozenset({"inconclusive", "unlike"})
Say = Callable[[str], None]


class Expected(Fact):
    """What one check must say. What is None may be anything."""

    outcome: Outcome
    grade: Grade | None = None
    found: list[tuple[str, str]] | None = None
    """(data type, who) of every finding; who is an SDK's id, `app`, `framework` or `unknown`."""
    findings: int | None = None
    """How many, where they are no data."""
    sent_to: list[str] | None = None


class Truth(Fact):
    about: str = ""
    """What the app does, in a sentence."""
    scenarios: list[str] = ["SC01", "SC03", "SC05"]
    """Built-in ones, or .yaml files beside the truth."""
    options: list[str] = []
    """More of `harness check`, e.g. ["--app-type", "weather"]."""
    outcome: Outcome
    exit_code: int
    names: list[str] = []
    """Words that some reason or finding must name."""
    checks: dict[str, Expected]


@dataclass(frozen=True, slots=True)
class SampleApp:
    name: str
    source: Path
    truth: Truth


@dataclass(frozen=True, slots=True)
class Cell:
    """One check of one app."""

    check: str
    mark: Mark
    says: str = ""
    """What differs; empty where nothing does."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One app, checked once."""

    app: str
    round: int
    seconds: float
    cells: list[Cell]
    folder: Path
    problem: str = ""
    """Why the app as a whole is not as its truth says; empty where it is."""
    first_failure: str = ""
    """Why the run before this one failed and it was tried once more; empty when it was the first."""

    @property
    def right(self) -> bool:
        return not self.problem and not any(cell.says for cell in self.cells)


def sample_apps(names: Sequence[str] = ()) -> list[SampleApp]:
    """All, or those named, in alphabetical order. InputError for a name that is not there or a wrong truth."""
    known = {path.parent.name: path for path in sorted(APPS.glob(f"*/{TRUTH}"))}
    for name in names:
        if name not in known:
            raise InputError(f"--app {name!r}: no such sample app; use some of {', '.join(known)}")
    return [
        SampleApp(name, path.parent, load_truth(path))
        for name, path in known.items()
        if not names or name in names
    ]


def load_truth(path: Path) -> Truth:
    try:
        return Truth.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise InputError(f"{path}: {error}") from None


def compare(truth: Truth, verdict: Verdict) -> list[Cell]:
    """One cell a check, those of the verdict first. A check that the verdict lacks counts as not applicable."""
    told = {result.id: result for result in verdict.checks}
    missing = [check for check in truth.checks if check not in told]
    cells = [_cell(truth.checks.get(result.id, _NOTHING), result) for result in verdict.checks]
    return [*cells, *(Cell(check, "missed", "it was not judged at all") for check in missing)]


_NOTHING: Final = Expected(outcome="not_applicable")


def _cell(expected: Expected, result: CheckResult) -> Cell:
    if result.outcome != expected.outcome:
        said = result.findings[0].says if result.outcome == "violation" and result.findings else result.reason
        return Cell(
            result.id, _difference(expected.outcome, result.outcome),
            f"{result.outcome} where the truth is {expected.outcome}: {said}",
        )  # fmt: skip
    if result.outcome != "violation":
        return Cell(result.id, _AS_TOLD[result.outcome])
    return _violation(expected, result)


_AS_TOLD: Final[dict[Outcome, Mark]] = {
    "violation": "found", "clear": "clear", "inconclusive": "open", "not_applicable": "none",
}  # fmt: skip


def _difference(expected: Outcome, told: Outcome) -> Mark:
    if expected == "violation":
        return "missed"
    match told:
        case "violation":
            return "false"
        case "clear":
            # Where nobody can know, silence is no acquittal.
            return "missed" if expected == "inconclusive" else "unlike"
        case "inconclusive":
            return "inconclusive"
        case "not_applicable":
            return "unlike"
        case _:
            assert_never(told)


def _violation(expected: Expected, result: CheckResult) -> Cell:
    """The verdict alone is not enough: what, by whom and to where must be what was planted."""
    found = {(one.data_type or one.what, one.actor_id) for one in result.findings}
    if expected.found is not None and found != set(expected.found):
        more, less = found - set(expected.found), set(expected.found) - found
        return Cell(
            result.id, "missed" if less else "false",
            "; ".join([*(f"not found: {_pair(one)}" for one in sorted(less)),
                       *(f"found, not planted: {_pair(one)}" for one in sorted(more))]),
        )  # fmt: skip
    if expected.findings is not None and len(result.findings) != expected.findings:
        many = len(result.findings) > expected.findings
        said = " ".join(one.says for one in result.findings)
        return Cell(
            result.id, "false" if many else "missed",
            f"{len(result.findings)} findings where {expected.findings} were planted: {said}",
        )  # fmt: skip
    hosts = {host for one in result.findings for host in one.sent_to}
    if expected.sent_to is not None and hosts != set(expected.sent_to):
        return Cell(result.id, "unlike", f"sent to {sorted(hosts)} where the truth is {expected.sent_to}")
    if expected.grade is not None and result.grade != expected.grade:
        return Cell(result.id, "unlike", f"grade {result.grade} where the truth is {expected.grade}")
    return Cell(result.id, "found")


def _pair(found: tuple[str, str]) -> str:
    return f"{found[0]} by {found[1] or 'nobody'}"


@dataclass
class Selftest:
    """Some apps, so many rounds, on so many twins at once. One twin serves many apps, one after the other."""

    apps: Sequence[SampleApp]
    out: Path
    """Run folders go to <out>/<round>/<app>."""
    times: int = 1
    devices: int = 1
    pace: float = 0.06
    say: Say = print
    trials: list[Trial] = field(default_factory=list)
    """In the order in which they ended."""
    _children: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> list[Trial]:
        """RunFailure when a twin does not start or a worker of ours breaks; what an app does is a Trial."""
        jobs: queue.SimpleQueue[tuple[int, SampleApp, Path]] = queue.SimpleQueue()
        built = [(app, self._built(app)) for app in self.apps]
        # The longest first, so that no twin idles while another works on the last one.
        built.sort(key=lambda one: -len(one[0].truth.scenarios))
        for number in range(1, self.times + 1):
            for app, apk in built:
                jobs.put((number, app, apk))
        broken: list[BaseException] = []
        with ExitStack() as stack:
            count = min(self.devices, len(self.apps) * self.times)
            self.say(f"starting {count} twin{'s' if count > 1 else ''}")
            serials = [stack.enter_context(LocalTwin(seed)).serial for seed in range(1, count + 1)]
            workers = [
                threading.Thread(target=self._work, args=(serial, jobs, broken), name=f"selftest-{serial}")
                for serial in serials
            ]
            stack.callback(self._stop, workers)
            for worker in workers:
                worker.start()
            # Not join: interrupted by Ctrl-C, Python 3.11's takes the thread for ended (CPython issue 89437).
            while any(worker.is_alive() for worker in workers):
                time.sleep(0.1)
        if broken:
            raise broken[0]
        return sorted(self.trials, key=lambda one: (one.round, one.app))

    def _work(
        self,
        serial: str,
        jobs: queue.SimpleQueue[tuple[int, SampleApp, Path]],
        broken: list[BaseException],
    ) -> None:
        while not self._stopped.is_set():
            try:
                number, app, apk = jobs.get_nowait()
            except queue.Empty:
                return
            try:
                trial = self._trial(serial, number, app, apk)
            # The border of a thread: the main one raises it again.
            except BaseException as error:
                broken.append(error)
                self._stopped.set()
                return
            if trial is not None:
                self.trials.append(trial)
                total = len(self.apps) * self.times
                verdict = "as its truth says" if trial.right else "NOT as its truth says"
                self.say(f"{len(self.trials)}/{total} {app.name}: {verdict} ({trial.seconds:.0f} s)")

    def _trial(self, serial: str, number: int, app: SampleApp, apk: Path) -> Trial | None:
        """None when it was cut off."""
        folder = self.out / str(number) / app.name
        began = time.monotonic()
        code, said = self._check(serial, app, apk, folder)
        lost = ""
        if code == RUN_FAILED and not self._stopped.is_set():
            # It shows nothing about verdicts: kept beside, told, and tried once more.
            lost = said.splitlines()[-1] if said else "the run failed"
            shutil.rmtree(failed := folder.with_name(f"{app.name}-failed"), ignore_errors=True)
            if folder.exists():
                folder.rename(failed)
            self.say(f"{app.name}: the run failed ({lost}); once more")
            code, said = self._check(serial, app, apk, folder)
        if self._stopped.is_set():
            return None
        return replace(judged(app, number, time.monotonic() - began, folder, code, said), first_failure=lost)

    def _check(self, serial: str, app: SampleApp, apk: Path, folder: Path) -> tuple[int, str]:
        shutil.rmtree(folder, ignore_errors=True)
        return self._child([
            "check", str(apk), "--device", serial, "--pace", f"{self.pace:g}", "--out", str(folder), "--json",
            "--no-film", *(word for name in app.truth.scenarios for word in ("--scenario", _scenario(app, name))),
            *app.truth.options,
        ], MOST_SECONDS)  # fmt: skip

    def _child(self, arguments: Sequence[str], seconds: float) -> tuple[int, str]:
        """A `harness` command of its own, in a session of its own: exit code, and what it complained of."""
        with self._lock:
            if self._stopped.is_set():
                return -signal.SIGINT, "stopped"
            child = subprocess.Popen(
                [sys.executable, "-m", "harness.cli.main", *arguments], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
            self._children.add(child)
        try:
            _, errors = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(child)
            return -signal.SIGKILL, f"it did not end within {seconds:.0f} s"
        finally:
            with self._lock:
                self._children.discard(child)
        return child.returncode, errors.decode(errors="replace").strip()[-2000:]

    def _stop(self, workers: Sequence[threading.Thread]) -> None:
        """Does nothing when all is done; else ends what runs, in order: checks clean up after themselves."""
        with self._lock:
            self._stopped.set()
            running = list(self._children)
        for child in running:
            child.send_signal(signal.SIGINT)
        for worker in workers:
            worker.join(STOP_SECONDS)
        for child in running:
            if child.poll() is None:
                _end(child)

    def _built(self, app: SampleApp) -> Path:
        """The APK that setup.sh built where it is fresh, else a new one beside the runs."""
        kept = BUILT / f"{app.name}.apk"
        if _is_fresh(kept, app.source):
            return kept
        own = self.out / "apps" / f"{app.name}.apk"
        self.say(f"building {app.name}")
        code, said = self._child(["twin", "build", str(app.source), "-o", str(own)], BUILD_SECONDS)
        if code:
            raise InputError(f"{app.source}: does not build: {said}")
        return own


def _scenario(app: SampleApp, name: str) -> str:
    return str((app.source / name).resolve()) if name.endswith(".yaml") else name


def judged(app: SampleApp, number: int, seconds: float, folder: Path, code: int, said: str) -> Trial:
    """Hold what a check left against the truth."""
    written = folder / "verdict.json"
    if not written.is_file():
        return Trial(app.name, number, seconds, [], folder, f"no verdict; exit code {code}: {said}")
    verdict = Verdict.model_validate_json(written.read_text(encoding="utf-8"))
    cells = compare(app.truth, verdict)
    return Trial(
        app.name, number, seconds, cells, folder, "; ".join(_problems(app.truth, verdict, code, folder))
    )


def _problems(truth: Truth, verdict: Verdict, code: int, folder: Path) -> Iterator[str]:
    failure = json.loads((folder / "run.json").read_text(encoding="utf-8"))["failure"]
    if failure is not None:
        yield f"the run failed: {failure['kind']}: {failure['message']}"
    if verdict.outcome != truth.outcome:
        yield f"the app is {verdict.outcome} where the truth is {truth.outcome}"
    if code != truth.exit_code:
        yield f"exit code {code} where the truth is {truth.exit_code}"
    words = " ".join([verdict.model_dump_json()])
    for name in truth.names:
        if name not in words:
            yield f"{name} is named nowhere"


def exit_code(trials: Sequence[Trial]) -> int:
    """0 all as the truths say; 1 something missed or false; 3 only undecided or unlike; 4 a run failed."""
    cells = [cell for trial in trials for cell in trial.cells]
    if any(cell.mark in WRONG for cell in cells):
        return 1
    if any(not trial.cells or trial.problem.startswith("the run failed") for trial in trials):
        return 4
    return EXIT_CODE["clear"] if all(trial.right for trial in trials) else EXIT_CODE["inconclusive"]


def same_each_time(trials: Sequence[Trial]) -> list[str]:
    """What differs between the rounds: "app PB-T01: found, missed"; empty where all are equal."""
    marks: dict[tuple[str, str], list[Mark]] = {}
    for trial in sorted(trials, key=lambda one: one.round):
        for cell in trial.cells:
            marks.setdefault((trial.app, cell.check), []).append(cell.mark)
    return [f"{app} {check}: {', '.join(seen)}" for (app, check), seen in marks.items() if len(set(seen)) > 1]


def _is_fresh(apk: Path, source: Path) -> bool:
    """As setup.sh tells it: newer than its sources and the classes it was compiled against."""
    if not apk.is_file():
        return False
    made = apk.stat().st_mtime
    inputs = [path for path in source.rglob("*") if path.is_file() and path.suffix != ".yaml"]
    return all(path.stat().st_mtime <= made for path in [*inputs, FRAMEWORK] if path.exists())


def _end(child: subprocess.Popen[bytes]) -> None:
    """A check that does not end by itself: its helpers end with it or with the twin."""
    child.kill()
    try:
        child.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise RunFailure("internal", f"a check (pid {child.pid}) cannot be ended") from error
