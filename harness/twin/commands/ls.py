"""ls."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from harness.twin.command import Run, command
from harness.twin.commands.files import MAX_WALK, human
from harness.twin.logcat import ZONE_OFFSET_S


@command("ls")
async def ls(run: Run) -> int:
    options = run.options(flags="1adlhRnitrSFZ")
    names = options.rest or ["."]
    status = 0
    folders: list[str] = []
    plain: list[tuple[str, os.stat_result, Path]] = []
    for name in names:
        try:
            found = run.device.files.stat(name, run.shell.cwd, follow_last="l" not in options)
            path = run.device.files.host_path(name, run.shell.cwd, follow_last="l" not in options)
            if stat.S_ISDIR(found.st_mode) and "d" not in options:
                run.device.files.check_read(name, run.shell.cwd)
                folders.append(name)
            else:
                plain.append((name, found, path))
        except OSError as error:
            status = await run.refuse(name, error)
    await _show(run, plain, options.values)
    queue = list(folders)
    while queue:
        folder = queue.pop(0)
        entries = _entries(run, folder, "a" in options)
        if len(names) > 1 or "R" in options:
            await run.line(f"{'' if folder == folders[0] and not plain else chr(10)}{folder}:")
        if "l" in options:
            await run.line(f"total {sum((each.st_size + 1023) // 1024 for _, each, _ in entries)}")
        await _show(run, entries, options.values)
        if "R" in options and len(queue) < MAX_WALK:
            inner = [
                f"{folder.rstrip('/')}/{name}" for name, each, _ in entries if stat.S_ISDIR(each.st_mode)
            ]
            queue = [each for each in inner if not each.endswith(("/.", "/.."))] + queue
    return status


def _entries(run: Run, folder: str, hidden: bool) -> list[tuple[str, os.stat_result, Path]]:
    base = run.device.files.check_read(folder, run.shell.cwd)
    names = [".", ".."] if hidden else []
    names += sorted(name for name in os.listdir(base) if hidden or not name.startswith("."))
    found = []
    for name in names:
        inside = (
            base.parent
            if name == ".." and base != run.device.files.root
            else base
            if name in (".", "..")
            else base / name
        )
        try:
            found.append((name, inside.lstat(), inside))
        except OSError:
            continue
    return found


async def _show(
    run: Run, entries: list[tuple[str, os.stat_result, Path]], options: dict[str, list[str]]
) -> None:
    if "t" in options:
        entries = sorted(entries, key=lambda each: -each[1].st_mtime)
    if "S" in options:
        entries = sorted(entries, key=lambda each: -each[1].st_size)
    if "r" in options:
        entries = entries[::-1]
    for name, found, path in entries:
        mark = _mark(found.st_mode) if "F" in options else ""
        inode = f"{found.st_ino} " if "i" in options else ""
        if "l" not in options:
            await run.line(inode + name + mark)
            continue
        stamp = time.strftime("%Y-%m-%d %H:%M", time.gmtime(found.st_mtime + ZONE_OFFSET_S))
        owner, group = ("2000", "2000") if "n" in options else ("shell", "shell")
        size = human(found.st_size) if "h" in options else str(found.st_size)
        target = f" -> {os.readlink(path)}" if stat.S_ISLNK(found.st_mode) else ""
        mode = stat.filemode(found.st_mode)
        await run.line(
            f"{inode}{mode} {found.st_nlink:2d} {owner} {group} {size:>8} {stamp} {name}{mark}{target}"
        )


def _mark(mode: int) -> str:
    return "/" if stat.S_ISDIR(mode) else "@" if stat.S_ISLNK(mode) else "*" if mode & 0o111 else ""
