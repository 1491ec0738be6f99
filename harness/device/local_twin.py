"""Starts the built-in device as a separate process; from there on it is a serial like any other."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from types import TracebackType
from typing import IO, Final, Self

from harness.model.errors import RunFailure

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 5.0


class LocalTwin:
    """A context manager; `serial` is set inside. At exit the process and everything it started is gone."""

    def __init__(self, seed: int = 1, faults: list[str] | None = None) -> None:
        self._arguments = ["--seed", str(seed)] + [
            word for fault in faults or [] for word in ("--fault", fault)
        ]
        self._child: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self.serial = ""

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def __enter__(self) -> Self:
        self._errors = tempfile.TemporaryFile()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "harness.twin", "start", "--port", "0", "--json", *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
        )
        try:
            self.serial = self._ready_serial(self._child)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        _kill_group(child.pid)
        child.wait()
        if child.stdout:
            child.stdout.close()
        if self._errors:
            self._errors.close()

    def _ready_serial(self, child: subprocess.Popen[bytes]) -> str:
        assert child.stdout is not None
        deadline = time.monotonic() + READY_SECONDS
        line = b""
        os.set_blocking(child.stdout.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n") and time.monotonic() < deadline and len(line) < 65536:
                if selector.select(0.5):
                    chunk = child.stdout.read(4096)
                    if chunk == b"":
                        break
                    line += chunk or b""
        try:
            serial = json.loads(line.splitlines()[0])["serial"]
        except (IndexError, KeyError, TypeError, ValueError) as error:
            said = self._complaint()
            raise RunFailure("internal", f"the twin did not start: {said or line[:300]!r}") from error
        if not isinstance(serial, str):
            raise RunFailure("internal", f"the twin gave no serial: {line[:300]!r}")
        return serial

    def _complaint(self) -> str:
        assert self._errors is not None
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace").strip()[-600:]


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
