"""Files and folders, as toybox shows and changes them."""

from __future__ import annotations

import asyncio
import calendar
import errno
import fnmatch
import hashlib
import os
import shutil
import stat
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from harness.twin.command import COMMANDS, Run, Usage, command
from harness.twin.logcat import ZONE_OFFSET_S
from harness.twin.sh import Streams

MAX_WALK: Final = 200_000
HASHES: Final = {
    "md5sum": "md5",
    "md5": "md5",
    "sha1sum": "sha1",
    "sha256sum": "sha256",
    "sha512sum": "sha512",
}


@command("toybox")
async def toybox(run: Run) -> int:
    """toybox NAME ARG…: the same commands under one name."""
    if not run.args:
        await run.line(" ".join(sorted(COMMANDS)))
        return 0
    if run.args[0] not in COMMANDS:
        run.device.journal.write("unknown_command", command=f"toybox {run.args[0]}", args=run.args[1:])
        return await run.fail(f"toybox: Unknown command {run.args[0]}", 127)
    return await run.shell.call(run.args, Streams(run.stdin, run.stdout, run.stderr))


@command(*HASHES)
async def digest(run: Run) -> int:
    options = run.options(flags="bs")
    status = 0
    for name in options.rest or ["-"]:
        made = hashlib.new(HASHES[run.name])
        try:
            async for chunk in contents(run, name):
                made.update(chunk)
        except OSError as error:
            status = await run.refuse(name, error)
            continue
        await run.line(made.hexdigest() if "b" in options else f"{made.hexdigest()}  {name}")
    return status


async def contents(run: Run, name: str) -> AsyncIterator[bytes]:
    """The bytes of a file, or of stdin for "-". OSError names what is wrong."""
    if name == "-":
        while chunk := await run.stdin.read():
            yield chunk
        return
    files = run.device.files
    made = files.content(name, run.shell.cwd)
    if made is not None:
        yield made
        return
    if files.resolve(name, run.shell.cwd) == "/dev/null":
        return
    path = files.check_read(name, run.shell.cwd)
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    with path.open("rb") as file:
        while chunk := file.read(65536):
            yield chunk


@command("cat")
async def cat(run: Run) -> int:
    options = run.options(flags="u")
    status = 0
    for name in options.rest or ["-"]:
        try:
            async for chunk in contents(run, name):
                await run.out(chunk)
        except ConnectionError:
            raise
        except OSError as error:
            status = await run.refuse(name, error)
    return status


@command("tee")
async def tee(run: Run) -> int:
    options = run.options(flags="ai")
    cwd = run.shell.cwd
    files = run.device.files
    paths = [files.check_write(name, cwd) for name in options.rest if files.resolve(name, cwd) != "/dev/null"]
    opened = [path.open("ab" if "a" in options else "wb") for path in paths]
    try:
        while chunk := await run.stdin.read():
            run.device.faults.check_disk()
            for file in opened:
                file.write(chunk)
            await run.out(chunk)
    finally:
        for file in opened:
            file.close()
    return 0


def human(size: int) -> str:
    amount = float(size)
    for unit in ("", "K", "M", "G"):
        if amount < 1024:
            return f"{amount:.1f}{unit}" if unit and amount < 10 else f"{amount:.0f}{unit}"
        amount /= 1024
    return f"{amount:.0f}T"


@command("mkdir")
async def mkdir(run: Run) -> int:
    options = run.options(flags="pv", valued="m")
    status = 0
    for name in options.rest:
        try:
            path = run.device.files.check_write(name, run.shell.cwd)
            path.mkdir(parents="p" in options, exist_ok="p" in options)
            if "m" in options:
                path.chmod(int(options.value("m"), 8) | 0o700)
        except OSError as error:
            status = await run.fail(f"mkdir: '{name}': {os.strerror(error.errno or 5)}")
    return status


@command("touch")
async def touch(run: Run) -> int:
    options = run.options(flags="acm", valued="td")
    moment = _moment(options.value("t"), options.value("d"))
    status = 0
    for name in options.rest:
        try:
            path = run.device.files.check_write(name, run.shell.cwd)
            if "c" not in options or path.exists():
                run.device.faults.check_disk()
                path.touch()
                if moment is not None:
                    os.utime(path, (moment, moment))
        except OSError as error:
            status = await run.fail(f"touch: '{name}': {os.strerror(error.errno or 5)}")
    return status


def _moment(stamp: str, text: str) -> float | None:
    """touch -t [[CC]YY]MMDDhhmm[.ss] and -d @SECONDS or YYYY-MM-DD[Thh:mm[:ss]], on the device's clock."""
    if text.startswith("@") and text[1:].isdigit():
        return float(text[1:])
    digits, _, seconds = stamp.partition(".")
    if len(digits) == 10:
        digits = ("19" if digits >= "69" else "20") + digits
    elif len(digits) == 8:
        digits = time.strftime("%Y") + digits
    for given, pattern in (
        (stamp and f"{digits}{seconds or '00'}", "%Y%m%d%H%M%S"),
        (text.replace(" ", "T"), "%Y-%m-%d"),
        (text.replace(" ", "T"), "%Y-%m-%dT%H:%M"),
        (text.replace(" ", "T"), "%Y-%m-%dT%H:%M:%S"),
    ):
        try:
            if given:
                return calendar.timegm(time.strptime(given, pattern)) - ZONE_OFFSET_S
        except ValueError:
            continue
    if stamp or text:
        raise Usage(f"touch: bad date '{stamp or text}'")
    return None


@command("rm")
async def rm(run: Run) -> int:
    options = run.options(flags="rRfv")
    recursive = "r" in options or "R" in options
    status = 0
    if not options.rest and "f" not in options:
        raise Usage('rm: Needs 1 argument (see "rm --help")')
    for name in options.rest:
        try:
            resolved = run.device.files.resolve(name, run.shell.cwd, follow_last=False)
            path = run.device.files.root / resolved[1:]
            if not path.is_symlink() and not path.exists():
                if "f" not in options:
                    status = await run.fail(f"rm: {name}: No such file or directory")
                continue
            # What may be removed is decided by the folder it is in.
            run.device.files.check_write(str(Path(resolved).parent))
            if path.is_dir() and not path.is_symlink():
                if not recursive:
                    status = await run.fail(f"rm: {name}: Is a directory")
                    continue
                shutil.rmtree(path)
            else:
                path.unlink()
            if "v" in options:
                await run.line(f"rm '{name}'")
        except OSError as error:
            status = await run.refuse(name, error)
    return status


@command("rmdir")
async def rmdir(run: Run) -> int:
    status = 0
    for name in run.options(flags="p").rest:
        try:
            run.device.files.check_write(name, run.shell.cwd).rmdir()
        except OSError as error:
            status = await run.fail(f"rmdir: '{name}': {os.strerror(error.errno or 5)}")
    return status


@command("cp", "mv")
async def copy(run: Run) -> int:
    options = run.options(flags="rRafpvdT")
    if len(options.rest) < 2:
        raise Usage(f'{run.name}: Needs 2 arguments (see "{run.name} --help")')
    *sources, target = options.rest
    files, cwd = run.device.files, run.shell.cwd
    status = 0
    for name in sources:
        try:
            source = files.check_read(name, cwd)
            into = files.check_write(target, cwd)
            run.device.faults.check_disk()
            destination = into / source.name if into.is_dir() else into
            if run.name == "mv":
                files.check_write(name, cwd)
                shutil.move(source, destination)
            elif source.is_dir():
                if not ({"r", "R", "a"} & options.values.keys()):
                    status = await run.fail(f"cp: Skipped dir '{name}'")
                    continue
                shutil.copytree(source, destination, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copyfile(source, destination)
        except OSError as error:
            status = await run.fail(f"{run.name}: bad '{name}': {os.strerror(error.errno or 5)}")
    return status


@command("ln")
async def ln(run: Run) -> int:
    options = run.options(flags="sf")
    if len(options.rest) != 2 or "s" not in options:
        raise Usage("ln: only ln -s [-f] TARGET NAME is known to the twin")
    target, name = options.rest
    resolved = run.device.files.resolve(name, run.shell.cwd, follow_last=False)
    run.device.files.check_write(str(Path(resolved).parent))
    path = run.device.files.root / resolved[1:]
    if "f" in options:
        path.unlink(missing_ok=True)
    try:
        path.symlink_to(target)
    except OSError as error:
        return await run.fail(
            f"ln: cannot create symbolic link from '{target}' to '{name}': {error.strerror}"
        )
    return 0


@command("chmod", "chown", "chgrp")
async def chmod(run: Run) -> int:
    options = run.options(flags="Rfv")
    status = 0
    for name in options.rest[1:]:
        try:
            path = run.device.files.check_write(name, run.shell.cwd)
            if run.name != "chmod":
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
            path.chmod(_mode(options.rest[0], path.stat().st_mode) | 0o600)
        except OSError as error:
            status = await run.fail(f"{run.name}: '{name}': {os.strerror(error.errno or 5)}")
    return status


def _mode(text: str, before: int) -> int:
    if text.isdigit():
        try:
            return int(text, 8) & 0o777
        except ValueError:
            raise Usage(f"chmod: bad mode '{text}'") from None
    who, operator, what = text.partition("+") if "+" in text else text.partition("-")
    if not operator or set(what) - set("rwxX") or set(who) - set("ugoa"):
        raise Usage(f"chmod: bad mode '{text}'")
    bits = sum({"r": 4, "w": 2, "x": 1, "X": 1}[letter] for letter in set(what))
    places = {"u": 6, "g": 3, "o": 0}
    shifts = [places[letter] for letter in (who if who and "a" not in who else "ugo")]
    mask = 0
    for shift in shifts:
        mask |= bits << shift
    return (before | mask if operator == "+" else before & ~mask) & 0o777


@command("stat")
async def stat_(run: Run) -> int:
    options = run.options(flags="Lt", valued="c")
    status = 0
    for name in options.rest:
        try:
            found = run.device.files.stat(name, run.shell.cwd, follow_last="L" in options)
        except OSError as error:
            status = await run.fail(f"stat: '{name}': {os.strerror(error.errno or 5)}")
            continue
        letters = {
            "%": "%",
            "n": name,
            "s": str(found.st_size),
            "a": f"{stat.S_IMODE(found.st_mode):o}",
            "A": stat.filemode(found.st_mode),
            "Y": str(int(found.st_mtime)),
            "X": str(int(found.st_atime)),
            "u": "2000",
            "g": "2000",
            "U": "shell",
            "G": "shell",
            "f": f"{found.st_mode:x}",
            "i": str(found.st_ino),
            "h": str(found.st_nlink),
            "F": _kind(found.st_mode),
            "b": str(found.st_blocks),
            "B": "512",
            "o": "4096",
            "N": f"`{name}'",
            "x": _stamp(found.st_atime),
            "y": _stamp(found.st_mtime),
            "z": _stamp(found.st_ctime),
            "Z": str(int(found.st_ctime)),
        }
        pattern = options.value(
            "c",
            "  File: %N\n  Size: %s\t Blocks: %b\t IO Blocks: %B\t%F\nDevice: fe20h/65056d\t Inode: %i\t "
            "Links: %h\nAccess: (%a/%A)\tUid: ( %u/   %U)\tGid: ( %g/   %G)\n"
            "Access: %x\nModify: %y\nChange: %z",
        )
        pieces = pattern.split("%")
        text = pieces[0]
        for piece in pieces[1:]:
            if piece[:1] not in letters:
                raise Usage(f"stat: %{piece[:1]} is not known to the twin")
            text += letters[piece[0]] + piece[1:]
        await run.line(text)
    return status


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "symbolic link"
    return "directory" if stat.S_ISDIR(mode) else "regular file"


def _stamp(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds + ZONE_OFFSET_S))
    return f"{whole}.{int(seconds % 1 * 1e9):09d} +0800"


@command("readlink", "realpath")
async def readlink(run: Run) -> int:
    options = run.options(flags="fenmq")
    status = 0
    for name in options.rest:
        if run.name == "realpath" or {"f", "e", "m"} & options.values.keys():
            await run.line(run.device.files.resolve(name, run.shell.cwd))
            continue
        path = run.device.files.host_path(name, run.shell.cwd, follow_last=False)
        if path.is_symlink():
            await run.line(os.readlink(path))
        else:
            status = 1
    return status


@command("basename", "dirname")
async def parts(run: Run) -> int:
    if not run.args:
        raise Usage(f'{run.name}: Needs 1 argument (see "{run.name} --help")')
    name = run.args[0].rstrip("/") or "/"
    if run.name == "dirname":
        await run.line(os.path.dirname(name) or ".")
    else:
        base = os.path.basename(name) or "/"
        suffix = run.args[1] if len(run.args) > 1 else ""
        await run.line(base[: -len(suffix)] if suffix and base.endswith(suffix) and base != suffix else base)
    return 0


@command("find")
async def find(run: Run) -> int:
    """find [PATH…] [-maxdepth N] [-mindepth N] [-name P] [-iname P] [-path P] [-type f|d|l] [-print]"""
    args = list(run.args)
    places = []
    while args and not args[0].startswith("-"):
        places.append(args.pop(0))
    limits = {"-maxdepth": MAX_WALK, "-mindepth": 0}
    tests: dict[str, str] = {}
    while args:
        option = args.pop(0)
        if option == "-print":
            continue
        if option not in (*limits, "-name", "-iname", "-path", "-type") or not args:
            raise run.unknown(option)
        value = args.pop(0)
        if option in limits:
            limits[option] = int(value) if value.isdigit() else 0
        else:
            tests[option] = value
    status = 0
    for place in places or ["."]:
        try:
            base = run.device.files.check_read(place, run.shell.cwd)
            for name, mode, depth in await asyncio.to_thread(list, _walk(place, base, limits["-maxdepth"])):
                if depth >= limits["-mindepth"] and _passes(name, mode, tests):
                    await run.line(name)
        except OSError as error:
            status = await run.refuse(place, error)
    return status


def _walk(place: str, base: Path, max_depth: int) -> Iterator[tuple[str, int, int]]:
    """(name, mode, depth) of all below; runs in a thread, since a tree can be large."""
    pending = [(place, base, 0)]
    seen = 0
    while pending:
        name, path, depth = pending.pop()
        seen += 1
        if seen > MAX_WALK:
            raise OSError(errno.E2BIG, os.strerror(errno.E2BIG), place)
        found = path.lstat()
        yield name, found.st_mode, depth
        if stat.S_ISDIR(found.st_mode) and depth < max_depth:
            for child in sorted(os.listdir(path), reverse=True):
                pending.append((f"{name.rstrip('/')}/{child}", path / child, depth + 1))


def _passes(name: str, mode: int, tests: dict[str, str]) -> bool:
    base = os.path.basename(name.rstrip("/")) or name
    if "-name" in tests and not fnmatch.fnmatchcase(base, tests["-name"]):
        return False
    if "-iname" in tests and not fnmatch.fnmatchcase(base.lower(), tests["-iname"].lower()):
        return False
    if "-path" in tests and not fnmatch.fnmatchcase(name, tests["-path"]):
        return False
    kinds = {"f": stat.S_ISREG, "d": stat.S_ISDIR, "l": stat.S_ISLNK}
    kind = tests.get("-type")
    if kind is not None and kind not in kinds:
        raise Usage(f"find: bad -type '{kind}'")
    return kind is None or kinds[kind](mode)


@command("du")
async def du(run: Run) -> int:
    options = run.options(flags="shkma", valued="d")
    for name in options.rest or ["."]:
        total = 0
        base = run.device.files.check_read(name, run.shell.cwd)
        for each, _, _ in await asyncio.to_thread(list, _walk(name, base, MAX_WALK)):
            total += run.device.files.host_path(each, run.shell.cwd, follow_last=False).lstat().st_size
        size = human(total) if "h" in options else str(-(-total // (1024 * 1024 if "m" in options else 1024)))
        await run.line(f"{size}\t{name}")
    return 0


@command("df")
async def df(run: Run) -> int:
    options = run.options(flags="hkPT")
    readable = "h" in options
    total = 100 * 1024 * 1024
    used = total if run.device.faults.disk_full else 20 * 1024 * 1024
    figures = (total, used, total - used)
    shown = [human(each * 1024) if readable else str(each) for each in figures]
    title = "Size" if readable else "1K-blocks"
    await run.line(f"{'Filesystem':<20} {title:>10} {'Used':>10} {'Available':>10} Use% Mounted on")
    cells = " ".join(f"{each:>10}" for each in shown)
    await run.line(f"{'/dev/block/dm-0':<20} {cells} {used * 100 // total:3d}% /data")
    return 0
