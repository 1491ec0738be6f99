"""What a process asks about itself and its siblings."""

from __future__ import annotations

from typing import Any

from harness.twin.binder import Call, security, service
from harness.twin.processes import SYSTEM_PID, AppProcess

FOREGROUND = 100
SERVICE = 300
CACHED = 400


@service("process.ready")
def ready(call: Call) -> None:
    call.process.state = "ready"
    call.process.attached.set()


@service("process.kill")
def kill(call: Call, pid: int, signal: int = 9) -> None:
    call.device.processes.signal(call.process, int(pid), int(signal))


@service("process.crash")
def crash(call: Call, exception: str, message: str | None, file: str | None, line: int, trace: str) -> None:
    """An exception that nobody caught; the process ends itself next."""
    process = call.process
    process.crash = exception
    words = (message or "null").replace(",", ";").replace("\n", " ")[:500]
    text = f"[{process.pid},0,{process.name},0,{exception},{words},{file or 'unknown'},{line}]"
    call.device.logcat.write("events", "I", "am_crash", text, SYSTEM_PID)
    call.device.logcat.write("crash", "E", "AndroidRuntime", trace[:4000], process.pid)
    call.device.journal.write("crash", pid=process.pid, process=process.name, exception=exception)


@service("process.list")
def list_processes(call: Call) -> list[Any]:
    return [
        {
            "pid": each.pid,
            "process": each.name,
            "package": each.package,
            "uid": each.uid,
            "importance": _importance(call, each),
        }
        for each in call.device.processes.of_package(call.process.package)
    ]


@service("process.importance")
def importance(call: Call) -> int:
    return _importance(call, call.process)


@service("process.kill_background")
async def kill_background(call: Call, package: str) -> None:
    permission = "android.permission.KILL_BACKGROUND_PROCESSES"
    if package != call.process.package and not call.device.permissions.check(
        call.process.package, permission
    ):
        raise security(
            f"Permission Denial: killBackgroundProcesses() from pid={call.process.pid}, "
            f"uid={call.process.uid} requires {permission}"
        )
    await call.device.activities.kill_background(package)


@service("process.clear_data")
async def clear_data(call: Call) -> bool:
    return await call.device.packages.clear(call.process.package)


@service("power.interactive")
def interactive(call: Call) -> bool:
    return call.device.windows.screen_on


def _importance(call: Call, process: AppProcess) -> int:
    if call.device.activities.is_foreground(process.package):
        return FOREGROUND
    running = call.device.activities.background.services(process.package)
    return SERVICE if any(each.process is process for each in running) else CACHED
