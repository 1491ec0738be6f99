"""`dumpsys activity …` and `dumpsys window …`: what is in front, which tasks and processes there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from harness.twin.command import Usage
from harness.twin.commands.dumpsys_package import hash_of

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

LAUNCHER_PID: Final = 702


def activity_dump(device: TwinDevice, args: list[str]) -> str:
    match args:
        case ["activities" | "a", *_]:
            return _activities(device)
        case ["top", *_]:
            return _top(device)
        case ["processes" | "p", *_]:
            return _processes(device)
        case ["recents" | "r"]:
            return _activities(device)
        case ["lastanr" | "exit-info" | "services" | "broadcasts" | "providers" | "intents" as what, *_]:
            raise Usage(f"dumpsys activity {what} is not known to the twin")
        case []:
            return _activities(device) + "\n" + _processes(device)
        case [name] if device.packages.get(name):
            return _top(device)
        case _:
            raise Usage(f"dumpsys activity: {' '.join(args)!r} is not known to the twin")


def _front(device: TwinDevice) -> tuple[str, str, int, int]:
    """(package, short class, task, pid) of what has the focus; pid 0 while it has no process."""
    package, _, name = device.activities.resumed.partition("/")
    for task in device.activities.tasks():
        for record in task.records:
            if record.found.flat == f"{package}/{name}":
                return package, name, task.id, record.process.pid if record.process else 0
    return package, name, 1, LAUNCHER_PID


def _record(package: str, name: str, task: int) -> str:
    return f"ActivityRecord{{{hash_of(name)} u0 {package}/{name} t{task}}}"


def _activities(device: TwinDevice) -> str:
    package, name, number, _ = _front(device)
    front = _record(package, name, number)
    lines = [
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)",
        "Display #0 (activities from top to bottom):",
    ]
    for task in device.activities.tasks():
        lines.append(f"  * Task{{{hash_of(task.affinity)} #{task.id} type=standard A={task.affinity} U=0}}")
        for index, record in reversed(list(enumerate(task.records))):
            flat_package, _, flat_name = record.found.flat.partition("/")
            lines.append(f"    * Hist  #{index}: {_record(flat_package, flat_name, task.id)}")
            lines.append(f"      packageName={record.package} processName={record.found.component.process}")
            lines.append(f"      state={record.state.upper()} finishing={str(record.finishing).lower()}")
    lines += [
        f"    mResumedActivity: {front}",
        f"  ResumedActivity: {front}",
        f"  topResumedActivity={front}",
    ]
    return "\n".join(lines) + "\n"


def _top(device: TwinDevice) -> str:
    package, name, task, pid = _front(device)
    head = f"TASK {package} id={task} userId=0\n  ACTIVITY {package}/{name} {hash_of(name)} pid={pid}\n"
    return head + "    Local Activity:\n      mResumed=true mStopped=false mFinished=false\n"


def _processes(device: TwinDevice) -> str:
    lines = ["ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)", "  All known processes:"]
    for each in device.processes.live():
        record = f"{hash_of(each.name)} {each.pid}:{each.name}/{each.user.replace('_', '')}"
        lines.append(f"  *APP* UID {each.uid} ProcessRecord{{{record}}}")
        lines.append(f"    pid={each.pid} packageList={{{each.package}}}")
    return "\n".join(lines) + "\n"


def window_dump(device: TwinDevice, args: list[str]) -> str:
    """Since Android 10 `dumpsys window windows` names no focus; `dumpsys window` does."""
    package, name, task, _ = _front(device)
    focused = device.windows.focused
    owner = (
        focused.title
        if "/" in focused.title
        else f"{package}/{package + name if name.startswith('.') else name}"
    )
    lines = ["WINDOW MANAGER WINDOWS (dumpsys window windows)"]
    for index, window in enumerate(device.windows.reachable()):
        lines.append(f"  Window #{index} Window{{{hash_of(window.title)} u0 {window.title}}}:")
    if args in ([], ["displays"], ["d"], ["-a"]):
        size = f"{device.windows.width}x{device.windows.height}"
        natural = "x".join(str(each) for each in sorted((device.windows.width, device.windows.height)))
        density = device.properties.get("ro.sf.lcd_density")
        lines.append("  Display: mDisplayId=0 (organized)")
        lines.append(f"    init={natural} {density}dpi cur={size} app={size}")
        lines.append(f"    mCurrentRotation=ROTATION_{90 * device.windows.rotation}")
        lines.append(f"  mCurrentFocus=Window{{{hash_of(owner)} u0 {owner}}}")
        lines.append(f"  mFocusedApp={_record(package, name, task)}")
    elif args not in (["windows"], ["w"], ["visible"]):
        raise Usage(f"dumpsys window: {' '.join(args)!r} is not known to the twin")
    return "\n".join(lines) + "\n"
