"""Our own adb server on our own port, so that the adb of the person at the machine is left alone."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import adbutils

from harness.device.phone import Phone
from harness.model.errors import InputError, RunFailure

USER_PORT: Final = 5037
READY_SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 10.0


class _Connection(adbutils.AdbConnection):  # type: ignore[misc]
    """One connection to the server that never starts a server by itself and sends small packets at once."""

    def _safe_connect(self) -> socket.socket:
        return self._create_socket()

    def _create_socket(self) -> socket.socket:
        made: socket.socket = super()._create_socket()
        # http.client sends head and body in two writes; with Nagle's algorithm each call costs 40 ms.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made


class AdbClient(adbutils.AdbClient):  # type: ignore[misc]
    """adbutils' client whose waits can be bounded per thread."""

    def __init__(self, port: int) -> None:
        super().__init__(host="127.0.0.1", port=port)
        self._bound = threading.local()

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """No single read of a connection that this thread opens inside waits longer than this."""
        before = getattr(self._bound, "seconds", None)
        self._bound.seconds = seconds
        try:
            yield
        finally:
            self._bound.seconds = before

    def make_connection(self, timeout: float | None = None) -> _Connection:
        limit: float | None = getattr(self._bound, "seconds", None)
        if limit is not None:
            timeout = min(timeout or limit, limit)
        connection = _Connection(self.host, self.port)
        if timeout:
            connection.conn.settimeout(timeout)
        return connection


class AdbServer:
    """A context manager. `AdbServer()` starts a child of ours; `AdbServer.of_user()` uses a running one."""

    def __init__(self, usb: bool = False) -> None:
        self._usb = usb
        self._child: subprocess.Popen[bytes] | None = None
        self._home: Path | None = None
        self._ours = True
        self.port = 0
        self.client: AdbClient

    @classmethod
    def of_user(cls, port: int | None = None) -> AdbServer:
        """The server that the person at the machine runs (it owns the phones on USB). Never ended by us."""
        server = cls()
        server._ours = False
        server.port = port or int(os.environ.get("ANDROID_ADB_SERVER_PORT", USER_PORT))
        return server

    @property
    def pid(self) -> int | None:
        """Process id of our child; None for the user's server."""
        return self._child.pid if self._child else None

    @property
    def alive(self) -> bool:
        return not self._ours or (self._child is not None and self._child.poll() is None)

    def __enter__(self) -> Self:
        if self._ours:
            self._start()
        else:
            self.client = AdbClient(self.port)
            try:
                self.client.server_version()
            except (adbutils.AdbError, OSError) as error:
                raise InputError(
                    f"no adb server answers on 127.0.0.1:{self.port}; run `adb start-server` first"
                ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        child, self._child = self._child, None
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(3)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None

    def serials(self) -> list[str]:
        """What this server can reach and use now."""
        try:
            with self.client.limit(CONNECT_SECONDS):
                return [str(info.serial) for info in self.client.list() if info.state == "device"]
        except (adbutils.AdbError, OSError, EOFError) as error:
            raise self._failure(f"did not list devices: {error}") from error

    def connect(self, address: str) -> Phone:
        """A phone by TCP: `127.0.0.1:PORT`. The address stays its serial."""
        try:
            with self.client.limit(CONNECT_SECONDS):
                answer = str(self.client.connect(address))
        except (adbutils.AdbError, OSError, EOFError) as error:
            raise self._failure(f"connect {address}: {error}") from error
        # The server answers in words, also when it could not connect.
        if not answer.startswith(("connected to", "already connected to")):
            raise RunFailure("device_lost", f"{address}: {answer.strip()}")
        return self.phone(address)

    def phone(self, serial: str) -> Phone:
        """A phone that this server already knows. Waits for one that is just coming up."""
        deadline = time.monotonic() + CONNECT_SECONDS
        state = "not found"
        while True:
            try:
                with self.client.limit(CONNECT_SECONDS):
                    infos = self.client.list(extended=True)
            except (adbutils.AdbError, OSError, EOFError) as error:
                raise self._failure(f"did not list devices: {error}") from error
            for info in infos:
                if info.serial == serial:
                    state = str(info.state)
                    if state == "device" and info.transport_id:
                        return Phone(self.client, serial, int(info.transport_id))
            if state == "unauthorized":
                raise InputError(f"{serial}: unauthorized; accept the question on the phone's screen")
            if time.monotonic() > deadline:
                raise RunFailure("device_lost", f"{serial}: {state} after {CONNECT_SECONDS:.0f} s")
            time.sleep(0.05)

    def _start(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="harness-adb-"))
        self._home.chmod(0o700)
        for _ in range(3):
            self.port = _free_port()
            self._child = subprocess.Popen(
                [adbutils.adb_path(), "-P", str(self.port), "server", "nodaemon"],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=(self._home / "log").open("wb"),
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
            self.client = AdbClient(self.port)
            if self._answers():
                return
            self._stop_child()
        log = (self._home / "log").read_text(errors="replace")[-400:].strip()
        self.stop()
        raise RunFailure("adb_failed", f"the adb server did not come up: {log or 'it said nothing'}")

    def _stop_child(self) -> None:
        if self._child is not None and self._child.poll() is None:
            self._child.kill()
            self._child.wait()
        self._child = None

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "HOME": str(self._home),
            "ADB_USB": "1" if self._usb else "0",
            "ADB_MDNS": "0",
            "ADB_MDNS_AUTO_CONNECT": "0",
            # 5553 is below the first emulator port: no scan for emulators, no twin adopted by another server.
            "ADB_LOCAL_TRANSPORT_MAX_PORT": "5553",
            "ADB_REJECT_KILL_SERVER": "1",
        }

    def _answers(self) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.alive:
            try:
                with self.client.limit(2.0):
                    self.client.server_version()
                return self.alive
            except (adbutils.AdbError, OSError, ValueError):
                time.sleep(0.01)
        return False

    def _failure(self, text: str) -> RunFailure:
        if not self.alive:
            return RunFailure("adb_failed", "our adb server ended during the run")
        return RunFailure("adb_failed", text)


_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG: Final = 1


def _die_with_parent() -> None:
    """In the child: a harness that is killed outright must not leave an adb server behind."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
