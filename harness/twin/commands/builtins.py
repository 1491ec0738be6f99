"""What the shell itself does: cd, export, test, echo, exit, …"""

from __future__ import annotations

import asyncio
import re
import stat
import time
from typing import Final

from harness.twin.arithmetic import evaluate
from harness.twin.command import COMMANDS, Run, Usage, command
from harness.twin.sh import FunctionReturn, LoopControl, Shell, ShellExit, Streams
from harness.twin.sh_expand import SH

ESCAPES: Final = {
    "a": "\a",
    "b": "\b",
    "e": "\033",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
}
MAX_PRINTF: Final = 100_000


@command(":", "true")
async def true(run: Run) -> int:
    return 0


@command("false")
async def false(run: Run) -> int:
    return 1


@command("cd")
async def cd(run: Run) -> int:
    target = run.args[0] if run.args else run.shell.env.get("HOME", "/")
    if target == "-":
        target = run.shell.env.get("OLDPWD", run.shell.cwd)
    try:
        resolved = run.device.files.resolve(target, run.shell.cwd)
        if not run.device.files.host_path(resolved).is_dir():
            raise FileNotFoundError(2, "No such file or directory")
    except OSError as error:
        return await run.fail(f"{SH}: cd: {target}: {error.strerror}", 2)
    run.shell.env["OLDPWD"] = run.shell.cwd
    run.shell.cwd = resolved
    run.shell.env["PWD"] = resolved
    return 0


@command("pwd")
async def pwd(run: Run) -> int:
    await run.line(run.shell.cwd)
    return 0


@command("echo")
async def echo(run: Run) -> int:
    args = list(run.args)
    newline, escapes = "\n", False
    while args and re.fullmatch(r"-[neE]+", args[0]):
        option = args.pop(0)
        newline = "" if "n" in option else newline
        escapes = "e" in option or (escapes and "E" not in option)
    text = " ".join(args)
    await run.out((_unescape(text) if escapes else text) + newline)
    return 0


@command("printf")
async def printf(run: Run) -> int:
    if not run.args:
        raise Usage("printf: usage: printf FORMAT [ARG...]")
    pattern, *args = run.args
    queue = list(args)
    pieces: list[str] = []
    while True:
        before = len(queue)
        pieces.append(_format(_unescape(pattern), queue))
        if not queue or len(queue) == before or len(pieces) > MAX_PRINTF:
            break
    await run.out("".join(pieces))
    return 0


def _unescape(text: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        if match[1][0] == "x":
            return _byte(int(match[1][1:], 16))
        if match[1][0].isdigit():
            return _byte(int(match[1], 8) & 0xFF)
        return ESCAPES.get(match[1], match[0])

    return re.sub(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,4}|.)", replaced, text, flags=re.S)


def _byte(number: int) -> str:
    """One byte of output, which need not be text."""
    return bytes((number,)).decode("utf-8", "surrogateescape")


def _format(pattern: str, queue: list[str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        if match[2] == "%":
            return "%"
        value = queue.pop(0) if queue else ""
        flags = match[1]
        width = re.search(r"[1-9]\d*", flags)
        if width and int(width[0]) > MAX_PRINTF:
            raise Usage(f"printf: width {width[0]} is too large")
        match match[2]:
            case "s" | "b":
                return f"%{flags}s" % (_unescape(value) if match[2] == "b" else value)
            case "c":
                return value[:1]
            case _:
                try:
                    number = int(value, 0) if value else 0
                except ValueError:
                    raise Usage(f"printf: {value}: not a number") from None
                return f"%{flags}{'d' if match[2] in 'diu' else match[2]}" % number

    return re.sub(r"%([-+ 0#]*\d*(?:\.\d+)?)([sbcdiuxXo%])", replaced, pattern)


@command("export")
async def export(run: Run) -> int:
    if not run.args or run.args == ["-p"]:
        for name, value in sorted(run.shell.env.items()):
            await run.line(f"export {name}='{value}'" if run.args else f"{name}={value}")
    for arg in run.args:
        name, equals, value = arg.partition("=")
        if equals:
            run.shell.env[name] = value
    return 0


@command("readonly", "local", "typeset")
async def declare(run: Run) -> int:
    return await export(run)


@command("unset")
async def unset(run: Run) -> int:
    for name in run.args:
        run.shell.env.pop(name, None)
    return 0


@command("set")
async def set_(run: Run) -> int:
    args = list(run.args)
    while args and args[0][:1] in "-+" and args[0] != "--":
        for letter in args[0][1:]:
            if letter == "e":
                run.shell.exit_on_error = args[0][0] == "-"
            elif letter not in "uxfo":
                raise run.unknown(f"-{letter}")
        args.pop(0)
    if args:
        run.shell.arguments = args[1:] if args[0] == "--" else args
    elif not run.args:
        for name, value in sorted(run.shell.env.items()):
            await run.line(f"{name}={value}")
    return 0


@command("shift")
async def shift(run: Run) -> int:
    count = int(run.args[0]) if run.args and run.args[0].isdigit() else 1
    if count > len(run.shell.arguments):
        return await run.fail("shift: nothing to shift")
    del run.shell.arguments[:count]
    return 0


@command("exit")
async def exit_(run: Run) -> int:
    raise ShellExit(int(run.args[0]) & 0xFF if run.args and run.args[0].isdigit() else run.shell.status)


@command("return")
async def return_(run: Run) -> int:
    raise FunctionReturn(int(run.args[0]) & 0xFF if run.args and run.args[0].isdigit() else run.shell.status)


@command("let")
async def let(run: Run) -> int:
    """let EXPRESSION…: 0 when the last one is not zero."""
    if not run.args:
        raise Usage(f"{SH}: let: expression expected")
    values = [0]
    for text in run.args:
        name, equals, value = text.partition("=")
        plain = bool(equals) and re.fullmatch(r"[A-Za-z_]\w*", name) is not None
        values.append(evaluate(value if plain else text, run.shell.env))
        if plain:
            run.shell.env[name] = str(values[-1])
    return int(values[-1] == 0)


@command("umask")
async def umask(run: Run) -> int:
    if run.args:
        raise Usage(f"{SH}: umask: only shown on the twin")
    await run.line("0077")
    return 0


@command("time")
async def time_(run: Run) -> int:
    began = time.monotonic()
    status = await run.shell.call(run.args, Streams(run.stdin, run.stdout, run.stderr)) if run.args else 0
    await run.fail(f"    0m{time.monotonic() - began:05.2f}s real     0m00.00s user     0m00.00s system")
    return status


@command("break", "continue")
async def loop_control(run: Run) -> int:
    levels = int(run.args[0]) if run.args and run.args[0].isdigit() else 1
    raise LoopControl(run.name == "continue", max(1, levels))


@command("eval")
async def eval_(run: Run) -> int:
    return await run.shell.source(" ".join(run.args), Streams(run.stdin, run.stdout, run.stderr))


@command(".", "source")
async def source(run: Run) -> int:
    if not run.args:
        raise Usage(f"{run.name}: missing argument")
    path = run.device.files.check_read(run.args[0], run.shell.cwd)
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    try:
        return await run.shell.source(text, Streams(run.stdin, run.stdout, run.stderr))
    except FunctionReturn as end:
        return end.code


@command("exec")
async def exec_(run: Run) -> int:
    if not run.args:
        return 0
    raise ShellExit(await run.shell.call(run.args, Streams(run.stdin, run.stdout, run.stderr)))


@command("command")
async def command_(run: Run) -> int:
    if run.args and run.args[0] in ("-v", "-V"):
        return await which_names(run, run.args[1:], quiet_miss=True)
    return await run.shell.call(run.args, Streams(run.stdin, run.stdout, run.stderr)) if run.args else 0


@command("which", "type")
async def which(run: Run) -> int:
    return await which_names(run, run.args, quiet_miss=run.name == "which")


async def which_names(run: Run, names: list[str], quiet_miss: bool) -> int:
    status = 0
    for name in names:
        if name in run.shell.functions:
            await run.line(name)
        elif name in COMMANDS:
            await run.line(name if COMMANDS[name].__module__ == __name__ else f"/system/bin/{name}")
        else:
            status = 1
            if not quiet_miss:
                await run.fail(f"{name} not found")
    return status


@command("sh")
async def sh(run: Run) -> int:
    """sh [-c TEXT [NAME ARG…]] [FILE [ARG…]]"""
    shell = run.shell.copy()
    shell.calls += 1
    args = list(run.args)
    strict = False
    while args and args[0] in ("-e", "-x", "-l", "-i"):
        strict = strict or args[0] == "-e"
        args.pop(0)
    shell.exit_on_error = strict
    streams = Streams(run.stdin, run.stdout, run.stderr)
    if args and args[0] == "-c":
        if len(args) < 2:
            raise Usage(f"{SH}: -c: requires an argument", 2)
        shell.arguments = args[3:]
        return await _nested(shell, args[1], streams)
    if args and args[0].startswith("-"):
        raise run.unknown(args[0])
    if args:
        shell.arguments = args[1:]
        text = run.device.files.check_read(args[0], run.shell.cwd).read_text(
            "utf-8", errors="surrogateescape"
        )
        return await _nested(shell, text, streams)
    return await _nested(shell, (await run.read_all()).decode("utf-8", errors="surrogateescape"), streams)


async def _nested(shell: Shell, text: str, streams: Streams) -> int:
    try:
        return await shell.source(text, streams)
    except (ShellExit, FunctionReturn) as end:
        return end.code


@command("wait")
async def wait(run: Run) -> int:
    if run.shell.jobs:
        await asyncio.wait(set(run.shell.jobs))
    return 0


@command("read")
async def read(run: Run) -> int:
    names = run.options(flags="r").rest or ["REPLY"]
    line, status = bytearray(), 0
    while chunk := await run.stdin.read(1):
        if chunk == b"\n":
            break
        line += chunk
        if len(line) > 1024 * 1024:
            raise Usage("read: line too long")
    else:
        # What came without a newline is assigned, and still the end of the input.
        status = 1
    words = line.decode("utf-8", errors="surrogateescape").split(None, len(names) - 1)
    for index, name in enumerate(names):
        run.shell.env[name] = words[index].rstrip() if index < len(words) else ""
    return status


@command("test", "[", "[[")
async def test(run: Run) -> int:
    args = list(run.args)
    closing = {"[": "]", "[[": "]]"}.get(run.name)
    if closing:
        if not args or args[-1] != closing:
            return await run.fail(f"{SH}: {run.name}: missing {closing}", 2)
        args.pop()
    return 0 if _Test(run, args).value() else 1


class _Test:
    def __init__(self, run: Run, args: list[str]) -> None:
        self.run = run
        self.args = args[::-1]

    def value(self) -> bool:
        if not self.args:
            return False
        result = self._or()
        if self.args:
            raise Usage(f"{SH}: test: unexpected operator '{self.args[-1]}'", 2)
        return result

    def _or(self) -> bool:
        result = self._and()
        while self.args and self.args[-1] in ("-o", "||"):
            self.args.pop()
            result = self._and() or result
        return result

    def _and(self) -> bool:
        result = self._not()
        while self.args and self.args[-1] in ("-a", "&&"):
            self.args.pop()
            result = self._not() and result
        return result

    def _not(self) -> bool:
        negated = False
        while len(self.args) > 1 and self.args[-1] == "!":
            self.args.pop()
            negated = not negated
        return self._primary() != negated

    def _primary(self) -> bool:
        if not self.args:
            raise Usage(f"{SH}: test: argument expected", 2)
        first = self.args.pop()
        if len(self.args) >= 2 and self.args[-1] in COMPARE:
            return self._compare(first, self.args.pop(), self.args.pop())
        if first == "(" and ")" in self.args:
            result = self._or()
            if not self.args or self.args.pop() != ")":
                raise Usage(f"{SH}: test: missing )", 2)
            return result
        if re.fullmatch(r"-[a-zA-Z]", first) and self.args and self.args[-1] not in ("-a", "-o", "&&", "||"):
            return self._unary(first[1], self.args.pop())
        return bool(first)

    def _unary(self, letter: str, value: str) -> bool:
        if letter in "zn":
            return bool(value) == (letter == "n")
        if letter == "t":
            return False
        if letter not in "edfrwxsLhbcpS":
            raise Usage(f"{SH}: test: -{letter}: unknown operator (not known to the twin)", 2)
        files = self.run.device.files
        try:
            found = files.stat(value, self.run.shell.cwd, follow_last=letter not in "Lh")
        except OSError:
            return False
        match letter:
            case "d":
                return stat.S_ISDIR(found.st_mode)
            case "f":
                return stat.S_ISREG(found.st_mode)
            case "L" | "h":
                return stat.S_ISLNK(found.st_mode)
            case "s":
                return found.st_size > 0
            case "w":
                try:
                    files.check_write(value, self.run.shell.cwd)
                except OSError:
                    return False
                return True
            case "x":
                return bool(found.st_mode & 0o111)
            case "b" | "c" | "p" | "S":
                return False
            case _:
                return True

    def _compare(self, left: str, operator: str, right: str) -> bool:
        if operator in ("=", "=="):
            return left == right
        if operator == "!=":
            return left != right
        if operator in ("<", ">"):
            return left < right if operator == "<" else left > right
        try:
            a, b = int(left), int(right)
        except ValueError:
            raise Usage(
                f"{SH}: test: {left if not left.lstrip('-').isdigit() else right}: bad number", 2
            ) from None
        return {"-eq": a == b, "-ne": a != b, "-lt": a < b, "-le": a <= b, "-gt": a > b, "-ge": a >= b}[
            operator
        ]


COMPARE: Final = frozenset(("=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"))
