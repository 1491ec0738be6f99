"""cmd SERVICE …: the shell interfaces of system services, by the names of their own commands."""

from __future__ import annotations

import re
from typing import Final

from harness.twin.command import COMMANDS, Run, Usage, command
from harness.twin.commands import activity, package
from harness.twin.commands.locale import locale
from harness.twin.commands.location import location

ALIASES: Final = {"settings": "settings", "window": "wm", "input_method": "ime", "input": "input"}
MODES: Final = ("allow", "ignore", "deny", "default", "foreground")


@command("cmd")
async def cmd(run: Run) -> int:
    if not run.args:
        return await run.fail("cmd: No service specified; use -l to list all services", 20)
    name, *args = run.args
    if name == "-l":
        for each in (
            "activity",
            "alarm",
            "appops",
            "connectivity",
            "input",
            "input_method",
            "locale",
            "location",
            "package",
            "settings",
            "wifi",
            "window",
        ):
            await run.line(f"  {each}")
        return 0
    if name == "package":
        return await package.dispatch(run, args)
    if name == "activity":
        return await activity.dispatch(run, args)
    if name == "locale":
        return await locale(Run(run.device, run.shell, name, args, run.stdin, run.stdout, run.stderr))
    if name == "location":
        return await location(Run(run.device, run.shell, name, args, run.stdin, run.stdout, run.stderr))
    if name in DEVICE_SERVICES:
        return await DEVICE_SERVICES[name](run, args)
    if name in ALIASES:
        target = ALIASES[name]
        return await COMMANDS[target](
            Run(run.device, run.shell, target, args, run.stdin, run.stdout, run.stderr)
        )
    if name == "appops":
        return await appops(Run(run.device, run.shell, "appops", args, run.stdin, run.stdout, run.stderr))
    run.device.journal.write("unknown_command", command=f"cmd {name}", args=args)
    return await run.fail(f"cmd: Can't find service: {name}", 20)


async def _connectivity(run: Run, args: list[str]) -> int:
    """cmd connectivity airplane-mode [enable|disable]"""
    match args:
        case ["airplane-mode"]:
            on = run.device.settings.get("global", "airplane_mode_on") == "1"
            await run.line("enabled" if on else "disabled")
        case ["airplane-mode", "enable" | "disable" as state]:
            run.device.settings.put("global", "airplane_mode_on", "1" if state == "enable" else "0")
        case _:
            raise Usage(f"cmd connectivity: {' '.join(args)!r} is not known to the twin", 255)
    return 0


async def _alarm(run: Run, args: list[str]) -> int:
    """cmd alarm set-timezone TZ"""
    match args:
        case ["set-timezone", name] if re.fullmatch(r"[A-Za-z_]+(/[A-Za-z_+\-0-9]+)*", name):
            run.device.happenings.set_timezone(name)
        case _:
            raise Usage(f"cmd alarm: {' '.join(args)!r} is not known to the twin", 255)
    return 0


async def _wifi(run: Run, args: list[str]) -> int:
    """cmd wifi status"""
    if args != ["status"]:
        raise Usage(f"cmd wifi: {' '.join(args)!r} is not known to the twin", 255)
    identity = run.device.identity
    spot = identity.hotspot
    await run.line("Wifi is enabled")
    await run.line("Wifi scanning is only available when wifi is enabled")
    await run.line("==== ClientModeManager instance: ConcreteClientModeManager{id=1 iface=wlan0} ====")
    await run.line(f'Wifi is connected to "{spot.ssid}"')
    await run.line(
        f'WifiInfo: SSID: "{spot.ssid}", BSSID: {spot.bssid}, MAC: {identity.wifi_mac}, RSSI: {spot.level_dbm}, '
        f"Link speed: 866Mbps, Frequency: {spot.frequency_mhz}MHz, Net ID: 1"
    )
    return 0


DEVICE_SERVICES: Final = {"connectivity": _connectivity, "alarm": _alarm, "wifi": _wifi}


@command("appops")
async def appops(run: Run) -> int:
    """appops get PACKAGE [OP] | set PACKAGE OP MODE"""
    options = run.options(valued_words=("--user",), words=("--uid",))
    match options.rest:
        case ["get", name, *rest] if len(rest) <= 1:
            if run.device.packages.get(name) is None:
                return await run.fail(f"Error: No UID for {name} in user 0", 255)
            records = {each.op: each for each in run.device.permissions.ops(name)}
            wanted = [_op(rest[0])] if rest else sorted(records)
            now = run.device.clock.wall_ms()
            for op in wanted:
                line = f"{op}: {run.device.permissions.op_mode(name, op)}"
                if op in records:
                    line += f"; time=+{(now - records[op].last_wall_ms) / 1000:.0f}s ago"
                await run.line(line)
            if not wanted:
                await run.line("No operations.")
        case ["set", name, op, mode] if mode in MODES:
            if run.device.packages.get(name) is None:
                return await run.fail(f"Error: No UID for {name} in user 0", 255)
            if not re.fullmatch(r"[A-Z_]+|android:[a-z_]+", op):
                return await run.fail(f"Error: Unknown operation string: {op}", 255)
            run.device.permissions.set_op_mode(name, _op(op), mode)
        case _:
            raise Usage(f"appops: {' '.join(run.args)!r} is not known to the twin", 255)
    return 0


def _op(text: str) -> str:
    """FINE_LOCATION and android:fine_location are the same op."""
    return text.removeprefix("android:").upper()
