"""App processes: JVMs that are parked at birth, bound to a package, served over their pipes, and mourned."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from harness.twin.binder import SERVICES, BinderError, Call, Json
from harness.twin.framework import class_archive, framework_jar, java_path
from harness.twin.gate import Gate
from harness.twin.packages import Package, user_name
from harness.twin.trust_store import write_trust_store

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

MAX_LINE: Final = 4 * 1024 * 1024
MAX_UNREAD: Final = 32 * 1024 * 1024
"""An app that reads so little of what the system sends is ended."""
MAX_PROCESSES: Final = 32
MAX_PENDING_CALLS: Final = 256
READY_S: Final = 30.0
END_S: Final = 5.0
SYSTEM_PID: Final = 4_199_990
"""Shown as the system server's in logcat: above any pid of the host."""
SYSTEM_CACERTS: Final = "/system/etc/security/cacerts"
ADDED_CACERTS: Final = "/data/misc/user/0/cacerts-added"
Flags = tuple[str, ...]
FLAGS: Final[Flags] = (
    # Hooked frames need much native stack; and Frida cannot hook intrinsics.
    "-Xss16m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
    "-XX:-CreateCoredumpOnCrash", "-XX:+DisplayVMOutputToStderr", "-XX:+UnlockDiagnosticVMOptions",
    "-XX:DisableIntrinsic=_currentTimeMillis,_nanoTime,_currentThread,_identityHashCode",
    # Made late from the bytecode of the frame that threw, which a hook has replaced: an app could tell.
    "-XX:-ShowCodeDetailsInExceptionMessages",
    "-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8",
)  # fmt: skip
State = Literal["parked", "bound", "ready", "dead"]
"""`ready`: Application.onCreate has returned."""


class AppProcess:
    """One process of one package, as the system sees it."""

    def __init__(self, name: str, package: Package, cause: str, child: asyncio.subprocess.Process) -> None:
        self.pid = child.pid
        self.name = name
        self.package = package.name
        self.uid = package.uid
        self.cause = cause
        """What it was started for: activity, service, broadcast, provider, alarm, job."""
        self.state: State = "parked"
        self.crash: str | None = None
        """Class of the exception that ended it."""
        self.end_cause: str | None = None
        """Why the system ended it; None while it lives, or when it ended itself."""
        self.ended = asyncio.Event()
        self.bound = asyncio.Event()
        self.attached = asyncio.Event()
        """Application.onCreate has returned (or the process is dead)."""
        self._child = child
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def user(self) -> str:
        return user_name(self.uid)

    @property
    def is_live(self) -> bool:
        return self.state != "dead"

    def post(self, event: str, args: dict[str, Any]) -> None:
        """Send one event; what a dead process would get is dropped."""
        self._write({"event": event, "args": args})

    async def send(self, event: str, args: dict[str, Any]) -> None:
        self.post(event, args)

    def kill(self, cause: str) -> None:
        """SIGKILL, at once."""
        if self.is_live and self.end_cause is None:
            self.end_cause = cause
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()

    def _write(self, message: dict[str, Any]) -> None:
        stdin = self._child.stdin
        if not self.is_live or stdin is None or stdin.is_closing():
            return
        stdin.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
        if stdin.transport.get_write_buffer_size() > MAX_UNREAD:
            self.kill("unresponsive")


class Processes:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._live: dict[int, AppProcess] = {}
        self._starting: dict[str, asyncio.Task[AppProcess]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.gate = Gate(device)
        self.on_death: list[Callable[[AppProcess, str], None]] = []
        device.clock.listeners.append(self._clock_changed)

    def live(self) -> list[AppProcess]:
        """Processes that are bound to their package, oldest first."""
        return [process for process in self._live.values() if process.state in ("bound", "ready")]

    def all(self) -> list[AppProcess]:
        """Parked ones too."""
        return list(self._live.values())

    def get(self, pid: int) -> AppProcess | None:
        return self._live.get(pid)

    def named(self, name: str) -> AppProcess | None:
        return next((each for each in self._live.values() if each.name == name), None)

    def of_package(self, package: str) -> list[AppProcess]:
        return [each for each in self._live.values() if each.package == package]

    async def start(self, package: Package, name: str, cause: str, component: str = "") -> AppProcess:
        """The process of that name, started if it is not there; returns once it is bound.

        Raises LookupError for a package without code, and ProcessLookupError when the process died at once.
        """
        running = self.named(name)
        if running is not None and running.end_cause is not None:
            await running.ended.wait()
            running = self.named(name)
        if running is None and name not in self._starting:
            task = asyncio.create_task(self._spawn(package, name, cause, component))
            self._starting[name] = task
            task.add_done_callback(lambda _: self._starting.pop(name, None))
        if name in self._starting:
            running = await asyncio.shield(self._starting[name])
        assert running is not None
        await running.bound.wait()
        if not running.is_live:
            raise ProcessLookupError(f"{name} died before it was bound")
        return running

    async def close(self) -> None:
        """Ends every process and waits for it."""
        for task in list(self._starting.values()):
            task.cancel()
        for process in self.all():
            process.kill("twin ends")
        waits = [asyncio.create_task(process.ended.wait()) for process in self.all()]
        if waits:
            await asyncio.wait(waits, timeout=END_S)
        for task in list(self._tasks):
            task.cancel()

    async def end(self, process: AppProcess, cause: str) -> None:
        """Kill and wait until it is gone."""
        process.kill(cause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.ended.wait(), END_S)

    async def end_package(self, package: str, cause: str) -> None:
        """Every process of it, also one that is only being started."""
        for process in self.of_package(package):
            process.kill(cause)
        for birth in list(self._starting.values()):
            # What went wrong is told to whoever asked for the process.
            await asyncio.wait([birth])
        for process in self.of_package(package):
            await self.end(process, cause)

    # ---- birth

    async def _spawn(self, package: Package, name: str, cause: str, component: str) -> AppProcess:
        if package.classes_jar is None:
            raise LookupError(f"{package.name} has no code on the twin")
        if len(self._live) >= MAX_PROCESSES:
            raise LookupError(f"more than {MAX_PROCESSES} processes")
        command, environment = await asyncio.to_thread(self._command, package.classes_jar)
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=MAX_LINE + 1024,
            env=environment,
            cwd=self._device.files.root,
        )
        process = AppProcess(name, package, cause, child)
        self._live[process.pid] = process
        self._event("am_proc_start", 0, process.pid, process.uid, name, cause, "{" + component + "}")
        self._device.journal.write(
            "process_start", pid=process.pid, process=name, package=package.name, cause=cause
        )
        self._keep(asyncio.create_task(self._live_through(process, package, child)))
        self._keep(asyncio.create_task(self._stderr(process, child)))
        return process

    def _command(self, classes: Path) -> tuple[list[str], dict[str, str]]:
        """Slow the first time (compiles the framework, dumps an archive): called off the loop."""
        logs = self._device.root / "logs"
        logs.mkdir(exist_ok=True, mode=0o700)
        archive = class_archive()
        clock = self._device.clock.bind()
        command = [
            str(java_path()), *FLAGS, f"-XX:ErrorFile={logs}/hs_err_%p.log",
            *([f"-XX:SharedArchiveFile={archive}"] if archive else []),
            *(f"-Dtwin.clock.{key}={value!r}" for key, value in clock.items()),
            f"-Duser.timezone={self._device.properties.get('persist.sys.timezone') or 'Asia/Shanghai'}",
            "-cp", f"{framework_jar()}:{classes}", "twin.Zygote",
        ]  # fmt: skip
        # Of the host's variables an app sees only this program's own: tests find their processes by one.
        ours = {name: value for name, value in os.environ.items() if name.startswith("HARNESS_")}
        environment = {
            **ours,
            "PATH": "/system/bin", "ANDROID_ROOT": "/system", "ANDROID_DATA": "/data", "LANG": "C.UTF-8",
        }  # fmt: skip
        return command, environment

    async def _live_through(
        self, process: AppProcess, package: Package, child: asyncio.subprocess.Process
    ) -> None:
        """The whole life of a process: park, bind, serve, bury."""
        assert child.stdout is not None
        try:
            while line := await child.stdout.readline():
                message = self._parse(process, line)
                if "ready" in message:
                    self._keep(asyncio.create_task(self._bind(process, package)))
                elif message:
                    self._receive(process, message)
        except ValueError:
            self._device.journal.write(
                "binder", pid=process.pid, error=f"a line of more than {MAX_LINE} bytes"
            )
            process.kill("binder line too long")
        code = await child.wait()
        await self._bury(process, code)

    async def _bind(self, process: AppProcess, package: Package) -> None:
        await self.gate.hold(process)
        if not process.is_live:
            return
        facts = await asyncio.to_thread(self._facts, process, package)
        process.post("bind", facts)
        if process.is_live:
            process.state = "bound"
            self._event("am_proc_bound", 0, process.pid, process.name)
        process.bound.set()

    def _facts(self, process: AppProcess, package: Package) -> dict[str, Any]:
        device = self._device
        files = device.files
        trust = device.root / "apps" / f"cacerts-{process.pid}.jks"
        cacerts = [files.host_path(SYSTEM_CACERTS), files.host_path(ADDED_CACERTS)]
        write_trust_store(cacerts, trust)
        build = asdict(device.identity.build)
        assets = package.assets / "assets"
        return {
            "package": package.name,
            "process": process.name,
            "uid": process.uid,
            "application": package.application_class or "android.app.Application",
            "providers": [
                {"class": each.name, "authority": ";".join(each.authorities)}
                for each in sorted(package.providers, key=lambda each: -each.init_order)
                if each.process == process.name and each.enabled
            ],
            "target_sdk": package.target_sdk,
            "sdk": 33,
            "data_dir": str(package.data_dir),
            "external_dir": str(files.host_path("/storage/emulated/0")),
            "apk": str(files.host_path(package.apk_path)),
            "assets_dir": str(assets) if assets.is_dir() else None,
            "cacerts_dir": str(cacerts[1]),
            "trust_store": str(trust),
            "proxy": device.settings.proxy,
            "user_agent": f"Dalvik/2.1.0 (Linux; U; Android 13; {build['model']} Build/{build['id']})",
            "clock": device.clock.bind(),
            "locale": device.packages.app_locales.get(package.name, "").partition(",")[0]
            or device.properties.get("persist.sys.locale")
            or "zh-CN",
            "screen": {"width": device.windows.width, "height": device.windows.height, "density": 420},
            "label": package.label,
            "build": {key: str(value) for key, value in build.items()},
        }

    # ---- the channel

    def _parse(self, process: AppProcess, line: bytes) -> dict[str, Any]:
        """{} for a line that is no message: it goes to logcat, where native prints of an app would end."""
        try:
            message = json.loads(line)
        except ValueError:
            message = None
        if isinstance(message, dict):
            return message
        self._log(process, "I", "stdout", line.decode(errors="replace").rstrip())
        return {}

    def _receive(self, process: AppProcess, message: dict[str, Any]) -> None:
        log = message.get("log")
        if isinstance(log, dict):
            level = log.get("level") if log.get("level") in ("V", "D", "I", "W", "E", "F") else "I"
            tid = log.get("tid")
            self._log(
                process,
                str(level),
                str(log.get("tag")),
                str(log.get("text")),
                tid if isinstance(tid, int) else 0,
            )
        elif isinstance(message.get("id"), int) and isinstance(message.get("args"), list):
            self._call(process, message["id"], str(message.get("call")), message["args"])
        else:
            self._device.journal.write("binder", pid=process.pid, error="unknown message")

    def _call(self, process: AppProcess, number: int, name: str, args: list[Any]) -> None:
        handler = SERVICES.get(name)
        if handler is None:
            self._device.journal.write("binder", pid=process.pid, error=f"no service {name}")
            error = ["java.lang.UnsupportedOperationException", f"the twin has no service {name}"]
            return process._write({"id": number, "error": error})
        if len(process._calls) >= MAX_PENDING_CALLS:
            return process.kill("too many binder calls")
        try:
            result = handler(Call(self._device, process), *args)
        except Exception as error:
            return self._fail(process, number, name, error)
        if asyncio.iscoroutine(result):
            task = asyncio.create_task(self._finish(process, number, name, result))
            process._calls.add(task)
            task.add_done_callback(process._calls.discard)
            return None
        return process._write({"id": number, "result": result})

    async def _finish(self, process: AppProcess, number: int, name: str, result: Any) -> None:
        try:
            value: Json = await result
        except Exception as error:
            return self._fail(process, number, name, error)
        return process._write({"id": number, "result": value})

    def _fail(self, process: AppProcess, number: int, name: str, error: Exception) -> None:
        """A refusal is the app's to handle; anything else is a mistake of ours that the journal must show."""
        if isinstance(error, BinderError):
            return process._write({"id": number, "error": [error.java_class, error.message]})
        self._device.journal.write("service_error", pid=process.pid, call=name, error=repr(error))
        self._device.logcat.write("system", "E", "twin", f"{name}: {error!r}", SYSTEM_PID)
        return process._write(
            {"id": number, "error": ["java.lang.IllegalStateException", f"{name}: {error!r}"]}
        )

    async def _stderr(self, process: AppProcess, child: asyncio.subprocess.Process) -> None:
        assert child.stderr is not None
        while True:
            try:
                line = await child.stderr.readline()
            except ValueError:
                continue
            if not line:
                return
            self._log(process, "W", "stderr", line.decode(errors="replace").rstrip())

    # ---- death

    async def _bury(self, process: AppProcess, code: int) -> None:
        if process.end_cause:
            cause = process.end_cause
        elif process.crash:
            cause = "crashed"
        else:
            cause = "killed" if code < 0 else "exited"
        process.state = "dead"
        self._live.pop(process.pid, None)
        for task in list(process._calls):
            task.cancel()
        if process.end_cause and process.end_cause not in ("killed", "crashed"):
            self._event("am_kill", 0, process.pid, process.name, 0, cause, 0)
        self._event("am_proc_died", 0, process.pid, process.name, 0, 2)
        self._device.journal.write(
            "process_end", pid=process.pid, process=process.name, cause=cause, code=code
        )
        (self._device.root / "apps" / f"cacerts-{process.pid}.jks").unlink(missing_ok=True)
        process.bound.set()
        process.attached.set()
        await self.gate.died(process, cause)
        self._device.windows.remove_process(process.pid)
        for listener in list(self.on_death):
            listener(process, cause)
        process.ended.set()

    def signal(self, caller: AppProcess, pid: int, number: int) -> None:
        """android.os.Process.sendSignal: what an app may do to processes of its own uid."""
        target = self.get(pid)
        if target is None or target.uid != caller.uid:
            return
        if number == signal.SIGKILL:
            target.kill("crashed" if target.crash else "killed")
        elif number == signal.SIGQUIT:
            os.kill(pid, signal.SIGQUIT)

    # ---- small things

    def _clock_changed(self) -> None:
        for process in self.live():
            process.post("clock.changed", dict(self._device.clock.bind()))

    def _log(self, process: AppProcess, level: str, tag: str, text: str, tid: int = 0) -> None:
        self._device.logcat.write("main", level, tag, text, process.pid, tid)

    def _event(self, tag: str, *values: object) -> None:
        text = "[" + ",".join(str(value) for value in values) + "]"
        self._device.logcat.write("events", "I", tag, text, SYSTEM_PID)

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
