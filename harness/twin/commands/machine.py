"""What a shell asks of the machine below Android: load, memory, services, sockets; and toybox's small tools."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Final

from harness.twin.arithmetic import BadExpression, evaluate
from harness.twin.command import Run, Usage, command
from harness.twin.commands.files import contents
from harness.twin.commands.processes import Row, rows

CORES: Final = 8
MEMORY_KB: Final = 5_767_168
FREE_KB: Final = 1_843_200
MAX_DD: Final = 256 * 1024 * 1024
SERVICES: Final = {
    "account": "android.accounts.IAccountManager",
    "activity": "android.app.IActivityManager",
    "alarm": "android.app.IAlarmManager",
    "appops": "com.android.internal.app.IAppOpsService",
    "battery": "",
    "bluetooth_manager": "android.bluetooth.IBluetoothManager",
    "clipboard": "android.content.IClipboard",
    "connectivity": "android.net.IConnectivityManager",
    "display": "android.hardware.display.IDisplayManager",
    "input": "android.hardware.input.IInputManager",
    "input_method": "com.android.internal.view.IInputMethodManager",
    "iphonesubinfo": "com.android.internal.telephony.IPhoneSubInfo",
    "location": "android.location.ILocationManager",
    "notification": "android.app.INotificationManager",
    "package": "android.content.pm.IPackageManager",
    "phone": "com.android.internal.telephony.ITelephony",
    "power": "android.os.IPowerManager",
    "sensorservice": "android.gui.SensorServer",
    "settings": "",
    "SurfaceFlinger": "android.ui.ISurfaceComposer",
    "wifi": "android.net.wifi.IWifiManager",
    "window": "android.view.IWindowManager",
}


def meminfo() -> bytes:
    """/proc/meminfo: made-up figures, so that nothing of this machine shows."""
    rows_ = (("MemTotal", MEMORY_KB), ("MemFree", FREE_KB // 4), ("MemAvailable", FREE_KB), ("SwapTotal", 0))
    return "".join(f"{name + ':':<16}{kb:>8} kB\n" for name, kb in rows_).encode()


def cpuinfo() -> bytes:
    cores = "".join(
        f"processor\t: {n}\nvendor_id\t: Twin\nmodel name\t: Twin Virtual CPU\ncpu MHz\t\t: 2000.000\n\n"
        for n in range(CORES)
    )
    return cores.encode()


@command("service")
async def service(run: Run) -> int:
    """service list | check NAME"""
    match run.args:
        case ["list"]:
            await run.line(f"Found {len(SERVICES)} services:")
            for number, (name, interface) in enumerate(SERVICES.items()):
                await run.line(f"{number}\t{name}: [{interface}]")
        case ["check", name]:
            await run.line(f"Service {name}: {'found' if name in SERVICES else 'not found'}")
        case _:
            raise Usage(f"service: {' '.join(run.args)!r} is not known to the twin", 10)
    return 0


@command("top")
async def top(run: Run) -> int:
    """top [-b] [-q] [-n TIMES] [-m ROWS] [-d SECONDS] [-p PID]; without -n it goes on until it is ended."""
    options = run.options(flags="bqHh", valued="nmdposku")
    times, shown = options.value("n", "0"), options.value("m", "1000")
    if (
        not times.isdigit()
        or not shown.isdigit()
        or not re.fullmatch(r"\d+(\.\d+)?", options.value("d", "3"))
    ):
        raise Usage("top: -n, -m and -d take numbers")
    if {"o", "s", "k", "u"} & options.values.keys():
        raise Usage("top: -o, -s, -k and -u are not known to the twin")
    turn = 0
    while True:
        found = [row for row in rows(run.device) if options.value("p") in ("", str(row.pid))]
        await _top_screen(run, found, int(shown))
        turn += 1
        if turn == int(times):
            return 0
        await asyncio.sleep(max(0.1, float(options.value("d", "3"))))


async def _top_screen(run: Run, found: list[Row], shown: int) -> None:
    sleeping = len(found) - 1
    await run.line(
        f"Tasks: {len(found)} total,   1 running, {sleeping:3d} sleeping,   0 stopped,   0 zombie\n"
        f"  Mem: {MEMORY_KB:>8}K total, {MEMORY_KB - FREE_KB:>8}K used, {FREE_KB:>8}K free,        0K buffers\n"
        " Swap:        0K total,        0K used,        0K free,   921600K cached\n"
        f"{CORES * 100}%cpu   2%user   0%nice   1%sys {CORES * 100 - 3}%idle   0%iow   0%irq   0%sirq   0%host\n"
        "  PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS"
    )
    for row in found[:shown]:
        await run.line(f"{row.pid:5d} {row.user:<12} 20   0 9.5G 100M  60M S  0.0   1.7   0:00.00 {row.name}")


@command("netstat")
async def netstat(run: Run) -> int:
    """netstat [-l] [-n] [-t] [-a]: listening TCP ports of the device."""
    options = run.options(flags="lntaw")
    title = (
        "only servers" if "l" in options else "servers and established" if "a" in options else "w/o servers"
    )
    await run.line(f"Active Internet connections ({title})")
    await run.line(f"{'Proto Recv-Q Send-Q':<20}{'Local Address':<24}{'Foreign Address':<24}State")
    if {"l", "a"} & options.values.keys():
        for address in sorted(run.device.sockets):
            if address.startswith("tcp:"):
                local = f"127.0.0.1:{address[4:]}"
                await run.line(f"{'tcp        0      0':<20}{local:<24}{'0.0.0.0:*':<24}LISTEN")
    return 0


@command("free")
async def free(run: Run) -> int:
    options = run.options(flags="bkmgh")
    by = 1024 * 1024 if "m" in options else 1024 if "k" in options else 1
    figures = [kb * 1024 // by for kb in (MEMORY_KB, MEMORY_KB - FREE_KB, FREE_KB, 0, 0)]
    if {"g", "h"} & options.values.keys():
        raise Usage("free: -g and -h are not known to the twin")
    await run.line("\t\ttotal        used        free      shared     buffers")
    await run.line("Mem:" + "".join(f"{each:>16}" for each in figures))
    return 0


@command("mount")
async def mount(run: Run) -> int:
    if run.args:
        return await run.fail(f"mount: '{run.args[0]}'->'{run.args[-1]}': Operation not permitted")
    await run.line("/dev/block/dm-1 on / type ext4 (ro,seclabel,relatime)")
    await run.line(
        "tmpfs on /dev type tmpfs (rw,seclabel,nosuid,relatime,mode=755)\nproc on /proc type proc (rw)"
    )
    await run.line("/dev/block/dm-0 on /data type f2fs (rw,seclabel,nosuid,nodev,noatime)")
    await run.line("/dev/fuse on /storage/emulated type fuse (rw,lazytime,nosuid,nodev,noexec,noatime)")
    return 0


@command("getenforce", "nproc", "hostname")
async def one_word(run: Run) -> int:
    if run.options().rest:
        raise Usage(f"{run.name}: arguments are not known to the twin")
    words = {"getenforce": "Enforcing", "nproc": str(CORES), "hostname": "localhost"}
    await run.line(words[run.name])
    return 0


@command("yes")
async def yes(run: Run) -> int:
    line = (" ".join(run.args) or "y") + "\n"
    while True:
        await run.out(line * max(1, 4096 // len(line)))
        # A reader that takes everything must not keep the twin's only thread.
        await asyncio.sleep(0)


@command("expr")
async def expr(run: Run) -> int:
    """expr with integers: what $(( )) takes."""
    try:
        value = evaluate(" ".join(run.args).replace(" = ", " == "), {})
    except BadExpression as error:
        raise Usage(f"expr: {error} (strings are not known to the twin)", 2) from error
    await run.line(str(value))
    return int(value == 0)


@command("cmp")
async def cmp(run: Run) -> int:
    options = run.options(flags="s")
    if len(options.rest) != 2:
        raise Usage('cmp: Needs 2 arguments (see "cmp --help")', 2)
    one, other = [[chunk async for chunk in contents(run, name)] for name in options.rest]
    left, right = b"".join(one), b"".join(other)
    if left == right:
        return 0
    if "s" not in options:
        at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
        if at is None:
            return await run.fail(f"cmp: EOF on {options.rest[len(left) > len(right)]}")
        line = left.count(b"\n", 0, at) + 1
        await run.line(f"{options.rest[0]} {options.rest[1]} differ: char {at + 1}, line {line}")
    return 1


@command("dd")
async def dd(run: Run) -> int:
    """dd [if=F] [of=F] [bs=N] [count=N] [skip=N]"""
    given = dict(arg.partition("=")[::2] for arg in run.args)
    if set(given) - {"if", "of", "bs", "count", "skip", "status"}:
        raise Usage(f"dd: {' '.join(run.args)!r} is not known to the twin")
    size = _bytes(given.get("bs", "512"))
    skip = size * _bytes(given.get("skip", "0"))
    wanted = size * _bytes(given["count"]) if "count" in given else MAX_DD
    data = bytearray()
    try:
        async for chunk in _source(run, given.get("if", "-")):
            data += chunk
            if len(data) >= skip + wanted or len(data) > MAX_DD:
                break
        taken = bytes(data[skip : skip + wanted])
        if "of" in given:
            run.device.faults.check_disk()
            run.device.files.check_write(given["of"], run.shell.cwd).write_bytes(taken)
        else:
            await run.out(taken)
    except FileNotFoundError as error:
        return await run.refuse(given.get("if", "-"), error)
    if given.get("status") != "none":
        blocks = f"{len(taken) // size}+{int(len(taken) % size > 0)}"
        await run.fail(f"{blocks} records in\n{blocks} records out\n{len(taken)} bytes copied")
    return 0


async def _source(run: Run, name: str) -> AsyncIterator[bytes]:
    if name in ("/dev/zero", "/dev/urandom", "/dev/random"):
        block = bytes(65536) if name == "/dev/zero" else bytes((n * 197 + 13) & 0xFF for n in range(65536))
        while True:
            yield block
            await asyncio.sleep(0)
    async for chunk in contents(run, name):
        yield chunk


def _bytes(text: str) -> int:
    match = re.fullmatch(r"(\d+)([kKmM]?)B?", text)
    if match is None:
        raise Usage(f"dd: bad number '{text}'")
    return int(match[1]) * {"": 1, "k": 1024, "m": 1024 * 1024}[match[2].lower()]
