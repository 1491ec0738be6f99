"""Text: head, tail, wc, sort, uniq, cut, tr, xargs, base64, seq, …"""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from typing import Final

from harness.twin.command import Run, Usage, command
from harness.twin.commands.files import contents
from harness.twin.sh import Streams

MAX_INPUT: Final = 64 * 1024 * 1024
MAX_SEQ: Final = 1_000_000


async def whole_text(run: Run, names: list[str]) -> str:
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


@command("head")
async def head(run: Run) -> int:
    count, names, unit = _count(run, 10)
    if unit == "c":
        for name in names or ["-"]:
            left = count
            async for chunk in contents(run, name):
                await run.out(chunk[:left])
                left -= len(chunk)
                if left <= 0:
                    break
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
    text = await whole_text(run, names)
    data = text.encode("utf-8", errors="surrogateescape")
    pieces = data.splitlines(keepends=True) if unit == "n" else [data[at : at + 1] for at in range(len(data))]
    await run.out(
        b"".join(pieces[count - 1 :] if from_start else pieces[len(pieces) - min(count, len(pieces)) :])
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
        text = await whole_text(run, [name])
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
    lines = (await whole_text(run, options.rest)).splitlines()
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
    for line in (await whole_text(run, options.rest)).splitlines():
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
    for line in (await whole_text(run, options.rest)).splitlines():
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
    text = await whole_text(run, [])
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
    data = (await whole_text(run, options.rest)).encode("utf-8", errors="surrogateescape")
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
    for line in (await whole_text(run, run.args)).splitlines():
        await run.line(line[::-1])
    return 0


@command("xxd")
async def xxd(run: Run) -> int:
    options = run.options(flags="p")
    data = (await whole_text(run, options.rest)).encode("utf-8", errors="surrogateescape")
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
