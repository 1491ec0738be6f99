"""How the agent gets into a process before its first line: the one file that knows what kind of device it is.

On a twin the zygote's gate holds each new process, and a process of the device is one of this machine. On a
phone frida-server (running as root, listening on its usual port) holds each process as it is spawned; this
road is tested with the twin's processes behind it and has not been run on a phone here.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

import frida

from harness.capture.agent_data import agent_source
from harness.capture.usap import ProcessPool
from harness.device.phone import Phone
from harness.model.errors import RunFailure

GATE_ADDRESS: Final = "localabstract:harness.zygote"
TWIN_PROPERTY: Final = "ro.harness.twin"
FRIDA_SERVER_PORT: Final = 27042
MAX_LINE: Final = 64 * 1024
ATTACH_SECONDS: Final = 45.0
"""Long: past it the process is killed, which the app would not have seen without us."""
CALL_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Started:
    """A process that waits, before its first line of code, until it is released."""

    pid: int
    process: str
    package: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Called from threads of the gate."""

    started: Callable[[Started], None]
    died: Callable[[int, str], None]
    """pid and what the device says of the cause."""
    lost: Callable[[str], None]
    """The gate is gone: from here on processes run without the agent."""


class Gate(Protocol):
    def open(self, listener: Listener) -> None:
        """From the return on, every process that starts is held and told to the listener."""

    def attach(self, pid: int) -> Any: ...

    def release(self, pid: int) -> None:
        """Let a held process go on. One that died meanwhile is no error."""

    def kill(self, pid: int) -> None: ...

    def close(self) -> None:
        """Processes still held go on."""


def gate_of(phone: Phone) -> Gate:
    return TwinGate(phone) if phone.getprop(TWIN_PROPERTY) == "1" else FridaServerGate(phone)


class Agent:
    """The agent in one process. Every call into it has a time limit, after which the process is killed:
    frida's own calls have none, and a process that hangs would hang the harness."""

    def __init__(self, gate: Gate, started: Started) -> None:
        self.gate = gate
        self.pid = started.pid
        self._session: Any = None
        self._script: Any = None

    def load(
        self,
        package: str,
        on_message: Callable[[dict[str, Any], bytes | None], None],
        on_gone: Callable[[str], None],
        interveners: Sequence[str] = (),
    ) -> None:
        """Attach, load and hook. When it returns the hooks are in place."""
        with self._limit(ATTACH_SECONDS, "attach"):
            self._session = self.gate.attach(self.pid)
            self._session.on("detached", lambda reason, *_: on_gone(str(reason)))
            self._script = self._session.create_script(agent_source())
            self._script.on("message", on_message)
            self._script.load()
            self._script.exports_sync.init({"package": package, "interveners": list(interveners)})

    def flush(self) -> None:
        """Everything held there is sent, followed by a heartbeat with the last number."""
        with self._limit(CALL_SECONDS, "flush"):
            self._script.exports_sync.flush()

    def stop(self) -> None:
        """Observing ends and the last number is sent. The hooks stay: taking them out crashes a busy JVM."""
        with self._limit(CALL_SECONDS, "stop"):
            self._script.exports_sync.stop()

    def acknowledge(self, batches: int) -> None:
        with contextlib.suppress(frida.InvalidOperationError):
            self._script.post({"type": "ack", "count": batches})

    @contextmanager
    def _limit(self, seconds: float, what: str) -> Iterator[None]:
        """frida fails the call once the process is gone."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.gate.kill(self.pid)

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                told = f"no answer to {what} in {seconds:.0f} s; the process was killed"
                raise AgentLost(told, killed=True) from error
            raise AgentLost(f"{what}: {type(error).__name__}: {error}", killed=False) from error
        finally:
            timer.cancel()


class AgentLost(Exception):
    """The agent could not be loaded or did not answer. One process's misfortune, told as a health fact."""

    def __init__(self, message: str, killed: bool) -> None:
        super().__init__(message)
        self.killed = killed
        """By us, at the time limit."""


class TwinGate:
    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._socket: socket.socket | None = None
        self._writing = threading.Lock()
        self._closing = False

    def open(self, listener: Listener) -> None:
        try:
            self._socket = self._phone.open_socket(GATE_ADDRESS)
        except ConnectionRefusedError as error:
            raise RunFailure("agent_failed", f"the twin's gate does not answer: {error}") from error
        threading.Thread(target=self._read, args=(self._socket, listener), daemon=True).start()

    def attach(self, pid: int) -> Any:
        return frida.get_local_device().attach(pid)

    def release(self, pid: int) -> None:
        opened = self._socket
        with self._writing, contextlib.suppress(OSError):
            if opened is not None:
                opened.sendall(json.dumps({"resume": pid}).encode() + b"\n")

    def kill(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        self._closing = True
        opened = self._socket
        if opened is not None:
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()

    def _read(self, opened: socket.socket, listener: Listener) -> None:
        reason = "the twin closed its gate"
        try:
            with opened.makefile("rb") as lines:
                while line := lines.readline(MAX_LINE):
                    _tell(json.loads(line), listener)
        except (OSError, ValueError, KeyError, TypeError) as error:
            reason = f"the twin's gate failed: {type(error).__name__}: {error}"
        if not self._closing:
            listener.lost(reason)


def _tell(record: dict[str, Any], listener: Listener) -> None:
    if "started" in record:
        facts = record["started"]
        listener.started(Started(int(facts["pid"]), str(facts["process"]), str(facts["package"])))
    elif "died" in record:
        listener.died(int(record["died"]["pid"]), str(record["died"].get("cause", "")))
    else:
        raise ValueError(f"unknown word {sorted(record)[:3]}")


class FridaServerGate:
    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._device: Any = None
        self._address = ""
        self._pool = ProcessPool(phone)

    def open(self, listener: Listener) -> None:
        try:
            port = self._phone.adb.forward_port(FRIDA_SERVER_PORT)
            self._address = f"127.0.0.1:{port}"
            self._device = frida.get_device_manager().add_remote_device(self._address)
            self._device.on("spawn-added", lambda spawn: listener.started(_spawned(spawn)))
            self._device.on("lost", lambda: listener.lost("frida-server is gone"))
            self._device.enable_spawn_gating()
        except (frida.ServerNotRunningError, frida.TransportError, frida.NotSupportedError) as error:
            raise RunFailure(
                "agent_failed",
                f"{self._phone.serial}: frida-server {frida.__version__} does not answer on the phone "
                f"(start it as root): {error}",
            ) from error
        try:
            self._pool.switch_off()
        except RunFailure:
            self.close()
            raise

    def attach(self, pid: int) -> Any:
        return self._device.attach(pid)

    def release(self, pid: int) -> None:
        with contextlib.suppress(frida.InvalidArgumentError, frida.ProcessNotFoundError):
            self._device.resume(pid)

    def kill(self, pid: int) -> None:
        with contextlib.suppress(frida.ProcessNotFoundError):
            self._device.kill(pid)

    def close(self) -> None:
        if self._device is None:
            return
        try:
            for spawn in self._device.enumerate_pending_spawn():
                self.release(spawn.pid)
            self._device.disable_spawn_gating()
            frida.get_device_manager().remove_remote_device(self._address)
        finally:
            self._pool.restore()


def _spawned(spawn: Any) -> Started:
    """Android names an app's process "package" or "package:name"."""
    process = spawn.identifier or ""
    return Started(spawn.pid, process, process.split(":", 1)[0])
