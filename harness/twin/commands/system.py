"""Facts and knobs of the system: properties, settings, time, users, network addresses."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Final

from harness.twin.command import Run, Usage, command
from harness.twin.logcat import ZONE, ZONE_OFFSET_S
from harness.twin.settings import NAMESPACES
from harness.twin.sh import Streams

MAX_SLEEP_S: Final = 24 * 3600.0


@command("getprop")
async def getprop(run: Run) -> int:
    rest = run.options().rest
    if not rest:
        for name, value in run.device.properties.list().items():
            await run.line(f"[{name}]: [{value}]")
    elif len(rest) > 2:
        raise Usage('getprop: Max 2 arguments\n(see "getprop --help")')
    else:
        await run.line(run.device.properties.get(rest[0]) or (rest[1] if len(rest) > 1 else ""))
    return 0


@command("setprop")
async def setprop(run: Run) -> int:
    if len(run.args) != 2:
        raise Usage('setprop: Need 2 arguments (see "setprop --help")')
    if not run.device.properties.put(*run.args):
        return await run.fail(
            f"Failed to set property '{run.args[0]}' to '{run.args[1]}'.\nSee dmesg for error reason."
        )
    return 0


@command("settings")
async def settings(run: Run) -> int:
    """settings [--user N] get|put|delete|list|reset NAMESPACE [NAME [VALUE [TAG] [default]]]"""
    args = run.options(valued_words=("--user",)).rest
    if len(args) < 2:
        raise Usage("Invalid command: settings takes get, put, delete or list, a namespace, and a name")
    verb, namespace, *rest = args
    if namespace not in NAMESPACES:
        return await run.fail(f"Invalid namespace '{namespace}'", 255)
    table = run.device.settings
    match verb, rest:
        case "get", [name]:
            value = table.get(namespace, name)
            await run.line("null" if value is None else value)
        case "put", [name, value, *extra] if extra in ([], ["default"]):
            table.put(namespace, name, value)
        case "delete", [name]:
            await run.line(f"Deleted {int(table.delete(namespace, name))} rows")
        case "list", []:
            for name, value in table.list(namespace).items():
                await run.line(f"{name}={value}")
        case _:
            raise Usage(f"Invalid command: settings {' '.join(args)}", 255)
    return 0


@command("date")
async def date(run: Run) -> int:
    """date [-u] [+FORMAT]"""
    options = run.options(flags="u")
    seconds, fraction = divmod(run.device.clock.wall_ms(), 1000)
    moment = time.gmtime(seconds if "u" in options else seconds + ZONE_OFFSET_S)
    zone = "UTC" if "u" in options else ZONE
    if len(options.rest) > 1 or (options.rest and not options.rest[0].startswith("+")):
        return await run.fail(f"date: cannot set date: Operation not permitted ({options.rest[0]})")
    pattern = options.rest[0][1:] if options.rest else "%a %b %e %H:%M:%S %Z %Y"
    nanos = int(fraction * 1_000_000)
    pattern = re.sub(r"%(\d?)N", lambda m: f"{nanos:09d}"[: int(m[1] or 9)], pattern)
    pattern = pattern.replace("%s", str(int(seconds))).replace("%Z", zone)
    pattern = pattern.replace("%z", "+0000" if zone == "UTC" else "+0800")
    await run.line(time.strftime(pattern, moment))
    return 0


@command("sleep", "usleep")
async def sleep(run: Run) -> int:
    if not run.args:
        raise Usage(f'{run.name}: Needs 1 argument (see "{run.name} --help")')
    total = 0.0
    for arg in run.args:
        match = re.fullmatch(r"(\d+\.?\d*|\.\d+)([smhd]?)", arg)
        if match is None:
            raise Usage(f"{run.name}: Not a number '{arg}'")
        total += float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    await asyncio.sleep(min(total / (1e6 if run.name == "usleep" else 1), MAX_SLEEP_S))
    return 0


@command("timeout")
async def timeout(run: Run) -> int:
    if len(run.args) < 2 or not re.fullmatch(r"\d+(\.\d+)?s?", run.args[0]):
        raise Usage(f"timeout: needs seconds and a command, not {' '.join(run.args)!r}")
    streams = Streams(run.stdin, run.stdout, run.stderr)
    try:
        return await asyncio.wait_for(run.shell.call(run.args[1:], streams), float(run.args[0].rstrip("s")))
    except TimeoutError:
        return 124


@command("nohup", "setsid", "nice", "run-as")
async def prefixed(run: Run) -> int:
    streams = Streams(run.stdin, run.stdout, run.stderr)
    if run.name == "run-as":
        return await _run_as(run, streams)
    if not run.args or run.args[0].startswith("-"):
        raise run.unknown(run.args[0] if run.args else "")
    return await run.shell.call(run.args, streams)


async def _run_as(run: Run, streams: Streams) -> int:
    """A debuggable app's own view of its data folder."""
    name = run.args[0] if run.args else ""
    package = run.device.packages.get(name)
    if package is None:
        return await run.fail(f"run-as: unknown package: {name}")
    if not package.debuggable:
        return await run.fail(f"run-as: package not debuggable: {name}")
    shell = run.shell.copy()
    shell.cwd = package.device_data_dir
    with run.device.files.as_owner(package.device_data_dir):
        return await shell.call(run.args[1:] or ["sh"], streams)


@command("id")
async def id_(run: Run) -> int:
    options = run.options(flags="unGg")
    if "u" in options or "g" in options or "G" in options:
        await run.line("shell" if "n" in options else "2000")
    else:
        groups = "1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),3002(net_bt),3003(inet)"
        await run.line(f"uid=2000(shell) gid=2000(shell) groups=2000(shell),{groups} context=u:r:shell:s0")
    return 0


@command("whoami")
async def whoami(run: Run) -> int:
    await run.line("shell")
    return 0


@command("uname")
async def uname(run: Run) -> int:
    options = run.options(flags="amnrsv")
    facts = {"s": "Linux", "n": "localhost", "r": "5.10.0-twin", "v": "#1 SMP PREEMPT", "m": "x86_64"}
    wanted = facts if "a" in options else [letter for letter in facts if letter in options] or ["s"]
    await run.line(" ".join(facts[letter] for letter in wanted))
    return 0


@command("uptime")
async def uptime(run: Run) -> int:
    seconds = int(run.device.clock.boot_ms() / 1000)
    now = time.strftime("%H:%M:%S", time.gmtime(run.device.clock.wall_ms() / 1000 + ZONE_OFFSET_S))
    days, rest = divmod(seconds, 86400)
    day_text = f"{days} day{'s' if days != 1 else ''}, " if days else ""
    hours = f"{rest // 3600}:{rest % 3600 // 60:02d}"
    await run.line(f" {now} up {day_text}{hours},  0 users,  load average: 0.00, 0.00, 0.00")
    return 0


@command("env", "printenv")
async def env(run: Run) -> int:
    if run.args and run.name == "printenv":
        value = run.shell.env.get(run.args[0])
        if value is None:
            return 1
        await run.line(value)
        return 0
    args = list(run.args)
    shell = run.shell.copy()
    while args and "=" in args[0]:
        name, _, value = args.pop(0).partition("=")
        shell.env[name] = value
    if args:
        return await shell.call(args, Streams(run.stdin, run.stdout, run.stderr))
    for name, value in shell.env.items():
        await run.line(f"{name}={value}")
    return 0


@command("ifconfig")
async def ifconfig(run: Run) -> int:
    identity = run.device.identity
    names = run.options(flags="a").rest or ["wlan0", "lo"]
    for name in names:
        if name == "wlan0":
            await run.line(f"wlan0     Link encap:Ethernet  HWaddr {identity.wifi_mac}  Driver twin")
            addresses = f"inet addr:{identity.ip_v4}  Bcast:{_broadcast(identity.ip_v4)}"
            await run.line(f"          {addresses}  Mask:255.255.255.0 ")
            await run.line(f"          inet6 addr: {identity.ip_v6}/64 Scope: Link")
            await run.line("          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n")
        elif name == "lo":
            await run.line(
                "lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0 "
            )
            await run.line("          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n")
        else:
            return await run.fail(f"ifconfig: ioctl 8913: No such device ({name})")
    return 0


def _broadcast(address: str) -> str:
    return address.rpartition(".")[0] + ".255"


@command("ip")
async def ip(run: Run) -> int:
    identity = run.device.identity
    args = [arg for arg in run.args if arg not in ("-4", "-f", "inet")]
    what = args[0] if args else ""
    if what.startswith("route"):
        network = identity.ip_v4.rpartition(".")[0] + ".0/24"
        await run.line(f"{network} dev wlan0 proto kernel scope link src {identity.ip_v4} ")
        return 0
    if not what.startswith("a") or args[1:] not in (
        [],
        ["show"],
        ["show", "dev", "wlan0"],
        ["show", "wlan0"],
    ):
        raise Usage(f"ip: {' '.join(run.args)} is not known to the twin")
    await run.line(
        "2: wlan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 3000"
    )
    await run.line(f"    link/ether {identity.wifi_mac} brd ff:ff:ff:ff:ff:ff")
    await run.line(f"    inet {identity.ip_v4}/24 brd {_broadcast(identity.ip_v4)} scope global wlan0")
    await run.line("       valid_lft forever preferred_lft forever")
    return 0


@command("reboot")
async def reboot(run: Run) -> int:
    run.device.shells.request_reboot()
    await asyncio.sleep(0)
    return 0


@command("svc")
async def svc(run: Run) -> int:
    """svc wifi|data|bluetooth enable|disable; svc power stayon WHEN; svc power reboot"""
    match run.args:
        case ["wifi" | "data" | "bluetooth" as what, "enable" | "disable" as state]:
            name = {"wifi": "wifi_on", "data": "mobile_data", "bluetooth": "bluetooth_on"}[what]
            run.device.settings.put("global", name, "1" if state == "enable" else "0")
        case ["power", "stayon", "true" | "false" | "usb" | "ac" | "wireless" as state]:
            run.device.settings.put("global", "stay_on_while_plugged_in", "0" if state == "false" else "7")
        case ["power", "reboot"]:
            run.device.shells.request_reboot()
        case _:
            raise Usage(f"svc: {' '.join(run.args)!r} is not known to the twin")
    return 0
