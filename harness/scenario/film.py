"""The film of a scenario, by the phone's own `screenrecord`: pieces of at most three minutes, pulled as they end.

A phone that cannot film (no such command, a maker's restriction, no room) is told in one `recording` event; the
screenshots of every change are there in either case.
"""

from __future__ import annotations

import errno
import re
import socket
import threading
from pathlib import Path
from typing import Final, Protocol

from harness.device.phone import TRANSFER_SECONDS, ShellResult, host_ms
from harness.model.errors import RunFailure
from harness.scenario.record import Recorder

PIECE_SECONDS: Final = 170
"""screenrecord ends by itself after 180."""
BIT_RATE: Final = 2_000_000
"""At most 45 MB a piece; its own default of 20 Mbit/s would be 450."""
MAX_BYTES: Final = 600 * 1024 * 1024
"""Of one scenario; what comes after is not filmed, which is told."""
END_SECONDS: Final = 15.0
REMOTE: Final = "/data/local/tmp/harness-film"
_SHORTEST: Final = 1.0
"""A piece that ended sooner without being told to was refused."""


class Camera(Protocol):
    """What of a Phone it takes."""

    def shell(self, command: str, timeout: float = 30) -> ShellResult: ...
    def stream(self, command: str) -> socket.socket: ...
    def pull(self, remote: str) -> bytes: ...


class Film:
    """`start` before the scenario, `stop` after it. Neither raises when the phone cannot film or is gone; `stop`
    raises the OSError of a run folder that takes no more."""

    def __init__(
        self, phone: Camera, recorder: Recorder, scenario: str, piece_seconds: int = PIECE_SECONDS
    ) -> None:
        self._phone = phone
        self._recorder = recorder
        self._scenario = scenario
        self._piece_seconds = piece_seconds
        self._ending = threading.Event()
        self._given_up = threading.Event()
        self._pid: str | None = None
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)
        self._began = host_ms()
        self._left = MAX_BYTES
        self._unwritten: OSError | None = None

    def start(self) -> None:
        self._began = host_ms()
        self._thread.start()

    def stop(self) -> None:
        """Returns once the last piece is in the run folder, or could not be had."""
        self._ending.set()
        if self._thread.is_alive():
            self._interrupt()
        self._thread.join(TRANSFER_SECONDS + END_SECONDS)
        if self._unwritten is not None:
            raise self._unwritten

    def _run(self) -> None:
        number = 0
        while not self._ending.is_set():
            number += 1
            try:
                problem = self._piece(number)
            except RunFailure as failure:
                problem = str(failure)
            except OSError as error:
                # The stream's end is the phone's affair, a file that cannot be written is ours.
                self._unwritten = error if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS) else None
                problem = str(error)
            if problem:
                self._give_up(problem)
                return

    def _give_up(self, problem: str) -> None:
        try:
            self._tell(None, self._began, host_ms(), problem)
        except OSError as error:
            self._unwritten = error

    def _piece(self, number: int) -> str:
        """Film until the piece is full or the scenario over, and keep it. Why that failed; empty when it did not."""
        remote = f"{REMOTE}-{number % 2}.mp4"
        began = host_ms()
        line = f"cat /proc/uptime; echo $$; exec screenrecord --time-limit {self._piece_seconds}"
        with self._phone.stream(f"{line} --bit-rate {BIT_RATE} {remote}") as output:
            said = self._until_it_ends(output)
        ended = host_ms()
        self._pid = None
        head, _, words = said.partition("\n")
        words = re.sub(r"\A\d+\n?", "", words).strip()
        if ended - began < _SHORTEST * 1000 and not self._ending.is_set():
            return f"the phone films nothing: {words[:200] or 'screenrecord ended at once'}"
        try:
            data = self._phone.pull(remote)
        except FileNotFoundError:
            return f"the phone kept no film: {words[:200] or 'it gives no reason'}"
        self._phone.shell(f"rm -f {remote}")
        self._left -= len(data)
        if not data or self._left < 0:
            return "the film is empty" if not data else f"more than {MAX_BYTES >> 20} MB were filmed"
        self._keep(_boot_ms(head), data, began, ended)
        return ""

    def _until_it_ends(self, output: socket.socket) -> str:
        """Its output: the phone's uptime, its pid, and complaints. Told to end when the scenario is over."""
        said = bytearray()
        deadline = host_ms() + (self._piece_seconds + END_SECONDS) * 1000
        output.settimeout(0.5)
        while host_ms() < deadline:
            if self._given_up.is_set():
                raise RunFailure("device_lost", "the phone did not answer when the film was to end")
            try:
                chunk = output.recv(4096)
            except TimeoutError:
                chunk = b"\0"
            if not chunk:
                break
            said += chunk.strip(b"\0")[: 8192 - len(said)]
            lines = said.decode(errors="replace").split("\n")
            if self._pid is None and len(lines) > 2 and lines[1].strip().isdigit():
                self._pid = lines[1].strip()
                if self._ending.is_set():
                    self._interrupt()
            if self._ending.is_set():
                deadline = min(deadline, host_ms() + END_SECONDS * 1000)
        return said.decode(errors="replace").replace("\r", "")

    def _interrupt(self) -> None:
        """SIGINT makes it write the film's index; killed otherwise it leaves a file that nothing plays."""
        if self._pid is None:
            return
        try:
            self._phone.shell(f"kill -2 {self._pid}", timeout=5)
        except RunFailure:
            # The phone does not answer: nothing that it filmed can be had either.
            self._given_up.set()

    def _keep(self, boot_ms: int | None, data: bytes, began: float, ended: float) -> None:
        name = f"video/{self._scenario}-{'unknown' if boot_ms is None else f'{boot_ms:010d}'}.mp4"
        target = self._recorder.folder.path / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        _write(target, data)
        self._tell(name, began, ended, "")

    def _tell(self, path: str | None, began: float, ended: float, detail: str) -> None:
        self._recorder.ui("recording", began, ended, scenario=self._scenario, path=path, detail=detail[:300])


def _boot_ms(uptime: str) -> int | None:
    match = re.match(r"\s*(\d+)\.(\d{2})\b", uptime)
    return int(match[1]) * 1000 + int(match[2]) * 10 if match else None


def _write(target: Path, data: bytes) -> None:
    temporary = target.with_suffix(".tmp")
    temporary.write_bytes(data)
    temporary.replace(target)
