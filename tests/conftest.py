"""What several test files share: built sample apps, and a whole check as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ROOT / "build" / "apps"
MARK = "HARNESS_TEST_MARK"


@pytest.fixture(scope="session")
def sample_apk() -> Callable[[str], Path]:
    """Path of a built sample app by name; `make setup` builds them."""

    def path(name: str) -> Path:
        apk = APPS / f"{name}.apk"
        assert apk.is_file(), f"{apk} is missing: run `make setup`"
        return apk

    return path


@dataclass
class Check:
    """A `harness` command in a process of its own, with a mark that its children inherit."""

    arguments: list[str]
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    process: subprocess.Popen[str] | None = None
    stdout: str = ""
    stderr: str = ""

    def start(self) -> Check:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harness.cli.main", *self.arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, MARK: self.mark},
            start_new_session=True,
        )
        return self

    def wait(self, timeout: float = 150) -> int:
        assert self.process is not None
        try:
            self.stdout, self.stderr = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.kill_all()
            self.stdout, self.stderr = self.process.communicate(timeout=10)
            pytest.fail(f"{self.arguments} did not end in {timeout} s\n{self.stderr[-3000:]}")
        return self.process.returncode

    def run(self, timeout: float = 150) -> int:
        return self.start().wait(timeout)

    def json(self) -> dict:
        return json.loads(self.stdout)

    def processes(self) -> dict[int, str]:
        """pid → command line of every living process that this command started, itself included."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if f"{MARK}={self.mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = (
                        (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    )
            except OSError:
                continue  # it ended while we looked
        return found

    def wait_gone(self, timeout: float = 20) -> None:
        """Frida's own helper ends by itself, a moment after whom it helped."""
        end = time.monotonic() + timeout
        while left := self.processes():
            assert time.monotonic() < end, f"processes were left behind: {left}"
            time.sleep(0.1)

    def wait_for(self, condition: Callable[[], bool], timeout: float = 60) -> None:
        assert self.process is not None
        end = time.monotonic() + timeout
        while not condition():
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill_all()
                out, err = self.process.communicate(timeout=10)
                pytest.fail(
                    f"the moment waited for never came (exit {self.process.returncode})\n{out[-2000:]}\n{err[-3000:]}"
                )
            time.sleep(0.05)

    def kill_all(self) -> None:
        for pid in self.processes():
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                pass


@pytest.fixture
def harness() -> Iterator[Callable[..., Check]]:
    """Make a `harness` command; whatever it left running is ended after the test."""
    made: list[Check] = []

    def make(*arguments: str | Path) -> Check:
        made.append(Check([str(argument) for argument in arguments]))
        return made[-1]

    yield make
    for check in made:
        check.kill_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Soaks run for minutes: only when they are asked for by `-m soak` (`make soak`, nightly)."""
    if "soak" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="a soak: run it by -m soak"))
