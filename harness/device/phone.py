"""A phone over adb. Every call has a time limit; a phone that goes away raises RunFailure("device_lost")."""

from __future__ import annotations

import hashlib
import io
import re
import shlex
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import adbutils

from harness.model.errors import RunFailure
from harness.model.run_facts import DeviceFacts

if TYPE_CHECKING:
    from harness.device.adb_server import AdbClient

UNANSWERED_SECONDS: Final = 3.0
"""A phone that hangs is not waited for in full by every call that ends a run."""
BOOT_SECONDS: Final = 180.0
MAX_OUTPUT: Final = 64 * 1024 * 1024
TRANSFER_SECONDS: Final = 120.0
_STDOUT, _STDERR, _EXIT, _CLOSE_STDIN = 1, 2, 3, 4


def host_ms() -> float:
    """Now on the harness machine's clock, which all our processes share."""
    return time.monotonic() * 1000


@dataclass(frozen=True, slots=True)
class ShellResult:
    stdout: str
    stderr: str
    code: int


class Phone:
    """Made by AdbServer. `adb` is bound to one transport: after a reconnect it is dead, and says so."""

    def __init__(self, client: AdbClient, serial: str, transport_id: int) -> None:
        self.serial = serial
        self.client = client
        self.adb = client.device(transport_id=transport_id)
        self._shell_v2: bool | None = None
        self._patience = float("inf")
        """Seconds that a call may take at most: short from a call without an answer until the next answer."""

    def shell(self, command: str, timeout: float = 30) -> ShellResult:
        """Run a shell line; its exit code is in the result and raises nothing."""
        timeout = min(timeout, self._patience)
        with self._calling(f"shell {command[:60]!r}", timeout):
            if self._shell_v2 is None:
                self._shell_v2 = "shell_v2" in str(self.adb.get_features()).split(",")
            if self._shell_v2:
                return self._run_v2(command, time.monotonic() + timeout)
            # Before Android 7 there is one stream and no exit code; adbutils appends an echo of $?.
            old = self.adb.shell2(command, timeout=timeout)
            return ShellResult(str(old.output), "", int(old.returncode))

    def getprop(self, name: str) -> str:
        """Empty when it is not set."""
        return self.shell(f"getprop {shlex.quote(name)}").stdout.strip()

    def install(self, apk: Path) -> None:
        """Install or replace, test-only packages too; grants nothing."""
        remote = f"/data/local/tmp/{hashlib.sha256(str(apk).encode()).hexdigest()[:16]}.apk"
        self.push(apk.read_bytes(), remote)
        result = self.shell(f"pm install -r -t {remote}", timeout=TRANSFER_SECONDS)
        self.shell(f"rm -f {remote}")
        text = (result.stdout + result.stderr).strip()
        if result.code != 0 or "Success" not in text:
            raise RunFailure("install_failed", text or f"pm install ended with {result.code}")

    def uninstall(self, package: str) -> bool:
        """False when it was not installed (or cannot be removed)."""
        return "Success" in self.shell(f"pm uninstall {shlex.quote(package)}", timeout=60).stdout

    def reboot(self, within: float = BOOT_SECONDS) -> None:
        """Restart the phone; returns once its adb answers again, before the system is up. Raises RunFailure when it
        did not go down, or does not come back."""
        before = self._uptime()
        try:
            self.shell("reboot", timeout=10)
        except RunFailure:
            # The link ends before the command does.
            pass
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            time.sleep(0.2)
            try:
                self._rebind()
                up = self._uptime()
            except RunFailure:
                continue
            if up < before:
                return
        raise RunFailure(
            "device_lost", f"{self.serial}: not back {within:.0f} s after it was told to restart"
        )

    def wait_booted(self, within: float = BOOT_SECONDS) -> None:
        """Until the system says that it is up."""
        deadline = time.monotonic() + within
        while self.getprop("sys.boot_completed") != "1":
            if time.monotonic() > deadline:
                raise RunFailure("device_lost", f"{self.serial}: its system is not up after {within:.0f} s")
            time.sleep(0.2)

    def launch(self, package: str) -> str | None:
        """Start the launcher activity as a tap on its icon does. The reason when that failed."""
        result = self.shell(f"monkey -p {shlex.quote(package)} -c android.intent.category.LAUNCHER 1")
        text = (result.stdout + result.stderr).strip()
        if result.code != 0 or "aborted" in text.lower():
            return text[-300:] or f"monkey ended with {result.code}"
        return None

    def force_stop(self, package: str) -> None:
        self.shell(f"am force-stop {shlex.quote(package)}", timeout=10)

    def push(self, data: bytes, remote: str) -> None:
        with self._calling(f"push to {remote}", TRANSFER_SECONDS):
            self.adb.sync.push(io.BytesIO(data), remote, 0o644)

    def pull(self, remote: str) -> bytes:
        """Raises FileNotFoundError for a file that cannot be opened there."""
        with self._calling(f"pull of {remote}", TRANSFER_SECONDS):
            try:
                return bytes(self.adb.sync.read_bytes(remote))
            except adbutils.AdbError as error:
                if not self.is_there():
                    raise
                missing = FileNotFoundError(f"{self.serial}: {remote}: {error.args[0]}")
        raise missing

    def open_socket(self, address: str) -> socket.socket:
        """A stream to `tcp:9008` or `localabstract:name` on the phone; it blocks until you set a timeout.

        Raises ConnectionRefusedError when the phone is there and nothing listens.
        """
        with self._calling(f"connection to {address}", 10):
            connection = self.adb.open_transport()
            try:
                connection.send_command(address)
                connection.check_okay()
            except adbutils.AdbError as error:
                connection.close()
                if self.is_there():
                    raise ConnectionRefusedError(f"nothing listens on {address}: {error}") from error
                raise
        opened: socket.socket = connection.conn
        opened.settimeout(None)
        return opened

    def stream(self, command: str) -> socket.socket:
        """A shell line that goes on: its output (and errors) as raw bytes. Close it to end the command."""
        return self.open_socket(f"shell:{command}")

    def reverse(self, device_port: int, host_port: int) -> int:
        """Connections to the phone's 127.0.0.1:device_port reach ours. 0 lets it choose; returns the port."""
        with self._calling("reverse", 10), self.adb.open_transport() as connection:
            connection.send_command(f"reverse:forward:tcp:{device_port};tcp:{host_port}")
            connection.check_okay()
            connection.check_okay()
            if device_port == 0:
                return int(connection.read_string_block())
        return device_port

    def remove_reverse(self, device_port: int) -> None:
        with self._calling("reverse", 10):
            self.adb.reverse_remove(f"tcp:{device_port}")

    def processes(self, timeout: float = 10) -> dict[int, str]:
        """pid to process name, of all of them."""
        result = self.shell("ps -A -o PID,NAME", timeout)
        if result.code == 0:
            return _pids(result.stdout, 0)
        return _pids(self.shell("ps -A", timeout).stdout, 1)

    def is_there(self) -> bool:
        """Whether the adb server still reaches it."""
        try:
            with self.client.limit(5):
                return str(self.adb.get_state()) == "device"
        except (adbutils.AdbError, OSError, EOFError):
            return False

    def facts(self) -> DeviceFacts:
        names = ("ro.product.brand", "ro.product.model", "ro.build.version.release", "ro.build.version.sdk")
        brand, model, android, sdk = (self.getprop(name) for name in names)
        build = self.getprop("ro.build.fingerprint") or self.getprop("ro.build.display.id")
        android_id = self.shell("settings get secure android_id").stdout.strip()
        marks = ("ro.harness.twin", "ro.kernel.qemu", "ro.boot.qemu")
        return DeviceFacts(
            serial=self.serial,
            brand=brand,
            model=model,
            android=android,
            sdk=int(sdk) if sdk.isdigit() else 0,
            build=build,
            android_id_sha256=_sha256(android_id) if android_id not in ("", "null") else None,
            emulated=any(self.getprop(mark) == "1" for mark in marks),
        )

    def _uptime(self) -> float:
        """Seconds since it booted."""
        said = self.shell("cat /proc/uptime", timeout=5).stdout.split()
        try:
            return float(said[0])
        except (IndexError, ValueError) as error:
            raise RunFailure("device_lost", f"{self.serial}: /proc/uptime is not readable") from error

    def _rebind(self) -> None:
        """To the transport by which the adb server reaches it now."""
        self._patience = float("inf")
        with self._calling("connection", 10):
            if re.fullmatch(r"[^:]+:\d+", self.serial):
                # A dead link that the server still holds would be called connected.
                self.client.disconnect(self.serial)
                self.client.connect(self.serial)
            known = [info for info in self.client.list(extended=True) if info.serial == self.serial]
        for info in known:
            if str(info.state) == "device" and info.transport_id:
                self.adb = self.client.device(transport_id=int(info.transport_id))
                return
        raise RunFailure("device_lost", f"{self.serial}: not there")

    def _run_v2(self, command: str, deadline: float) -> ShellResult:
        connection = self.adb.open_transport()
        try:
            connection.send_command(f"shell,v2,raw:{command}")
            connection.check_okay()
            stream: socket.socket = connection.conn
            stream.sendall(bytes([_CLOSE_STDIN, 0, 0, 0, 0]))
            out, err = bytearray(), bytearray()
            while True:
                head = _exactly(stream, 5, deadline)
                data = _exactly(stream, int.from_bytes(head[1:5], "little"), deadline)
                if head[0] == _EXIT:
                    return ShellResult(out.decode(errors="replace"), err.decode(errors="replace"), data[0])
                if head[0] in (_STDOUT, _STDERR):
                    (out if head[0] == _STDOUT else err).extend(data)
                if len(out) + len(err) > MAX_OUTPUT:
                    raise RunFailure("device_lost", f"{self.serial}: {command[:60]!r} writes without end")
        finally:
            connection.close()

    @contextmanager
    def _calling(self, what: str, timeout: float) -> Iterator[None]:
        """Turns what adb raises into one typed failure."""
        timeout = min(timeout, self._patience)
        try:
            with self.client.limit(timeout):
                yield
            self._patience = float("inf")
        except ConnectionRefusedError as error:
            if "nothing listens" in str(error):
                raise
            raise self._adb_gone() from error
        except (TimeoutError, adbutils.AdbTimeout) as error:
            self._patience = UNANSWERED_SECONDS
            failure = RunFailure("device_lost", f"{self.serial}: no answer to {what} in {timeout:.0f} s")
            raise failure from error
        except (adbutils.AdbError, OSError, EOFError, ValueError) as error:
            if "connect to adb server failed" in str(error):
                raise self._adb_gone() from error
            said = str(error) or type(error).__name__
            raise RunFailure("device_lost", f"{self.serial}: {what}: {said}") from error

    def _adb_gone(self) -> RunFailure:
        return RunFailure("adb_failed", f"the adb server on port {self.client.port} is gone")


def _exactly(stream: socket.socket, count: int, deadline: float) -> bytes:
    if count > MAX_OUTPUT:
        raise ValueError(f"a packet of {count} bytes")
    data = bytearray()
    while len(data) < count:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        stream.settimeout(left)
        chunk = stream.recv(min(count - len(data), 65536))
        if not chunk:
            raise EOFError("the connection ended before the command did")
        data += chunk
    return bytes(data)


def _pids(table: str, column: int) -> dict[int, str]:
    found = {}
    for line in table.splitlines():
        cells = line.split()
        if len(cells) > column + 1 and re.fullmatch(r"\d+", cells[column]):
            found[int(cells[column])] = cells[-1]
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
