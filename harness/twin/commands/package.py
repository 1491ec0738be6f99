"""pm and cmd package: list, path, install (sessions too), uninstall, clear, grant, dump, …"""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from harness.twin.apk import BadApk, Component, read_apk
from harness.twin.command import Run, Usage, command
from harness.twin.packages import MAIN, Package

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

MAX_APK: Final = 2 * 1024 * 1024 * 1024
MAX_SESSIONS: Final = 64
MAX_SPLITS: Final = 100
INSTALL_FLAGS: Final = "rtdgRfFp"
INSTALL_VALUES: Final = "iS"
INSTALL_WORDS: Final = (
    "--bypass-low-target-sdk-block",
    "--dont-kill",
    "--force-queryable",
    "--full",
    "--restrict-permissions",
    "--skip-verification",
    "--streaming",
    "--no-streaming",
    "--non-staged",
)
INSTALL_VALUED: Final = (
    "--user",
    "--abi",
    "--install-location",
    "--install-reason",
    "--originating-uri",
    "--referrer",
)


@dataclass(slots=True)
class Session:
    """An install session: what `install-create` opens and `install-commit` ends."""

    number: int
    replace: bool
    grant: bool
    allow_test: bool
    downgrade: bool
    installer: str | None
    folder: Path
    parts: list[Path] = field(default_factory=list)


_SESSIONS: Final[WeakKeyDictionary[TwinDevice, dict[int, Session]]] = WeakKeyDictionary()


@command("pm")
async def pm(run: Run) -> int:
    if not run.args:
        await run.line(
            "Package manager (pm) commands:\n  list, path, install, uninstall, clear, grant, revoke, dump, …"
        )
        return 1
    return await dispatch(run, run.args)


async def dispatch(run: Run, words: list[str]) -> int:
    """What `pm WORDS` and `cmd package WORDS` have in common."""
    verb, *args = words
    verbs = {
        "clear": _clear,
        "disable": _enable,
        "disable-user": _enable,
        "dump": _dump,
        "enable": _enable,
        "get-install-location": _install_location,
        "grant": _grant,
        "has-feature": _has_feature,
        "install": _install,
        "install-abandon": _abandon,
        "install-commit": _commit,
        "install-create": _create,
        "install-existing": _install_existing,
        "install-write": _write,
        "list": _list,
        "path": _path,
        "query-activities": _query,
        "reset-permissions": _reset_permissions,
        "resolve-activity": _resolve,
        "revoke": _grant,
        "trim-caches": _quiet,
        "uninstall": _uninstall,
    }
    if verb not in verbs:
        run.device.journal.write("unknown_option", command=f"pm {verb}", args=args, reason="unknown command")
        return await run.fail(f"Unknown command: {verb}", 255)
    inner = Run(run.device, run.shell, verb, args, run.stdin, run.stdout, run.stderr)
    try:
        return await verbs[verb](inner)
    except Usage as usage:
        run.device.journal.write("unknown_option", command=f"pm {verb}", args=args, reason=str(usage))
        return await run.fail(f"Error: {usage}", 1)


async def _quiet(run: Run) -> int:
    return 0


async def _install_location(run: Run) -> int:
    await run.line("0[auto]")
    return 0


async def _has_feature(run: Run) -> int:
    known = FEATURES.get(run.args[0] if run.args else "", False)
    await run.line("true" if known else "false")
    return 0 if known else 1


FEATURES: Final = dict.fromkeys(
    (
        "android.hardware.bluetooth",
        "android.hardware.camera",
        "android.hardware.camera.any",
        "android.hardware.location",
        "android.hardware.location.gps",
        "android.hardware.microphone",
        "android.hardware.sensor.accelerometer",
        "android.hardware.telephony",
        "android.hardware.touchscreen",
        "android.hardware.wifi",
    ),
    True,
)


async def _list(run: Run) -> int:
    what, *args = run.args or [""]
    run.args = args
    match what:
        case "packages" | "package":
            return await _list_packages(run)
        case "features":
            for name in FEATURES:
                await run.line(f"feature:{name}")
        case "users":
            await run.line("Users:\n\tUserInfo{0:Owner:c13} running")
        case "instrumentation":
            run.options()
        case "libraries":
            for name in (
                "android.test.base",
                "android.test.mock",
                "android.test.runner",
                "org.apache.http.legacy",
            ):
                await run.line(f"library:{name}")
        case "permissions" | "permission-groups":
            raise Usage(f"list {what} is not known to the twin")
        case _:
            raise Usage(f"unknown list type '{what}'")
    return 0


async def _list_packages(run: Run) -> int:
    options = run.options(
        flags="fdesiu3alU", valued_words=("--user", "--uid"), words=("--show-versioncode", "--apex-only")
    )
    wanted = options.rest[0] if options.rest else ""
    for package in run.device.packages.list():
        kept = (
            wanted in package.name
            and not ("d" in options and package.enabled)
            and not ("e" in options and not package.enabled)
            and not ("s" in options and not package.system)
            and not ("3" in options and package.system)
            and not ("uid" in options and str(package.uid) != options.value("uid"))
        )
        if not kept or "apex-only" in options:
            continue
        text = f"package:{package.apk_path + '=' if 'f' in options else ''}{package.name}"
        if "show-versioncode" in options:
            text += f" versionCode:{package.version_code}"
        if "i" in options:
            text += f"  installer={package.installer or 'null'}"
        if "U" in options:
            text += f" uid:{package.uid}"
        await run.line(text)
    return 0


async def _path(run: Run) -> int:
    options = run.options(valued_words=("--user",))
    package = run.device.packages.get(options.rest[0]) if options.rest else None
    if package is None:
        return 1
    for path in (package.apk_path, *package.split_paths):
        await run.line(f"package:{path}")
    return 0


async def _dump(run: Run) -> int:
    from harness.twin.commands.dumpsys_package import package_dump

    await run.out(package_dump(run.device, run.args[0] if run.args else None))
    return 0


async def _install(run: Run) -> int:
    options = run.options(INSTALL_FLAGS, INSTALL_VALUES, INSTALL_WORDS, INSTALL_VALUED)
    if options.rest and options.rest != ["-"]:
        try:
            path = run.device.files.check_read(options.rest[0], run.shell.cwd)
        except OSError as error:
            return await run.refuse(options.rest[0], error)
        if not path.is_file():
            missing = f"Error: failed to open /{options.rest[0].lstrip('/')}, no such file"
            return await _failed(run, BadApk("INSTALL_PARSE_FAILED_NOT_APK", missing))
        return await _place(
            run, [path], _session(run.device, options.values, ("i" in options and options.value("i")) or None)
        )
    if "S" not in options:
        return await run.fail("Error: must specify a package size with -S, or a path")
    session = _session(run.device, options.values, ("i" in options and options.value("i")) or None)
    try:
        target = session.folder / "base.apk"
        if not await _receive(run, target, _size(options.value("S"))):
            return await _failed(run, BadApk("INSTALL_FAILED_INVALID_APK", "the stream ended early"))
        return await _place(run, [target], session)
    finally:
        _end(run.device, session)


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) > MAX_APK:
        raise Usage(f"bad size '{text}'")
    return int(text)


async def _receive(run: Run, target: Path, size: int) -> bool:
    """Exactly `size` bytes of stdin into the file; False when there were fewer."""
    left = size
    with target.open("wb") as file:
        while left:
            chunk = await run.stdin.read(min(left, 1 << 20))
            if not chunk:
                return False
            if not run.device.faults.disk_full:
                file.write(chunk)
            left -= len(chunk)
    return True


async def _place(run: Run, parts: list[Path], session: Session) -> int:
    """Install base and splits; says Success, or Failure with Android's code."""
    try:
        base, splits = _base_and_splits(parts)
        await run.device.packages.install(
            base,
            splits=splits,
            replace_existing=session.replace,
            grant=session.grant,
            allow_test=session.allow_test,
            downgrade=session.downgrade,
            installer=session.installer,
        )
    except BadApk as error:
        return await _failed(run, error)
    await run.line("Success")
    return 0


def _base_and_splits(parts: list[Path]) -> tuple[Path, tuple[Path, ...]]:
    if len(parts) == 1:
        return parts[0], ()
    bases = [part for part in parts if read_apk(part).manifest.split is None]
    if len(bases) != 1:
        raise BadApk(
            "INSTALL_FAILED_INVALID_APK", f"{len(bases)} base APKs among {len(parts)}; it must be one"
        )
    return bases[0], tuple(part for part in parts if part != bases[0])


async def _failed(run: Run, error: BadApk) -> int:
    run.device.journal.write("install_failed", code=error.code, reason=error.reason)
    await run.line(f"Failure [{error.code}: {error.reason}]")
    return 1


def _session(device: TwinDevice, options: dict[str, list[str]], installer: str | None) -> Session:
    sessions = _SESSIONS.setdefault(device, {})
    if len(sessions) >= MAX_SESSIONS:
        _end(device, sessions[min(sessions)])
    number = secrets.randbelow(2_000_000_000) + 1
    # pm replaces since Android 9 even without -r; -R forbids it.
    session = Session(
        number,
        "R" not in options,
        "g" in options,
        "t" in options,
        "d" in options,
        installer,
        Path(tempfile.mkdtemp(prefix="session-", dir=device.root)),
    )
    sessions[number] = session
    return session


def _end(device: TwinDevice, session: Session) -> None:
    _SESSIONS.get(device, {}).pop(session.number, None)
    shutil.rmtree(session.folder, ignore_errors=True)


async def _create(run: Run) -> int:
    options = run.options(INSTALL_FLAGS, INSTALL_VALUES, INSTALL_WORDS, INSTALL_VALUED)
    session = _session(run.device, options.values, ("i" in options and options.value("i")) or None)
    await run.line(f"Success: created install session [{session.number}]")
    return 0


def _known(run: Run, text: str) -> Session:
    session = _SESSIONS.get(run.device, {}).get(int(text) if text.isdecimal() else -1)
    if session is None:
        raise Usage(f"Caller has no access to session {text}")
    return session


async def _write(run: Run) -> int:
    """install-write [-S SIZE] SESSION NAME [PATH|-]"""
    options = run.options("", "S")
    if len(options.rest) < 2:
        raise Usage("install-write: needs a session and a name")
    session = _known(run, options.rest[0])
    if len(session.parts) >= MAX_SPLITS:
        raise Usage(f"more than {MAX_SPLITS} parts")
    target = session.folder / f"part-{len(session.parts)}.apk"
    source = options.rest[2] if len(options.rest) > 2 else "-"
    if source == "-":
        size = _size(options.value("S"))
        if not await _receive(run, target, size):
            return await _failed(run, BadApk("INSTALL_FAILED_INVALID_APK", "the stream ended early"))
    else:
        shutil.copyfile(run.device.files.check_read(source, run.shell.cwd), target)
        size = target.stat().st_size
    session.parts.append(target)
    await run.line(f"Success: streamed {size} bytes")
    return 0


async def _commit(run: Run) -> int:
    options = run.options(words=("--staged-ready-timeout",))
    session = _known(run, options.rest[0] if options.rest else "")
    try:
        return await _place(run, session.parts, session)
    finally:
        _end(run.device, session)


async def _abandon(run: Run) -> int:
    _end(run.device, _known(run, run.args[0] if run.args else ""))
    await run.line("Success")
    return 0


async def _uninstall(run: Run) -> int:
    options = run.options(flags="k", valued_words=("--user", "--versionCode"))
    name = options.rest[0] if options.rest else ""
    package = run.device.packages.get(name)
    if package is None:
        await run.line("Failure [DELETE_FAILED_INTERNAL_ERROR]")
        return 1
    if package.system and options.value("user") == "0":
        done = run.device.packages.set_aside(name)
    else:
        done = await run.device.packages.uninstall(name, keep_data="k" in options)
    if not done:
        await run.line("Failure [DELETE_FAILED_INTERNAL_ERROR]")
        return 1
    await run.line("Success")
    return 0


async def _install_existing(run: Run) -> int:
    """pm install-existing [--user N] PACKAGE: what the system image has."""
    rest = run.options(valued_words=("--user",), words=("--wait",)).rest
    name = rest[0] if rest else ""
    if not run.device.packages.bring_back(name):
        return await run.fail(
            f"android.content.pm.PackageManager$NameNotFoundException: Package {name} doesn't exist", 1
        )
    await run.line(f"Package {name} installed for user: 0")
    return 0


async def _clear(run: Run) -> int:
    options = run.options(valued_words=("--user",))
    done = await run.device.packages.clear(options.rest[0] if options.rest else "")
    await run.line("Success" if done else "Failed")
    return 0 if done else 1


async def _grant(run: Run) -> int:
    options = run.options(valued_words=("--user",), words=("--all-permissions",))
    if len(options.rest) != 2:
        raise Usage("no permission specified")
    name, permission = options.rest
    try:
        if run.name == "grant":
            run.device.permissions.grant(name, permission)
        else:
            await run.device.permissions.revoke(name, permission)
    except LookupError as error:
        return await _security(run, f"java.lang.IllegalArgumentException: {error.args[0]}")
    except ValueError as error:
        return await _security(run, f"java.lang.SecurityException: {error}")
    return 0


async def _security(run: Run, text: str) -> int:
    return await run.fail(f"\nException occurred while executing '{run.name}':\n{text}", 255)


async def _reset_permissions(run: Run) -> int:
    for package in run.device.packages.list():
        run.device.permissions.reset(package.name)
    return 0


async def _enable(run: Run) -> int:
    options = run.options(valued_words=("--user",))
    name = options.rest[0] if options.rest else ""
    enabled = run.name == "enable"
    if not run.device.packages.set_enabled(name, enabled):
        return await _security(run, f"java.lang.IllegalArgumentException: Unknown package: {name}")
    if not enabled:
        await run.device.activities.force_stop(name)
    state = "enabled" if enabled else "disabled-user" if run.name == "disable-user" else "disabled"
    await run.line(f"Package {name} new state: {state}")
    return 0


async def _resolve(run: Run) -> int:
    """resolve-activity [--brief] [-a ACTION] [-c CATEGORY] [-d URI] [PACKAGE]"""
    found = _matches(run)
    brief = "--brief" in run.args
    if not found:
        await run.line("No activity found")
        return 0
    await _show_activity(run, *found[0], brief)
    return 0


async def _query(run: Run) -> int:
    found = _matches(run)
    await run.line(f"{len(found)} activities found:" if found else "No activities found")
    for package, activity in found:
        await _show_activity(run, package, activity, "--brief" in run.args or "--components" in run.args)
    return 0


def _matches(run: Run) -> list[tuple[Package, Component]]:
    options = run.options(
        valued="acdtp", words=("--brief", "--components"), valued_words=("--user", "--query-flags")
    )
    name = options.value("p") or (options.rest[0] if options.rest else "")
    uri = options.value("d")
    action = options.value("a", "android.intent.action.VIEW" if uri else MAIN)
    scheme = re.match(r"[\w+.-]+", uri)
    found = run.device.packages.resolve(action, options.value("c") or None, scheme[0] if scheme else None)
    return [each for each in found if not name or each[0].name == name]


async def _show_activity(run: Run, package: Package, activity: Component, brief: bool) -> None:
    short = (
        activity.name.removeprefix(package.name)
        if activity.name.startswith(package.name + ".")
        else activity.name
    )
    head = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false"
    if brief:
        await run.line(f"{head}\n{package.name}/{short}")
        return
    await run.line(f"{head}\n  ActivityInfo:\n    name={activity.name}\n    packageName={package.name}")
    await run.line(f"    exported={str(activity.exported).lower()}")
