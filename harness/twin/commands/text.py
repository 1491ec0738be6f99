"""Text: grep, head, tail, wc, sort, uniq, cut, tr, sed, xargs, base64, seq, …"""

from __future__ import annotations

import base64
import re
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from harness.twin.command import Run, Usage, command
from harness.twin.commands.files import contents
from harness.twin.sh import Streams

MAX_INPUT: Final = 64 * 1024 * 1024
MAX_SEQ: Final = 1_000_000


async def _text(run: Run, names: list[str]) -> str:
    """All files after each other, or stdin. Errors of single files end the command."""
    data = bytearray()
    for name in names or ["-"]:
        async for chunk in contents(run, name):
            data += chunk
            if len(data) > MAX_INPUT:
                raise Usage(f"{run.name}: more than {MAX_INPUT} bytes of input")
    return data.decode("utf-8", errors="surrogateescape")


async def lines(run: Run, name: str) -> AsyncIterator[str]:
    """Lines without their ends, as they arrive."""
    rest = b""
    async for chunk in contents(run, name):
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > MAX_INPUT:
            raise Usage(f"{run.name}: a line of more than {MAX_INPUT} bytes")
        for line in whole:
            yield line.decode("utf-8", errors="surrogateescape")
    if rest:
        yield rest.decode("utf-8", errors="surrogateescape")


def _basic(pattern: str) -> str:
    """A basic regular expression in Python's words: \\( \\) \\{ \\} \\| \\+ \\? are the operators there."""
    out = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and at + 1 < len(pattern):
            following = pattern[at + 1]
            out.append(following if following in "(){}|+?" else char + following)
            at += 2
            continue
        if char == "[":
            stop = pattern.find("]", at + 2)
            if stop > 0:
                out.append(_classes(pattern[at : stop + 1]))
                at = stop + 1
                continue
        out.append("\\" + char if char in "(){}|+?" else char)
        at += 1
    return "".join(out)


def _classes(text: str) -> str:
    names = {
        "alpha": "a-zA-Z",
        "digit": "0-9",
        "alnum": "a-zA-Z0-9",
        "space": r"\s",
        "upper": "A-Z",
        "lower": "a-z",
    }
    return re.sub(r"\[:(\w+):\]", lambda m: names.get(m[1], m[0]), text)


def _compile(run: Run, pattern: str, extended: bool, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(_classes(pattern) if extended else _basic(pattern), flags)
    except re.error as error:
        raise Usage(f"{run.name}: bad regex '{pattern}': {error}", 2) from None


@command("grep", "egrep", "fgrep")
async def grep(run: Run) -> int:
    options = run.options(
        flags="EFivclnowqshHxar",
        valued="eAmBC",
        words=("--color", "--line-buffered"),
        valued_words=("--color",),
    )
    patterns = options.values.get("e") or [options.rest.pop(0) if options.rest else ""]
    extended = "E" in options or run.name == "egrep"
    alternatives = [line for pattern in patterns for line in pattern.split("\n")]
    pieces = []
    for each in alternatives:
        fixed = "F" in options or run.name == "fgrep"
        piece = re.escape(each) if fixed else _compile(run, each, extended).pattern
        piece = rf"\b(?:{piece})\b" if "w" in options else piece
        pieces.append(rf"^(?:{piece})$" if "x" in options else f"(?:{piece})")
    wanted = re.compile("|".join(pieces), re.I if "i" in options else 0)
    names = options.rest or ["-"]
    if "r" in options:
        names = _below(run, names)
    shown = _Shown(
        names=("H" in options or len(names) > 1 or "r" in options) and "h" not in options,
        numbers="n" in options,
        only="o" in options,
        quiet=bool({"q", "c", "l"} & options.values.keys()),
        before=int(options.value("B") or options.value("C", "0")),
        after=int(options.value("A") or options.value("C", "0")),
        limit=int(options.value("m", "0")) or (1 if {"q", "l"} & options.values.keys() else MAX_INPUT),
    )
    total = 0
    for name in names:
        try:
            count = await _search(run, name, wanted, "v" in options, shown)
        except ConnectionError:
            raise
        except OSError as error:
            if "s" not in options:
                await run.refuse(name, error)
            continue
        total += count
        if "c" in options:
            await run.line(f"{name}:{count}" if shown.names else str(count))
        elif "l" in options and count:
            await run.line(name)
    return 0 if total else 1


@dataclass(frozen=True, slots=True)
class _Shown:
    """What grep prints of a hit."""

    names: bool
    numbers: bool
    only: bool
    quiet: bool
    before: int
    after: int
    limit: int


async def _search(run: Run, name: str, wanted: re.Pattern[str], inverted: bool, shown: _Shown) -> int:
    """How many lines hit. Lines are printed as they come: the input may be a log that never ends."""
    head = f"{name}:" if shown.names else ""
    earlier: deque[tuple[int, str]] = deque(maxlen=shown.before or 1)
    count, hit_at, last, number = 0, 0, 0, 0
    # hit_at: the last line that hit; last: the last one printed
    async for line in lines(run, name):
        number += 1
        hit = bool(wanted.search(line)) != inverted and count < shown.limit
        count += hit
        if shown.quiet:
            if count >= shown.limit:
                break
            continue
        if hit and shown.only:
            await run.out("".join(f"{head}{match[0]}\n" for match in wanted.finditer(line) if match[0]))
        elif hit:
            kept = [each for each in earlier if each[0] > last] if shown.before else []
            first = kept[0][0] if kept else number
            if (shown.before or shown.after) and last and first > last + 1:
                await run.line("--")
            for at, text in kept:
                await run.line(f"{head}{at}-{text}" if shown.numbers else f"{head}{text}")
            await run.line(f"{head}{number}:{line}" if shown.numbers else f"{head}{line}")
            hit_at = last = number
        elif hit_at and number - hit_at <= shown.after and not shown.only:
            await run.line(f"{head}{number}-{line}" if shown.numbers else f"{head}{line}")
            last = number
        earlier.append((number, line))
        if count >= shown.limit and number - hit_at >= shown.after:
            break
    return count


def _below(run: Run, names: list[str]) -> list[str]:
    found = []
    for name in names:
        base = run.device.files.check_read(name, run.shell.cwd)
        if not base.is_dir():
            found.append(name)
            continue
        found += [
            f"{name.rstrip('/')}/{path.relative_to(base)}"
            for path in sorted(base.rglob("*"))
            if path.is_file()
        ]
    return found


@command("head")
async def head(run: Run) -> int:
    count, names, unit = _count(run, 10)
    if unit == "c":
        await run.out((await _text(run, names))[:count])
        return 0
    for name in names or ["-"]:
        left = count
        if left:
            async for line in lines(run, name):
                await run.line(line)
                left -= 1
                if not left:
                    break
    return 0


@command("tail")
async def tail(run: Run) -> int:
    if run.args[:1] == ["-f"]:
        raise Usage("tail: -f is not known to the twin")
    from_start = any(arg.startswith("+") for arg in run.args)
    count, names, unit = _count(run, 10)
    text = await _text(run, names)
    pieces = text.splitlines(keepends=True) if unit == "n" else list(text)
    await run.out(
        "".join(pieces[count - 1 :] if from_start else pieces[len(pieces) - min(count, len(pieces)) :])
    )
    return 0


def _count(run: Run, default: int) -> tuple[int, list[str], str]:
    """(how many, files, "n" or "c"); `-5` means `-n 5`."""
    run.args = [f"-n{arg[1:]}" if re.fullmatch(r"-\d+", arg) else arg for arg in run.args]
    options = run.options(valued="nc", flags="qv")
    unit = "c" if "c" in options else "n"
    text = options.value(unit, str(default)).lstrip("+")
    if not text.lstrip("-").isdigit():
        raise Usage(f"{run.name}: bad number '{text}'")
    return abs(int(text)), options.rest, unit


@command("wc")
async def wc(run: Run) -> int:
    options = run.options(flags="lwcm")
    for name in options.rest or ["-"]:
        text = await _text(run, [name])
        sizes = {
            "l": text.count("\n"),
            "w": len(text.split()),
            "c": len(text.encode("utf-8", "surrogateescape")),
            "m": len(text),
        }
        letters = [letter for letter in "lwmc" if letter in options] or ["l", "w", "c"]
        suffix = f" {name}" if name != "-" else ""
        await run.line(" ".join(str(sizes[letter]) for letter in letters) + suffix)
    return 0


@command("sort")
async def sort(run: Run) -> int:
    options = run.options(flags="rnufs", valued="kt")
    lines = (await _text(run, options.rest)).splitlines()
    column = int(re.split(r"[,.]", options.value("k", "0"))[0] or 0)
    separator = options.value("t") or None

    def key(line: str) -> tuple[float, str]:
        fields = line.split(separator)
        text = (fields[column - 1] if column <= len(fields) else "") if column else line
        number = re.match(r"\s*-?\d+(\.\d+)?", text)
        return (
            float(number[0]) if number and "n" in options else 0.0,
            text.lower() if "f" in options else text,
        )

    lines.sort(key=key, reverse="r" in options)
    if "u" in options:
        lines = list(dict.fromkeys(lines))
    await run.out("".join(f"{line}\n" for line in lines))
    return 0


@command("uniq")
async def uniq(run: Run) -> int:
    options = run.options(flags="cdui")
    groups: list[list[str]] = []
    for line in (await _text(run, options.rest)).splitlines():
        if groups and groups[-1][0] == line:
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        if ("d" in options and len(group) < 2) or ("u" in options and len(group) > 1):
            continue
        await run.line(f"{len(group):7d} {group[0]}" if "c" in options else group[0])
    return 0


@command("cut")
async def cut(run: Run) -> int:
    options = run.options(flags="s", valued="dfcb")
    letter = next((letter for letter in "fcb" if letter in options), None)
    if letter is None:
        raise Usage("cut: -f or -c is needed")
    ranges = [_range(run, part) for part in options.value(letter).split(",")]
    separator = options.value("d", "\t")
    for line in (await _text(run, options.rest)).splitlines():
        pieces = line.split(separator) if letter == "f" else list(line)
        if letter == "f" and len(pieces) == 1:
            await run.out("" if "s" in options else f"{line}\n")
            continue
        kept = [piece for index, piece in enumerate(pieces, 1) if any(a <= index <= b for a, b in ranges)]
        await run.line((separator if letter == "f" else "").join(kept))
    return 0


def _range(run: Run, text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d*)(-?)(\d*)", text)
    if match is None or not (match[1] or match[3]):
        raise Usage(f"{run.name}: bad list '{text}'")
    start = int(match[1] or 1)
    return start, (int(match[3]) if match[3] else 1 << 60) if match[2] else start


@command("tr")
async def tr(run: Run) -> int:
    options = run.options(flags="dsc")
    sets = [_characters(text) for text in options.rest]
    if not sets or (len(sets) < 2 and not {"d", "s"} & options.values.keys()):
        raise Usage("tr: needs two sets")
    text = await _text(run, [])
    chosen = set(sets[0])
    if "c" in options:
        chosen = set(text) - chosen
    if "d" in options:
        text = "".join(char for char in text if char not in chosen)
    elif len(sets) > 1:
        last = sets[1][-1:] or ""
        table = {
            char: (sets[1][index] if index < len(sets[1]) else last) for index, char in enumerate(sets[0])
        }
        text = "".join(
            (last if char in chosen else char) if "c" in options else table.get(char, char) for char in text
        )
    if "s" in options:
        squeezed = set(sets[-1])
        text = re.sub(r"(.)\1+", lambda m: m[1] if m[1] in squeezed else m[0], text, flags=re.S)
    await run.out(text)
    return 0


def _characters(text: str) -> str:
    text = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").replace("\\0", "\0")
    text = (
        text.replace("[:upper:]", "A-Z")
        .replace("[:lower:]", "a-z")
        .replace("[:digit:]", "0-9")
        .replace("[:space:]", " \t\n\r")
    )
    return re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), text, flags=re.S)


@command("sed")
async def sed(run: Run) -> int:
    """s/A/B/[g][i][p], /A/p, /A/d, Np, N,Mp, Nd, $p; -n, -E, -e"""
    options = run.options(flags="nEr", valued="e")
    scripts = options.values.get("e") or [options.rest.pop(0) if options.rest else ""]
    extended = "E" in options or "r" in options
    steps = [
        _step(run, piece.strip(), extended)
        for script in scripts
        for piece in re.split(r"[;\n](?![^/]*/[gip]*$)", script)
    ]
    lines = (await _text(run, options.rest)).splitlines()
    for index, line in enumerate(lines, 1):
        printed = 0
        deleted = False
        for step in steps:
            if not step.applies(line, index, index == len(lines)):
                continue
            if step.verb == "d":
                deleted = True
                break
            if step.pattern is None:
                printed += 1
            else:
                line, count = step.pattern.subn(step.replacement, line, count=0 if "g" in step.flags else 1)
                printed += int(bool(count) and "p" in step.flags)
        if not deleted:
            await run.out(f"{line}\n" * (printed + (0 if "n" in options else 1)))
    return 0


class _Step:
    def __init__(
        self, verb: str, pattern: re.Pattern[str] | None = None, replacement: str = "", flags: str = ""
    ) -> None:
        self.verb = verb
        self.pattern = pattern
        self.replacement = replacement
        self.flags = flags
        self.first: str | None = None
        self.last: str | None = None
        self.match: re.Pattern[str] | None = None

    def applies(self, line: str, number: int, is_last: bool) -> bool:
        if self.match is not None:
            return bool(self.match.search(line))
        if self.first is None:
            return True
        low = number if self.first == "$" and is_last else int(self.first) if self.first != "$" else 1 << 60
        high = low if self.last is None else 1 << 60 if self.last == "$" else int(self.last)
        return low <= number <= high


def _step(run: Run, text: str, extended: bool) -> _Step:
    match = re.match(r"(?:(\d+|\$)(?:,(\d+|\$))?|/((?:[^/\\]|\\.)*)/)?\s*", text)
    assert match is not None
    rest = text[match.end() :]
    if rest in ("p", "d"):
        step = _Step(rest)
    elif rest[:1] == "s" and len(rest) > 1:
        mark = re.escape(rest[1])
        parts = re.fullmatch(
            rf"s{mark}((?:[^{mark}\\]|\\.)*){mark}((?:[^{mark}\\]|\\.)*){mark}([gipI]*)", rest, re.S
        )
        if parts is None:
            raise Usage(f"sed: bad pattern '{text}'")
        pattern = _compile(run, parts[1], extended, re.I if "i" in parts[3].lower() else 0)
        replacement = re.sub(r"\\(\d)", r"\\g<\1>", re.sub(r"(?<!\\)&", r"\\g<0>", parts[2])).replace(
            "\\&", "&"
        )
        step = _Step("s", pattern, replacement.replace("\\/", "/"), parts[3])
    else:
        raise Usage(f"sed: '{text}' is not known to the twin")
    step.first, step.last = match[1], match[2]
    step.match = _compile(run, match[3], extended) if match[3] is not None else None
    return step


@command("xargs")
async def xargs(run: Run) -> int:
    args = list(run.args)
    size, replace_text, skip_empty = 0, "", False
    while args and args[0].startswith("-"):
        option = args.pop(0)
        if option == "-r":
            skip_empty = True
        elif option[:2] in ("-n", "-I") and (len(option) > 2 or args):
            value = option[2:] or args.pop(0)
            if option[1] == "I":
                replace_text = value
            else:
                size = int(value)
        else:
            raise run.unknown(option)
    data = (await run.read_all()).decode("utf-8", errors="surrogateescape")
    items = data.splitlines() if replace_text else data.split()
    if not items and skip_empty:
        return 0
    base = args or ["echo"]
    step = 1 if replace_text else size or max(1, len(items))
    status = 0
    for at in range(0, max(1, len(items)), step):
        batch = items[at : at + step]
        words = (
            [word.replace(replace_text, batch[0]) for word in base]
            if replace_text and batch
            else base + batch
        )
        if await run.shell.call(words, Streams(run.stdin, run.stdout, run.stderr)):
            status = 123
    return status


@command("base64")
async def base64_(run: Run) -> int:
    options = run.options(flags="di", valued="w")
    data = (await _text(run, options.rest)).encode("utf-8", errors="surrogateescape")
    if "d" in options:
        try:
            await run.out(base64.b64decode(data))
        except ValueError:
            return await run.fail("base64: bad input")
        return 0
    width = int(options.value("w", "76")) or 1 << 30
    text = base64.b64encode(data).decode()
    for at in range(0, len(text), width):
        await run.line(text[at : at + width])
    return 0


@command("seq")
async def seq(run: Run) -> int:
    if not run.args or not all(re.fullmatch(r"-?\d+", arg) for arg in run.args) or len(run.args) > 3:
        raise Usage("seq: needs one to three whole numbers")
    numbers = [int(arg) for arg in run.args]
    first, step, last = (
        (1, 1, *numbers)
        if len(numbers) == 1
        else (numbers[0], 1, numbers[1])
        if len(numbers) == 2
        else numbers
    )
    if step == 0 or abs(last - first) // abs(step) > MAX_SEQ:
        raise Usage("seq: that is too many numbers")
    for number in range(first, last + (1 if step > 0 else -1), step):
        await run.line(str(number))
    return 0


@command("rev")
async def rev(run: Run) -> int:
    for line in (await _text(run, run.args)).splitlines():
        await run.line(line[::-1])
    return 0


@command("xxd")
async def xxd(run: Run) -> int:
    options = run.options(flags="p")
    data = (await _text(run, options.rest)).encode("utf-8", errors="surrogateescape")
    if "p" in options:
        for at in range(0, len(data), 30):
            await run.line(data[at : at + 30].hex())
        return 0
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        pairs = " ".join(row[index : index + 2].hex() for index in range(0, len(row), 2))
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        await run.line(f"{at:08x}: {pairs:<39}  {shown}")
    return 0
