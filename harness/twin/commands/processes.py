"""ps, pidof, kill, top -b -n 1, and app_process (uiautomator2's server)."""

from __future__ import annotations

import asyncio
import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from harness.twin.command import Run, Usage, command
from harness.twin.packages import user_name
from harness.twin.u2_server import U2Server

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

U2_MAIN: Final = "com.wetest.uia2.Main"
SYSTEM_PROCESSES: Final = (
    (1, "root", "init"),
    (301, "root", "zygote64"),
    (420, "system", "system_server"),
    (611, "u0_a52", "com.android.systemui"),
    (702, "u0_a50", "com.android.launcher3"),
)
"""What always runs on a phone. Names only, with pids of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    user: str
    pid: int
    parent: int
    name: str


def rows(device: TwinDevice) -> list[Row]:
    found = [Row(user, pid, 1 if pid > 1 else 0, name) for pid, user, name in SYSTEM_PROCESSES]
    found += [Row(user_name(each.uid), each.pid, 301, each.name) for each in device.processes.all()]
    found += [Row(each.user, each.pid, 1, each.name) for each in device.shells.list()]
    return found


@command("ps")
async def ps(run: Run) -> int:
    """ps [-A|-e] [-f] [-o COLUMNS] [-u USER] [-p PID] [PID…|NAME]"""
    options = run.options(flags="AaefTlwZ", valued="oupk")
    found = rows(run.device)
    columns = [name for each in options.values.get("o", []) for name in re.split(r"[, ]+", each) if name]
    if "u" in options:
        users = {user_name(int(name)) if name.isdecimal() else name for name in options.value("u").split(",")}
        found = [row for row in found if row.user in users]
    wanted = options.values.get("p", []) + options.rest
    if wanted:
        found = [row for row in found if any(text in (str(row.pid), row.name) for text in wanted)]
    elif not {"A", "e", "u", "f"} & options.values.keys():
        # Plain ps shows the caller's own processes.
        found = [row for row in found if row.user == "shell"]
    if not columns:
        columns = ["USER", "PID", "PPID", "VSZ", "RSS", "WCHAN", "ADDR", "S", "NAME"]
    if "f" in options and not options.values.get("o"):
        columns = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]
    table = [_cells(row, columns) for row in found]
    titles = [name.rpartition("=")[2] or name for name in columns]
    for cells in [titles, *table] if any(not name.endswith("=") for name in columns) else table:
        padded = [
            f"{cell:<14}" if title in ("USER", "UID") else f"{cell:>7}"
            for cell, title in zip(cells[:-1], titles, strict=False)
        ]
        await run.line(" ".join([*padded, cells[-1]]))
    return 0 if table else 1


def _cells(row: Row, columns: list[str]) -> list[str]:
    facts = {
        "USER": row.user,
        "UID": row.user,
        "PID": str(row.pid),
        "TID": str(row.pid),
        "PPID": str(row.parent),
        "VSZ": "10000000",
        "RSS": _rss(row.pid),
        "WCHAN": "0",
        "ADDR": "0",
        "S": "S",
        "STAT": "S",
        "NAME": row.name,
        "ARGS": row.name,
        "CMD": row.name,
        "CMDLINE": row.name,
        "COMM": row.name[-15:],
        "C": "0",
        "STIME": "00:00",
        "TTY": "?",
        "TIME": "00:00:00",
    }
    cells = []
    for column in columns:
        key = column.partition("=")[0].upper()
        if key not in facts:
            raise Usage(f"ps: bad -o '{column}'")
        cells.append(facts[key])
    return cells


def _rss(pid: int) -> str:
    """Kilobytes, of app processes; "0" for the others."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return str(int(file.read().split()[1]) * 4) if pid > 1000 else "0"
    except (OSError, IndexError, ValueError):
        return "0"


@command("pidof", "pgrep")
async def pidof(run: Run) -> int:
    options = run.options(flags="sflx" if run.name == "pgrep" else "sx")
    wanted = options.rest
    if not wanted:
        raise Usage(f"{run.name}: needs a name")
    if run.name == "pgrep":
        found = [row for row in rows(run.device) if re.search(wanted[0], row.name)]
        for row in found:
            await run.line(f"{row.pid} {row.name}" if "l" in options else str(row.pid))
    else:
        found = [row for row in rows(run.device) if row.name in wanted]
        if found:
            shown = found[:1] if "s" in options else found
            await run.line(" ".join(str(row.pid) for row in shown))
    return 0 if found else 1


@command("kill", "killall", "pkill")
async def kill(run: Run) -> int:
    args = list(run.args)
    if args[:1] == ["-l"]:
        await run.line(" ".join(each.name.removeprefix("SIG") for each in signal.Signals))
        return 0
    while args and args[0].startswith("-"):
        option = args.pop(0)
        if option in ("-s", "-n") and args:
            option = "-" + args.pop(0)
        if not re.fullmatch(r"-(\d+|(SIG)?[A-Z]+\d?|f|l)", option):
            raise run.unknown(option)
    if not args:
        raise Usage(f'{run.name}: Needs 1 argument (see "{run.name} --help")')
    status = 0
    for target in args:
        if run.name == "kill":
            pids = [int(target)] if target.isdecimal() else []
        else:
            pids = [row.pid for row in rows(run.device) if row.name == target]
        if not pids:
            status = await run.fail(
                f"{run.name}: bad pid '{target}'"
                if run.name == "kill"
                else f"{run.name}: {target}: No such process"
            )
        for pid in pids:
            status = await _kill(run, pid) or status
    return status


async def _kill(run: Run, pid: int) -> int:
    process = run.device.shells.get(pid)
    if process is not None:
        process.kill()
        return 0
    if any(row.pid == pid for row in rows(run.device)):
        return await run.fail(f"{run.name}: bad pid '{pid}': Operation not permitted")
    return await run.fail(f"{run.name}: bad pid '{pid}': No such process")


@command("app_process", "app_process64")
async def app_process(run: Run) -> int:
    """app_process / com.wetest.uia2.Main -p PORT: uiautomator2's server, while this shell lives."""
    if U2_MAIN not in run.args:
        run.device.journal.write("unknown_command", command="app_process", args=run.args)
        return await run.fail(
            f"Error: could not find class '{run.args[-1] if run.args else ''}' (not known to the twin)"
        )
    try:
        jar = run.device.files.check_read(run.shell.env.get("CLASSPATH", ""), run.shell.cwd)
    except OSError:
        jar = None
    if jar is None or not jar.is_file():
        return await run.fail("Error: could not find or load main class com.wetest.uia2.Main")
    rest = run.args[run.args.index(U2_MAIN) + 1 :]
    port = int(rest[1]) if len(rest) > 1 and rest[0] == "-p" and rest[1].isdecimal() else 9008
    if f"tcp:{port}" in run.device.sockets:
        reason = "java.lang.IllegalStateException: UiAutomationService already registered!"
        await run.line(f"[server] INFO: [UiAutomator2Server] Starting Server\n{reason}")
        return 1
    server = U2Server(run.device, port)
    ended = asyncio.Event()
    process = run.device.shells.add("app_process", ended.set)
    try:
        server.start()
        run.device.journal.write("u2_server", action="start", port=port)
        await run.line("[server] INFO: [UiAutomator2Server] Starting Server")
        while server.is_running and not ended.is_set():
            try:
                await asyncio.wait_for(ended.wait(), 0.2)
            except TimeoutError:
                continue
    finally:
        server.stop()
        run.device.shells.remove(process)
        run.device.journal.write("u2_server", action="stop", port=port)
    return 137 if ended.is_set() else 0
