"""Runs shell text on a device: expansion, pipes, redirections, control flow. Commands are found by name."""

from __future__ import annotations

import asyncio
import fnmatch
import os
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, assert_never

from harness.twin.arithmetic import BadExpression
from harness.twin.command import (
    COMMANDS,
    Bytes,
    Collect,
    FileSink,
    FileSource,
    Nothing,
    Pipe,
    Run,
    Sink,
    Source,
    Usage,
)
from harness.twin.sh_expand import SH, Expander
from harness.twin.sh_parse import parse
from harness.twin.sh_syntax import (
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Item,
    Pipeline,
    Redirect,
    Sequence,
    Simple,
    Substitution,
    SyntaxProblem,
    While,
)

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

MAX_CALLS: Final = 30
"""Nested sh -c, eval and $( )."""
ENVIRONMENT: Final = {
    "ANDROID_DATA": "/data",
    "ANDROID_ROOT": "/system",
    "EXTERNAL_STORAGE": "/sdcard",
    "HOME": "/",
    "HOSTNAME": "twin",
    "IFS": " \t\n",
    "LOGNAME": "shell",
    "PATH": "/product/bin:/apex/com.android.runtime/bin:/system/bin:/system/xbin:/vendor/bin",
    "SHELL": SH,
    "TERM": "xterm",
    "TMPDIR": "/data/local/tmp",
    "USER": "shell",
}


class ShellExit(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class FunctionReturn(Exception):
    """return: ends the function, or the file that is sourced."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LoopControl(Exception):
    """break and continue."""

    def __init__(self, again: bool, levels: int) -> None:
        super().__init__()
        self.again = again
        self.levels = levels


@dataclass(frozen=True, slots=True)
class Streams:
    stdin: Source
    stdout: Sink
    stderr: Sink


class Shell:
    def __init__(self, device: TwinDevice, pid: int = 0) -> None:
        self.device = device
        self.pid = pid
        self.env = dict(ENVIRONMENT)
        self.cwd = "/"
        self.status = 0
        self.arguments: list[str] = []
        """$1, $2, …"""
        self.calls = 0
        self.exit_on_error = False
        self.jobs: set[asyncio.Task[int]] = set()
        self.last_job = 0
        """$!; 0 before there was one."""
        self.functions: dict[str, Command] = {}

    def copy(self) -> Shell:
        """A subshell: sees everything, changes nothing here."""
        other = Shell(self.device, self.pid)
        other.env = dict(self.env)
        other.cwd = self.cwd
        other.status = self.status
        other.arguments = list(self.arguments)
        other.calls = self.calls
        other.last_job = self.last_job
        other.functions = dict(self.functions)
        other.exit_on_error = self.exit_on_error
        return other

    async def run(self, text: str, streams: Streams) -> int:
        """Run a whole command line; returns its exit status. Background jobs that still print are awaited."""
        try:
            self.status = await self.source(text, streams)
        except ShellExit as exit_:
            self.status = exit_.code
        except FunctionReturn as return_:
            self.status = return_.code
        except LoopControl:
            pass
        if self.jobs:
            await asyncio.wait(self.jobs)
        return self.status

    async def source(self, text: str, streams: Streams) -> int:
        """Run text in this shell; `exit` and `break` come out as exceptions."""
        try:
            program = parse(text)
        except SyntaxProblem as problem:
            self.device.journal.write("unknown_syntax", line=text, reason=str(problem))
            await streams.stderr.write(f"{SH}: {problem}\n".encode())
            self.status = 1
            return 1
        if self.calls >= MAX_CALLS:
            await streams.stderr.write(f"{SH}: nested too deep\n".encode())
            return 1
        self.calls += 1
        try:
            return await self._sequence(program, streams)
        finally:
            self.calls -= 1

    async def call(self, words: list[str], streams: Streams) -> int:
        """Run one command given as its words."""
        return await self._invoke(words, streams)

    # -- control flow

    async def _sequence(self, sequence: Sequence, streams: Streams) -> int:
        for item in sequence.items:
            if item.background:
                self._background(item, streams)
                self.status = 0
            else:
                self.status = await self._item(item, streams)
        return self.status if sequence.items else 0

    def _background(self, item: Item, streams: Streams) -> None:
        shell = self.copy()
        quiet = replace(streams, stdin=Nothing())
        job = asyncio.get_running_loop().create_task(shell._job(item, quiet))
        process = self.device.shells.add(_job_name(item), lambda: _cancel(job))
        job.add_done_callback(lambda _: self.device.shells.remove(process))
        self.last_job = process.pid
        self.device.shells.keep(job)
        if not _redirected(item):
            self.jobs.add(job)
            job.add_done_callback(self.jobs.discard)

    async def _job(self, item: Item, streams: Streams) -> int:
        try:
            return await self._item(item, streams)
        except (ShellExit, FunctionReturn) as exit_:
            return exit_.code
        except (LoopControl, ConnectionError, BrokenPipeError):
            return 1

    async def _item(self, item: Item, streams: Streams) -> int:
        status = 0
        for index, (operator, pipeline) in enumerate(item.pipelines):
            if (operator == "&&" and status != 0) or (operator == "||" and status == 0):
                continue
            status = await self._pipeline(pipeline, streams)
            self.status = status
            last = index == len(item.pipelines) - 1
            if status and last and self.exit_on_error and not pipeline.negated:
                raise ShellExit(status)
        return status

    async def _pipeline(self, pipeline: Pipeline, streams: Streams) -> int:
        if len(pipeline.commands) == 1:
            status = await self._command(pipeline.commands[0], streams)
        else:
            status = await self._piped(pipeline.commands, streams)
        return int(not status) if pipeline.negated else status

    async def _piped(self, commands: list[Command], streams: Streams) -> int:
        pipes = [Pipe() for _ in commands[1:]]
        tasks = []
        for index, each in enumerate(commands):
            before = pipes[index - 1] if index else None
            after = pipes[index] if index < len(pipes) else None
            own = Streams(before or streams.stdin, after or streams.stdout, streams.stderr)
            tasks.append(asyncio.ensure_future(self.copy()._link(each, own, before, after)))
        try:
            return (await asyncio.gather(*tasks))[-1]
        finally:
            for task in tasks:
                task.cancel()

    async def _link(self, each: Command, streams: Streams, before: Pipe | None, after: Pipe | None) -> int:
        try:
            return await self._command(each, streams)
        except (ShellExit, FunctionReturn) as exit_:
            return exit_.code
        except LoopControl:
            return 0
        except BrokenPipeError:
            return 141
        finally:
            if before:
                before.abandon()
            if after:
                after.end()

    async def _command(self, each: Command, streams: Streams) -> int:
        opened: list[FileSink | FileSource] = []
        try:
            redirects = [] if isinstance(each, Function) else each.redirects
            own = await self._redirect(redirects, streams, opened)
            if own is None:
                return 1
            match each:
                case Simple():
                    return await self._simple(each, own)
                case Group():
                    return await self._group(each, own)
                case If():
                    return await self._if(each, own)
                case For():
                    return await self._for(each, own)
                case While():
                    return await self._while(each, own)
                case Case():
                    return await self._case(each, own)
                case Function():
                    self.functions[each.name] = each.body
                    return 0
                case _:
                    assert_never(each)
        except (SyntaxProblem, BadExpression) as problem:
            self.device.journal.write("unknown_syntax", line="", reason=str(problem))
            await streams.stderr.write(f"{SH}: {problem}\n".encode())
            return 1
        finally:
            for file in opened:
                file.close()

    async def _group(self, group: Group, streams: Streams) -> int:
        if not group.subshell:
            return await self._sequence(group.body, streams)
        shell = self.copy()
        try:
            return await shell._sequence(group.body, streams)
        except (ShellExit, FunctionReturn) as exit_:
            return exit_.code

    async def _if(self, each: If, streams: Streams) -> int:
        for condition, body in each.branches:
            if await self._condition(condition, streams):
                return await self._sequence(body, streams)
        return await self._sequence(each.otherwise, streams) if each.otherwise else 0

    async def _condition(self, condition: Sequence, streams: Streams) -> bool:
        strict, self.exit_on_error = self.exit_on_error, False
        try:
            return await self._sequence(condition, streams) == 0
        finally:
            self.exit_on_error = strict

    async def _for(self, each: For, streams: Streams) -> int:
        status = 0
        for value in await self._expander(streams).words(each.words):
            self.env[each.name] = value
            try:
                status = await self._sequence(each.body, streams)
            except LoopControl as control:
                if _leaves(control):
                    break
        return status

    async def _while(self, each: While, streams: Streams) -> int:
        status = 0
        while await self._condition(each.condition, streams) != each.until:
            try:
                status = await self._sequence(each.body, streams)
            except LoopControl as control:
                if _leaves(control):
                    break
            # A loop of builtins alone must not keep the twin's only thread.
            await asyncio.sleep(0)
        return status

    async def _case(self, each: Case, streams: Streams) -> int:
        subject = await self._expander(streams).text(each.subject)
        for patterns, body in each.branches:
            for pattern in patterns:
                if fnmatch.fnmatchcase(subject, await self._expander(streams).pattern(pattern)):
                    return await self._sequence(body, streams)
        return 0

    # -- simple commands

    async def _simple(self, each: Simple, streams: Streams) -> int:
        words = await self._expander(streams).words(each.words)
        assigned = {}
        for name, word in each.assignments:
            assigned[name] = await self._expander(streams).text(word)
        if not words:
            self.env.update(assigned)
            return self.status if _substitutes(each) else 0
        before = {name: self.env.get(name) for name in assigned}
        self.env.update(assigned)
        try:
            return await self._invoke(words, streams)
        finally:
            for name, value in before.items():
                if value is None:
                    self.env.pop(name, None)
                else:
                    self.env[name] = value

    async def _invoke(self, words: list[str], streams: Streams) -> int:
        name, *args = words
        if name in self.functions:
            return await self._function(self.functions[name], args, streams)
        found = COMMANDS.get(_program(name))
        if found is None:
            return await self._not_found(name, args, streams)
        run = Run(
            self.device, self, PurePosixPath(name).name, args, streams.stdin, streams.stdout, streams.stderr
        )
        try:
            return await found(run)
        except Usage as usage:
            self.device.journal.write("unknown_option", command=name, args=args, reason=str(usage))
            return await run.fail(str(usage), usage.code)
        except OSError as error:
            if isinstance(error, ConnectionError):
                raise
            return await run.refuse(str(error.filename or ""), error)

    async def _not_found(self, name: str, args: list[str], streams: Streams) -> int:
        self.device.journal.write("unknown_command", command=name, args=args)
        if "/" in name and self.device.files.host_path(name, self.cwd).exists():
            await streams.stderr.write(f"{SH}: {name}: can't execute: Permission denied\n".encode())
            return 126
        await streams.stderr.write(f"{SH}: {name}: inaccessible or not found\n".encode())
        return 127

    async def _function(self, body: Command, args: list[str], streams: Streams) -> int:
        if self.calls >= MAX_CALLS:
            await streams.stderr.write(f"{SH}: nested too deep\n".encode())
            return 1
        before, self.arguments = self.arguments, args
        self.calls += 1
        try:
            return await self._command(body, streams)
        except FunctionReturn as return_:
            return return_.code
        finally:
            self.calls -= 1
            self.arguments = before

    async def _redirect(
        self, redirects: list[Redirect], streams: Streams, opened: list[FileSink | FileSource]
    ) -> Streams | None:
        """The streams with redirections applied, or None when one failed (said on stderr)."""
        for each in redirects:
            target = await self._expander(streams).text(each.target)
            if each.kind == "<<":
                streams = replace(streams, stdin=Bytes(target.encode()))
                continue
            if each.kind == "dup":
                if target not in ("1", "2") or each.fd == 0:
                    raise SyntaxProblem(f"{each.fd}>&{target}: bad file descriptor")
                other = streams.stdout if target == "1" else streams.stderr
                streams = replace(streams, stdout=other) if each.fd == 1 else replace(streams, stderr=other)
                continue
            try:
                file = self._open(each.kind, target)
            except OSError as error:
                reason = os.strerror(error.errno or 5)
                verb = "open" if each.kind == "<" else "create"
                await streams.stderr.write(f"{SH}: can't {verb} {target}: {reason}\n".encode())
                return None
            if not isinstance(file, Nothing | Bytes):
                opened.append(file)
            match each.fd, file:
                case 0, FileSource() | Nothing() | Bytes():
                    streams = replace(streams, stdin=file)
                case 1, FileSink() | Nothing():
                    streams = replace(streams, stdout=file)
                case 2, FileSink() | Nothing():
                    streams = replace(streams, stderr=file)
                case _:
                    raise SyntaxProblem(f"{each.fd}{each.kind}{target}: bad redirection")
        return streams

    def _open(self, kind: str, target: str) -> FileSink | FileSource | Nothing | Bytes:
        files = self.device.files
        if files.resolve(target, self.cwd) == "/dev/null":
            return Nothing()
        if kind == "<":
            made = files.content(target, self.cwd)
            return Bytes(made) if made is not None else FileSource(files.check_read(target, self.cwd))
        return FileSink(files.check_write(target, self.cwd), kind == ">>", self.device.faults.check_disk)

    def _expander(self, streams: Streams) -> Expander:
        return Expander(self, lambda program: self._substitute(program, streams))

    async def _substitute(self, program: Sequence, streams: Streams) -> str:
        if self.calls >= MAX_CALLS:
            raise SyntaxProblem("nested too deep")
        shell = self.copy()
        shell.calls += 1
        collected = Collect()
        try:
            self.status = await shell._sequence(program, replace(streams, stdout=collected))
        except (ShellExit, FunctionReturn) as exit_:
            self.status = exit_.code
        return collected.data.decode("utf-8", errors="surrogateescape").rstrip("\n")


def _program(name: str) -> str:
    """Commands are known by name, and by their paths in /system/bin."""
    folder, slash, base = name.rpartition("/")
    return base if slash and folder in ("/system/bin", "/bin", "/system/xbin", "/vendor/bin") else name


def _leaves(control: LoopControl) -> bool:
    """Whether this loop ends; a break of several levels goes on outwards."""
    if control.levels > 1:
        control.levels -= 1
        raise control
    return not control.again


def _substitutes(each: Simple) -> bool:
    return any(isinstance(part, Substitution) for _, word in each.assignments for part in word.parts)


def _redirected(item: Item) -> bool:
    """Whether the job's output goes to files: then it may outlive its shell."""
    last = item.pipelines[-1][1].commands[-1]
    return not isinstance(last, Function) and {each.fd for each in last.redirects} >= {1, 2}


def _cancel(job: asyncio.Task[int]) -> None:
    job.cancel()


def _job_name(item: Item) -> str:
    """What `ps` calls a background job: its program, when that is plain."""
    last = item.pipelines[-1][1].commands[-1]
    return (last.words[0].literal or "sh") if isinstance(last, Simple) and last.words else "sh"
