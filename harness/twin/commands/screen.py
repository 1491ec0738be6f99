"""input, screencap, uiautomator, wm, ime: what a shell can do with screen and keys."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Final

from PIL import Image

from harness.twin.command import Run, Usage, command

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

LATIN: Final = "com.android.inputmethod.latin/.LatinIME"
DISPLAY_ID: Final = "4619827259835644672"
INPUT_METHOD: Final = "android.view.InputMethod"


@command("input")
async def input_(run: Run) -> int:
    """input [SOURCE] [-d ID] tap X Y | swipe X1 Y1 X2 Y2 [MS] | keyevent [--longpress] K | text T"""
    args = list(run.args)
    sources = ("touchscreen", "keyboard", "mouse", "dpad", "gamepad", "touchpad", "stylus", "trackball")
    while args and (args[0] in sources or args[0] == "-d"):
        if args.pop(0) == "-d" and args:
            args.pop(0)
    if not args:
        raise Usage("Usage: input [<source>] [-d DISPLAY_ID] <command> [<arg>...]", 255)
    verb, *rest = args
    windows = run.device.windows
    run.device.journal.write("input", verb=verb, args=rest)
    match verb:
        case "tap":
            x, y = _numbers(rest, 2)[:2]
            await windows.tap(x, y)
        case "swipe" | "draganddrop" | "touchscreen":
            x1, y1, x2, y2, *more = _numbers(rest, 4)
            ms = more[0] if more else 300
            if (x1, y1) == (x2, y2):
                await windows.long_tap(x1, y1, ms)
            else:
                await windows.swipe(x1, y1, x2, y2, ms)
        case "keyevent":
            long = "--longpress" in rest
            for key in [word for word in rest if not word.startswith("--")]:
                try:
                    await windows.key(key, long)
                except ValueError:
                    return await run.fail(f"Error: Unknown keycode: {key}", 1)
        case "text":
            if not rest:
                raise Usage("Error: text: no argument", 255)
            await windows.text(" ".join(rest).replace("%s", " "))
        case "motionevent":
            actions = {"DOWN": 0, "UP": 1, "MOVE": 2, "CANCEL": 1}
            if not rest or rest[0].upper() not in actions:
                raise Usage("Error: Invalid arguments for command: motionevent DOWN|UP|MOVE|CANCEL X Y", 255)
            x, y = _numbers(rest[1:], 2)[:2]
            await windows.input.touch(actions[rest[0].upper()], x, y)
        case "press" | "roll" | "keycombination":
            raise Usage(f"input: {verb} is not known to the twin", 255)
        case _:
            raise Usage(f"Error: Unknown command: {verb}", 255)
    return 0


def _numbers(words: list[str], least: int) -> list[float]:
    try:
        numbers = [float(word) for word in words]
    except ValueError as error:
        raise Usage(f"Error: Invalid arguments: {error}", 255) from None
    if len(numbers) < least:
        raise Usage(f"Error: Invalid arguments for command: {least} numbers are needed", 255)
    return numbers


@command("screencap")
async def screencap(run: Run) -> int:
    """screencap [-p] [-d ID] [-h] [FILE]: PNG with -p or a .png name, else raw RGBA."""
    options = run.options(flags="ph", valued="d")
    if "d" in options and options.value("d") not in ("0", DISPLAY_ID):
        return await run.fail(f"Display Id '{options.value('d')}' is not valid.")
    name = options.rest[0] if options.rest else ""
    image = run.device.windows.screenshot()
    if "p" in options or name.endswith(".png"):
        data = await asyncio.to_thread(_png, image)
    else:
        pixels = image.convert("RGBA")
        head = b"".join(value.to_bytes(4, "little") for value in (pixels.width, pixels.height, 1, 1))
        data = head + pixels.tobytes()
    if not name:
        await run.out(data)
        return 0
    run.device.faults.check_disk()
    run.device.files.check_write(name, run.shell.cwd).write_bytes(data)
    return 0


def _png(image: Image.Image) -> bytes:
    """Takes tens of milliseconds: called in a thread."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


@command("uiautomator")
async def uiautomator(run: Run) -> int:
    """uiautomator dump [--compressed] [FILE]"""
    if run.args[:1] != ["dump"]:
        raise Usage(f"uiautomator: {' '.join(run.args)!r} is not known to the twin")
    run.args = run.args[1:]
    options = run.options(words=("--compressed", "--verbose", "--windows"))
    if "windows" in options or "verbose" in options:
        raise Usage("uiautomator: --windows and --verbose are not known to the twin")
    name = options.rest[0] if options.rest else "/sdcard/window_dump.xml"
    text = run.device.windows.hierarchy("compressed" in options)
    if name in ("/dev/tty", "/dev/stdout"):
        await run.line(f"{text}UI hierarchy dumped to: {name}")
        return 0
    run.device.faults.check_disk()
    run.device.files.check_write(name, run.shell.cwd).write_text(text, encoding="utf-8")
    await run.line(f"UI hierchary dumped to: {name}")
    return 0


@command("wm")
async def wm(run: Run) -> int:
    windows = run.device.windows
    match run.args:
        case ["size"]:
            await run.line(
                f"Physical size: {min(windows.width, windows.height)}x{max(windows.width, windows.height)}"
            )
        case ["density"]:
            await run.line(f"Physical density: {run.device.properties.get('ro.sf.lcd_density')}")
        case ["dismiss-keyguard"]:
            run.device.happenings.unlock()
        case ["user-rotation"]:
            await run.line(
                f"{'lock' if windows.rotation_frozen else 'free'} {windows.rotation}".replace(
                    "free 0", "free"
                )
            )
        case ["user-rotation", "lock" | "free" as mode, *rest] | [
            "set-user-rotation",
            "lock" | "free" as mode,
            *rest,
        ]:
            windows.rotation_frozen = mode == "lock"
            if rest and rest[0] in "0123":
                windows.set_rotation(int(rest[0]))
        case _:
            raise Usage(f"wm: {' '.join(run.args)!r} is not known to the twin", 255)
    return 0


def input_methods(device: TwinDevice) -> list[str]:
    """Ids of all input methods that are installed."""
    found = [LATIN]
    for package in device.packages.list():
        for each in package.services:
            if each.handles(INPUT_METHOD):
                short = (
                    each.name.removeprefix(package.name)
                    if each.name.startswith(package.name + ".")
                    else each.name
                )
                found.append(f"{package.name}/{short}")
    return found


@command("ime")
async def ime(run: Run) -> int:
    """ime list [-a] [-s] | enable ID | disable ID | set ID | reset"""
    verb, *rest = run.args or [""]
    settings = run.device.settings
    installed = input_methods(run.device)
    enabled = [each for each in (settings.get("secure", "enabled_input_methods") or "").split(":") if each]
    run.args = [word for word in rest if word != "--user"]
    options = run.options(flags="as")
    name = options.rest[0] if options.rest else ""
    match verb:
        case "list":
            for each in installed if "a" in options else [each for each in installed if each in enabled]:
                await run.line(
                    each if "s" in options else f"{each}:\n  mId={each} mSettingsActivityName=null"
                )
            return 0
        case "reset":
            settings.put("secure", "enabled_input_methods", LATIN)
            settings.put("secure", "default_input_method", LATIN)
            await run.line(f"Reset current and enabled IMEs for user #0\n  Enabled IMEs: {LATIN}")
            return 0
        case "enable" | "disable" | "set" if name not in installed:
            word = "selected" if verb == "set" else f"{verb}d"
            return await run.fail(f"Unknown input method {name} cannot be {word} for user #0", 255)
        case "enable":
            now = dict.fromkeys([*enabled, name])
            settings.put("secure", "enabled_input_methods", ":".join(now))
            await run.line(
                f"Input method {name}: {'already' if name in enabled else 'now'} enabled for user #0"
            )
        case "disable":
            settings.put(
                "secure", "enabled_input_methods", ":".join(each for each in enabled if each != name) or LATIN
            )
            if settings.get("secure", "default_input_method") == name:
                settings.put("secure", "default_input_method", LATIN)
            await run.line(f"Input method {name}: now disabled for user #0")
        case "set":
            if name not in enabled:
                return await run.fail(f"Unknown input method {name} cannot be selected for user #0", 255)
            settings.put("secure", "default_input_method", name)
            await run.line(f"Input method {name} selected for user #0")
        case _:
            raise Usage(f"Unknown command: {verb}", 255)
    return 0
