"""am and monkey: start, stop, broadcast."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
import time
from dataclasses import dataclass, field
from typing import Any, Final

from harness.twin.command import Run, Usage, command
from harness.twin.resolve import CATEGORY_LAUNCHER, MAIN, describe, resolve
from harness.twin.system_screens import goes_home, screen_for

SHELL_UID: Final = 2000
PLACED_S: Final = 0.3
"""How long a start without -W waits to hear where the activity goes."""
NEW_TASK: Final = 0x10000000
RESET_TASK: Final = 0x00200000
KEYBOARD: Final = "com.github.uiautomator/.AdbKeyboard"
VALUED: Final = frozenset(("-a", "-d", "-t", "-c", "-n", "-p", "-f", "-i", "-e"))
EXTRAS: Final = {
    "--es": str,
    "-e": str,
    "--ez": bool,
    "--ei": int,
    "--el": int,
    "--ef": float,
    "--eu": str,
    "--ecn": str,
}
LISTS: Final = {"--esa": str, "--esal": str, "--eia": int, "--eial": int, "--ela": int, "--efa": float}
FLAG_WORDS: Final = {
    "--activity-clear-top": 0x04000000,
    "--activity-clear-task": 0x00008000,
    "--activity-single-top": 0x20000000,
    "--activity-no-history": 0x40000000,
    "--activity-reorder-to-front": 0x00020000,
    "--receiver-foreground": 0x10000000,
    "--include-stopped-packages": 0x00000020,
    "--exclude-stopped-packages": 0x00000010,
    "--grant-read-uri-permission": 0x00000001,
}


@dataclass(slots=True)
class Words:
    """An intent as `am` takes it, and am's own options."""

    intent: dict[str, Any]
    options: dict[str, str] = field(default_factory=dict)


def parse_intent(run: Run, args: list[str], valued: frozenset[str] = frozenset(), flags: str = "") -> Words:
    """am's intent words; `valued` and `flags` are the verb's own options."""
    intent: dict[str, Any] = {
        "action": None,
        "package": None,
        "class": None,
        "data": None,
        "type": None,
        "categories": [],
        "flags": 0,
        "extras": {},
    }
    words = Words(intent)
    queue = list(args)

    def take(option: str) -> str:
        if not queue:
            raise Usage(f'Error: Argument expected after "{option}"', 1)
        return queue.pop(0)

    while queue:
        word = queue.pop(0)
        if word in EXTRAS:
            name = take(word)
            intent["extras"][name] = _typed(take(word), EXTRAS[word])
        elif word in LISTS:
            name = take(word)
            intent["extras"][name] = [_typed(each, LISTS[word]) for each in re.split(r"(?<!\\),", take(word))]
        elif word == "--esn":
            intent["extras"][take(word)] = None
        elif word in FLAG_WORDS:
            intent["flags"] |= FLAG_WORDS[word]
        elif word in valued:
            words.options[word] = take(word)
        elif word in VALUED:
            _set(intent, word, take(word))
        elif word.startswith("-"):
            if word.lstrip("-") in flags.split():
                words.options[word] = ""
            else:
                raise Usage(f"Error: Unknown option: {word}", 255)
        else:
            _target(intent, word)
    return words


def _set(intent: dict[str, Any], option: str, value: str) -> None:
    match option:
        case "-a":
            intent["action"] = value
        case "-d":
            intent["data"] = value
        case "-t":
            intent["type"] = value
        case "-c":
            intent["categories"].append(value)
        case "-p":
            intent["package"] = value
        case "-f":
            intent["flags"] |= _typed(value, int)
        case "-n":
            _component(intent, value)


def _component(intent: dict[str, Any], value: str) -> None:
    package, slash, name = value.partition("/")
    if not slash or not package or not name:
        raise Usage(f"Error: Bad component name: {value}", 255)
    intent["package"] = package
    intent["class"] = package + name if name.startswith(".") else name


def _target(intent: dict[str, Any], word: str) -> None:
    """A bare word: a URI, a component, or a package."""
    if ":" in word:
        intent["data"] = word
        intent["action"] = intent["action"] or "android.intent.action.VIEW"
    elif "/" in word:
        _component(intent, word)
    else:
        intent["package"] = word


def _typed(text: str, kind: type) -> Any:
    try:
        if kind is bool:
            return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}[text.lower()]
        return int(text, 0) if kind is int else kind(text)
    except (KeyError, ValueError):
        raise Usage(f"Error: bad value: {text}", 255) from None


@command("am")
async def am(run: Run) -> int:
    if not run.args:
        raise Usage("Activity manager (am) commands: start, force-stop, broadcast, …", 255)
    return await dispatch(run, run.args)


async def dispatch(run: Run, words: list[str]) -> int:
    """What `am WORDS` and `cmd activity WORDS` have in common."""
    if not words:
        raise Usage("Activity manager (activity) commands: start, force-stop, broadcast, …", 255)
    verb, *args = words
    verbs = {
        "broadcast": _broadcast,
        "force-stop": _force_stop,
        "get-current-user": _current_user,
        "instrument": _instrument,
        "kill": _kill,
        "kill-all": _kill,
        "stack": _unsupported,
        "start": _start,
        "start-activity": _start,
        "start-foreground-service": _service,
        "start-service": _service,
        "startservice": _service,
        "startforegroundservice": _service,
        "stopservice": _service,
        "stop-service": _service,
        "switch-user": _unsupported,
    }
    if verb not in verbs:
        run.device.journal.write("unknown_option", command=f"am {verb}", args=args, reason="unknown command")
        return await run.fail(f"Error: unknown command '{verb}'", 255)
    return await verbs[verb](run, verb, args)


async def _unsupported(run: Run, verb: str, args: list[str]) -> int:
    raise Usage(f"am {verb} is not known to the twin", 255)


async def _instrument(run: Run, verb: str, args: list[str]) -> int:
    """The twin has no instrumentations: told as for one that is not installed."""
    name = args[-1] if args and not args[-1].startswith("-") else ""
    if "/" not in name:
        raise Usage(f"Error: Bad component name: {name}" if name else "Error: No component name given", 255)
    run.device.journal.write(
        "unknown_option", command="am instrument", args=args, reason="no instrumentation"
    )
    if "-w" in args and "-r" in args:
        await run.line(
            "INSTRUMENTATION_STATUS: id=ActivityManagerService\nINSTRUMENTATION_STATUS: "
            f"Error=Unable to find instrumentation info for: ComponentInfo{{{name}}}\n"
            "INSTRUMENTATION_STATUS_CODE: -1"
        )
    return await run.fail(f"android.util.AndroidException: INSTRUMENTATION_FAILED: {name}", 1)


async def _current_user(run: Run, verb: str, args: list[str]) -> int:
    await run.line("0")
    return 0


async def _force_stop(run: Run, verb: str, args: list[str]) -> int:
    names = _without_user(args)
    if len(names) != 1:
        raise Usage("Error: force-stop needs one package", 255)
    run.device.journal.write("force_stop", package=names[0])
    await run.device.activities.force_stop(names[0])
    return 0


async def _kill(run: Run, verb: str, args: list[str]) -> int:
    """Background processes only: what is in front stays, as on a phone."""
    names = _without_user(args)
    if verb == "kill" and len(names) != 1:
        raise Usage("Error: kill needs one package", 255)
    for name in names or dict.fromkeys(each.package for each in run.device.processes.live()):
        await run.device.activities.kill_background(name)
    return 0


def _without_user(args: list[str]) -> list[str]:
    found = []
    queue = list(args)
    while queue:
        word = queue.pop(0)
        if word == "--user" and queue:
            queue.pop(0)
        elif word.startswith("-"):
            raise Usage(f"Error: Unknown option: {word}", 255)
        else:
            found.append(word)
    return found


async def _start(run: Run, verb: str, args: list[str]) -> int:
    valued = frozenset(("--user", "-R", "--display", "--windowingMode", "-P", "--start-profiler"))
    words = parse_intent(run, args, valued, "W S D N")
    intent = words.intent
    if "-S" in words.options and intent["package"]:
        await run.device.activities.force_stop(intent["package"])
        await run.line(f"Stopping: {intent['package']}")
    text = describe(intent)
    await run.line(f"Starting: {text}")
    if intent["package"] and not intent["action"] and not intent["class"]:
        intent.update(action=MAIN, categories=[CATEGORY_LAUNCHER])
    found = resolve(run.device, intent, "activity")
    if not found and await _system_screen(run, intent):
        return 0
    if not found and intent["class"]:
        component = f"{intent['package']}/{intent['class']}"
        return await run.fail(f"Error type 3\nError: Activity class {{{component}}} does not exist.")
    if not found:
        return await run.fail(f"Error: Activity not started, unable to resolve {text}")
    package, activity = found[0].package, found[0].component
    if not activity.exported:
        caller = f"from null (pid={run.shell.pid}, uid={SHELL_UID})"
        reason = f"Permission Denial: starting {text} {caller} not exported from uid {package.uid}"
        said = f"\nException occurred while executing '{verb}':\njava.lang.SecurityException: {reason}"
        return await run.fail(said, 255)
    intent.update(package=package.name, **{"class": activity.name}, flags=intent["flags"] | NEW_TASK)
    began = time.monotonic()
    if "-W" not in words.options:
        await _warn(run, await start(run, intent))
        return 0
    result = await run.device.activities.start(intent)
    waited = int((time.monotonic() - began) * 1000)
    await _warn(run, result.status)
    await run.line(f"Status: {'ok' if result.complete else 'timeout'}\nLaunchState: {result.launch}")
    await run.line(
        f"Activity: {result.component}\nTotalTime: {result.total_ms}\nWaitTime: {waited}\nComplete"
    )
    return 0


async def _system_screen(run: Run, intent: dict[str, Any]) -> bool:
    """Whether the launcher or another of the phone's own apps took the intent."""
    activities = run.device.activities
    if goes_home(intent):
        await activities.home()
        return True
    screen = screen_for(intent)
    if screen is not None:
        activities.show(screen)
        await asyncio.sleep(0)
    return screen is not None


async def start(run: Run, intent: dict[str, Any]) -> str | None:
    """Hand the intent over and go on, as am does without -W: the app comes to the front later.

    How it was placed; None when the system was too busy to say at once.
    """
    device = run.device
    placed: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def work() -> None:
        try:
            await device.activities.start(intent, lambda status: _answer(placed, status))
        except LookupError as error:
            device.journal.write("start_failed", intent=str(error))

    device.shells.keep(asyncio.create_task(work()))
    await asyncio.wait({placed}, timeout=PLACED_S)
    return placed.result() if placed.done() else None


def _answer(placed: asyncio.Future[str], status: str) -> None:
    if not placed.done():
        placed.set_result(status)


async def _warn(run: Run, status: str | None) -> None:
    if status == "to_front":
        await run.line("Warning: Activity not started, its current task has been brought to the front")
    elif status == "delivered":
        await run.line(
            "Warning: Activity not started, intent has been delivered to currently running top-most instance."
        )


async def _service(run: Run, verb: str, args: list[str]) -> int:
    words = parse_intent(run, args, frozenset(("--user",)))
    intent = words.intent
    stops = verb.startswith("stop")
    await run.line(f"{'Stopping' if stops else 'Starting'} service: {describe(words.intent)}")
    package = run.device.packages.get(intent["package"] or "")
    service = package.component("service", intent["class"] or "") if package else None
    if package is None or service is None:
        return await run.fail("Error: Not found; no service started.", 255)
    if not service.exported:
        return await run.fail(f"Error: Requires permission not exported from uid {package.uid}", 255)
    if stops:
        stopped = run.device.activities.background.stop_service(None, intent)
        await run.line("Service stopped" if stopped else "Service not stopped: was not running.")
    else:
        run.device.activities.background.start_service(None, intent, "foreground" in verb)
    return 0


async def _broadcast(run: Run, verb: str, args: list[str]) -> int:
    words = parse_intent(run, args, frozenset(("--user", "--receiver-permission")), "async ordered")
    words.intent["flags"] |= 0x00400000
    await run.line(f"Broadcasting: {describe(words.intent)}")
    action = words.intent["action"] or ""
    if action.startswith("ADB_KEYBOARD_"):
        code, data = await _keyboard(run, action, words.intent["extras"])
        await run.line(f"Broadcast completed: result={code}" + (f', data="{data}"' if data else ""))
        return 0
    run.device.journal.write("broadcast", action=action)
    await run.device.activities.broadcast(words.intent)
    await run.line("Broadcast completed: result=0")
    return 0


async def _keyboard(run: Run, action: str, extras: dict[str, Any]) -> tuple[int, str]:
    """uiautomator2's keyboard app: the twin plays its part while it is the current input method."""
    windows = run.device.windows
    if run.device.settings.get("secure", "default_input_method") != KEYBOARD:
        return 0, ""
    run.device.journal.write("keyboard", action=action)
    match action.removeprefix("ADB_KEYBOARD_"):
        case "INPUT_TEXT":
            try:
                text = base64.b64decode(str(extras.get("text", "")), validate=True).decode("utf-8")
            except (binascii.Error, UnicodeDecodeError):
                return 0, "text is not base64"
            done = await windows.text(text)
        case "CLEAR_TEXT":
            done = await windows.input.clear()
        case "HIDE":
            windows.show_keyboard(False)
            done = True
        case "EDITOR_CODE" | "SMART_ENTER":
            await windows.key(66)
            done = True
        case _:
            return 0, ""
    return (-1, "success") if done else (0, "no input field has the focus")


@command("monkey")
async def monkey(run: Run) -> int:
    """monkey -p PACKAGE… [-c CATEGORY…] COUNT: the twin starts the app; it injects no random events."""
    options = run.options(
        flags="v", valued="pcs", valued_words=("--throttle", "--pct-syskeys", "--pct-touch")
    )
    names = options.values.get("p", [])
    categories = options.values.get("c", []) or [CATEGORY_LAUNCHER]
    count = options.rest[0] if options.rest else ""
    if not count.isdecimal():
        raise Usage("** Error: Count not specified", 251)
    if int(count) > 1:
        raise Usage("monkey: more than one event is not known to the twin", 251)
    for name in names:
        for category in categories:
            intent = {
                "action": MAIN,
                "package": name,
                "categories": [category],
                "flags": NEW_TASK | RESET_TASK,
            }
            found = resolve(run.device, intent, "activity")
            if not found and await _system_screen(run, intent):
                await run.line(f"Events injected: {count}")
                return 0
            if not found:
                continue
            await start(run, {**intent, "class": found[0].component.name, "extras": {}})
            elapsed = "elapsed time=11ms (0ms mobile, 0ms wifi, 11ms not connected)"
            await run.line(f"Events injected: {count}\n## Network stats: {elapsed}")
            return 0
    return await run.fail("** No activities found to run, monkey aborted.", 252)
