"""dumpsys: what services say of themselves, in the lines that clients read."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from harness.twin.command import Run, Usage, command
from harness.twin.commands.dumpsys_activity import activity_dump, window_dump
from harness.twin.commands.dumpsys_package import package_dump
from harness.twin.commands.location import location_dump
from harness.twin.commands.screen import DISPLAY_ID
from harness.twin.logcat import ZONE_OFFSET_S
from harness.twin.permission_table import OPS

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

Dump = Callable[["TwinDevice", list[str]], str]


@command("dumpsys")
async def dumpsys(run: Run) -> int:
    args = list(run.args)
    while args and args[0] in ("-t", "-T", "--priority"):
        del args[:2]
    if not args or args == ["-l"]:
        await run.line("Currently running services:\n" + "\n".join(f"  {name}" for name in sorted(DUMPS)))
        return 0
    name, *rest = args
    dump = DUMPS.get(name)
    if dump is None:
        run.device.journal.write("unknown_command", command=f"dumpsys {name}", args=rest)
        return await run.fail(f"Can't find service: {name}", 0)
    await run.out(dump(run.device, rest))
    return 0


def _package(device: TwinDevice, args: list[str]) -> str:
    return package_dump(device, _one(args, "package"))


def _one(args: list[str], service: str) -> str | None:
    names = [arg for arg in args if not arg.startswith("-")]
    if len(names) > 1 or len(names) != len(args):
        raise Usage(f"dumpsys {service}: {' '.join(args)!r} is not known to the twin")
    return names[0] if names else None


def _display(device: TwinDevice, args: list[str]) -> str:
    windows = device.windows
    width, height = windows.width, windows.height
    rect = f"Rect(0, 0 - {width}, {height})"
    return (
        "DISPLAY MANAGER (dumpsys display)\n"
        f"  mStableDisplaySize=Point({min(width, height)}, {max(width, height)})\n"
        "  mViewports=[DisplayViewport{type=INTERNAL, valid=true, isActive=true, displayId=0, "
        f"uniqueId='local:{DISPLAY_ID}', physicalPort=0, orientation={windows.rotation}, "
        f"logicalFrame={rect}, physicalFrame={rect}, deviceWidth={width}, deviceHeight={height}}}]\n"
        f"  mGlobalDisplayState={'ON' if windows.screen_on else 'OFF'}\n"
    )


def _power(device: TwinDevice, args: list[str]) -> str:
    on = device.windows.screen_on
    held = str(on).lower()
    return (
        "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n"
        f"  mWakefulness={'Awake' if on else 'Asleep'}\n"
        f"  mHoldingWakeLockSuspendBlocker=false\n  mHoldingDisplaySuspendBlocker={held}\n"
        f"Display Power: state={'ON' if on else 'OFF'}\n"
    )


def _account(device: TwinDevice, args: list[str]) -> str:
    _one(args, "account")
    own = device.identity.accounts
    names = "".join(f"    Account {{name={one.name}, type={one.type}}}\n" for one in own)
    return f"User UserInfo{{0:Owner:c13}}:\n  Accounts: {len(own)}\n{names}\n  Active Sessions: 0\n"


def _battery(device: TwinDevice, args: list[str]) -> str:
    happenings = device.happenings
    match args:
        case []:
            pass
        case ["unplug"]:
            happenings.plug("")
            return ""
        case ["set", "ac" | "usb" | "wireless" as what, "0" | "1" as state]:
            happenings.plug(what if state == "1" else "")
            return ""
        case ["reset"]:
            happenings.plug("usb")
            return ""
        case _:
            raise Usage(f"dumpsys battery: {' '.join(args)!r} is not known to the twin")
    powered = {what: str(happenings.plugged == what).lower() for what in ("ac", "usb", "wireless")}
    return (
        f"Current Battery Service state:\n  AC powered: {powered['ac']}\n  USB powered: {powered['usb']}\n"
        f"  Wireless powered: {powered['wireless']}\n  Dock powered: false\n  Max charging current: 500000\n"
        "  Max charging voltage: 5000000\n"
        "  Charge counter: 3456000\n  status: 2\n  health: 2\n  present: true\n  level: 86\n  scale: 100\n"
        "  voltage: 4213\n  temperature: 287\n  technology: Li-ion\n"
    )


def _surface_flinger(device: TwinDevice, args: list[str]) -> str:
    if args != ["--display-id"]:
        raise Usage(f"dumpsys SurfaceFlinger: {' '.join(args)!r} is not known to the twin")
    return f'Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=TWN displayName="twin"\n'


def _appops(device: TwinDevice, args: list[str]) -> str:
    """Per package, the ops that were noted, each with its mode, its last time and how long ago."""
    queue = list(args)
    wanted = None
    while queue:
        word = queue.pop(0)
        if word != "--package" or not queue:
            raise Usage(f"dumpsys appops: {word!r} is not known to the twin")
        wanted = queue.pop(0)
    now = device.clock.wall_ms()
    lines = [f"Current AppOps Service state:\n  Settings:\n  Op modes known: {len(OPS)}"]
    for name in device.permissions.op_packages():
        package = device.packages.get(name)
        if package is None or wanted not in (None, name):
            continue
        lines.append(f"  Uid {package.user.replace('_', '')}:\n    state=top\n    Package {name}:")
        for record in device.permissions.ops(name):
            mode = device.permissions.op_mode(name, record.op)
            verdict = "Access" if record.allowed else "Reject"
            stamp = _moment(record.last_wall_ms)
            ago = _ago(now - record.last_wall_ms)
            lines.append(f"      {record.op} ({mode}):\n          null=[")
            lines.append(f"            {verdict}: [top-s] {stamp} (-{ago})\n          ]")
    return "\n".join(lines) + "\n"


def _moment(ms: float) -> str:
    whole = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(ms / 1000 + ZONE_OFFSET_S))
    return f"{whole}.{int(ms) % 1000:03d}"


def _ago(ms: float) -> str:
    """As TimeUtils.formatDuration: 1m3s204ms"""
    left = max(0, int(ms))
    parts: list[str] = []
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        if left >= size or parts:
            parts.append(f"{left // size}{unit}")
            left %= size
    return "".join(parts) + f"{left}ms"


def _input_method(device: TwinDevice, args: list[str]) -> str:
    current = device.settings.get("secure", "default_input_method")
    shown = str(device.windows.keyboard_shown).lower()
    return f"Current Input Method Manager state:\n  mCurMethodId={current} mCurSeq=1\n  mInputShown={shown}\n"


def _meminfo(device: TwinDevice, args: list[str]) -> str:
    name = _one(args, "meminfo")
    found = [
        each for each in device.processes.live() if name in (None, each.name, each.package, str(each.pid))
    ]
    if not found and name is not None:
        return f"No process found for: {name}\n"
    return "Applications Memory Usage (in Kilobytes):\n" + "".join(
        f"\n** MEMINFO in pid {each.pid} [{each.name}] **\n" for each in found
    )


DUMPS: Final[dict[str, Dump]] = {
    "SurfaceFlinger": _surface_flinger,
    "account": _account,
    "activity": activity_dump,
    "appops": _appops,
    "battery": _battery,
    "display": _display,
    "input_method": _input_method,
    "location": location_dump,
    "meminfo": _meminfo,
    "package": _package,
    "power": _power,
    "window": window_dump,
}
