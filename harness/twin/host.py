"""Any number of twins in one asyncio loop, in a thread of its own."""

from __future__ import annotations

import asyncio
import concurrent.futures
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar, TypeVarTuple

from harness.model.errors import InputError
from harness.twin.adbd import Adbd
from harness.twin.binder import load_services
from harness.twin.command import load_commands
from harness.twin.commands.machine import cpuinfo, meminfo
from harness.twin.device import TwinDevice
from harness.twin.faults import Fault
from harness.twin.package_store import BadStore

RUN_S: Final = 60.0
STOP_S: Final = 10.0
TIDY_S: Final = 1.0
PREFIX: Final = "harness-twin-"
Result = TypeVar("Result")
Ts = TypeVarTuple("Ts")


class Twin:
    """One running twin, as its host sees it."""

    def __init__(self, device: TwinDevice, adbd: Adbd) -> None:
        self.device = device
        self.adbd = adbd

    @property
    def serial(self) -> str:
        """127.0.0.1:PORT: what `adb connect` takes, and the adb serial from then on."""
        return self.adbd.serial


class TwinHost:
    """`with TwinHost() as host: twin = host.add(seed=1)`. All is gone afterwards, unless a root is given."""

    def __init__(self, root: Path | None = None) -> None:
        self.twins: list[Twin] = []
        self._keep = root is not None
        if root is None:
            _sweep()
        self.root = root or Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.root.chmod(0o700)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._turn, name="twin", daemon=True)

    def add(self, seed: int = 1, port: int = 0, secure: bool = False, faults: tuple[Fault, ...] = ()) -> Twin:
        """Make a device and let it listen. `faults` without a time hold from the first moment."""
        return self.run(self._add(seed, port, secure, faults))

    def run(self, coroutine: Coroutine[Any, Any, Result], timeout: float = RUN_S) -> Result:
        """Run a coroutine in the twins' loop and wait: the only safe way to touch a device from outside."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(timeout)
        except concurrent.futures.TimeoutError:
            future.cancel()
            raise

    def __enter__(self) -> Self:
        load_commands()
        load_services()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        try:
            if self._thread.is_alive():
                self.run(self._close(), STOP_S)
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            if self._thread.is_alive():
                self._thread.join(STOP_S)
            if not self._keep:
                shutil.rmtree(self.root, ignore_errors=True)

    def _turn(self) -> None:
        _wait_by_descriptor()
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    async def _add(self, seed: int, port: int, secure: bool, faults: tuple[Fault, ...]) -> Twin:
        """The folder may have been a device before: then that one goes on, with its apps and files."""
        root = self.root / f"twin-{len(self.twins) + 1}"
        root.mkdir(exist_ok=True, mode=0o700)
        device = TwinDevice(root, seed)
        for fault in faults:
            device.faults.apply(fault)
        device.files.virtual["/proc/uptime"] = lambda: _uptime(device)
        device.files.virtual["/proc/version"] = lambda: (
            b"Linux version 5.10.0-twin (harness) #1 SMP PREEMPT\n"
        )
        device.files.virtual["/proc/meminfo"] = meminfo
        device.files.virtual["/proc/cpuinfo"] = cpuinfo
        try:
            device.packages.restore()
        except BadStore as error:
            raise InputError(f"--root {self.root}: {error}") from error
        adbd = Adbd(device, secure)
        await adbd.start(port)
        twin = Twin(device, adbd)
        self.twins.append(twin)
        return twin

    async def _close(self) -> None:
        for twin in self.twins:
            await twin.adbd.stop()
            twin.device.shells.end()
            await twin.device.processes.close()
            twin.device.journal.close()
        # A task that tidies up may wait for one that has ended already: it is told again, and not waited for.
        for _ in range(3):
            others = asyncio.all_tasks() - {asyncio.current_task()}
            if not others:
                break
            for task in others:
                task.cancel()
            await asyncio.wait(others, timeout=TIDY_S)


class _ByDescriptor(asyncio.AbstractChildWatcher):
    """Waits for children without a `waitpid` that is under way: the one that Python 3.11 has in a thread takes
    the stops of a debugger away from it, and Frida cannot attach to apps of a twin in its own process."""

    def add_child_handler(self, pid: int, callback: Callable[[int, int, *Ts], object], *args: *Ts) -> None:
        loop, descriptor = asyncio.get_running_loop(), os.pidfd_open(pid)

        def ended() -> None:
            loop.remove_reader(descriptor)
            os.close(descriptor)
            try:
                code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            except ChildProcessError:
                # Somebody else asked first; asyncio's own watchers say 255 then.
                code = 255
            callback(pid, code, *args)

        loop.add_reader(descriptor, ended)

    def remove_child_handler(self, pid: int) -> bool:
        return False

    def attach_loop(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Nothing: each child belongs to the loop that started it."""

    def is_active(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open but descriptors of living children."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _wait_by_descriptor() -> None:
    """Later Pythons do so themselves."""
    if sys.version_info < (3, 12):
        asyncio.get_event_loop_policy().set_child_watcher(_ByDescriptor())


def _sweep() -> None:
    """Folders of hosts that were killed: their name carries a pid that is gone."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        pid = path.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not Path(f"/proc/{pid}").exists() and path.stat().st_uid == os.getuid():
            shutil.rmtree(path, ignore_errors=True)


def _uptime(device: TwinDevice) -> bytes:
    """Seconds since boot on the device's clock, and a made-up idle time: /proc has two decimals."""
    boot = device.clock.boot_ms() / 1000
    return f"{int(boot * 100) / 100:.2f} {int(boot * 150) / 100:.2f}\n".encode()
