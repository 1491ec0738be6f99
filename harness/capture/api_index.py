"""Does a hook's target exist? Android's public API by level, and the reviewed list of what is hidden or a vendor's.

The index is derived from the npm package @nativescript/types-android (8.4.0 for the levels 17 to 33, 9.1.1 for
37) by `python -m harness.capture.api_index`, which needs npm; nothing of the package itself is shipped.
"""

from __future__ import annotations

import csv
import difflib
import functools
import gzip
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from harness.capture.agent_data import HookFacts
from harness.model.errors import InputError

FOLDER: Final = Path(__file__).parents[2] / "hooks"
INDEX: Final = "api-index.tsv.gz"
HIDDEN: Final = "hidden-targets.tsv"
FIRST, LAST, NEWEST = 17, 33, 37
LEVELS: Final = (*range(FIRST, LAST + 1), NEWEST)
TYPES: Final = {"types8": "8.4.0", "types9": "9.1.1"}

_PACKAGES: Final = re.compile(
    r"(android\.(accessibilityservice|accounts|adservices|app|bluetooth|content|database|hardware|location|media|net"
    r"|os|provider|security|service|telephony|util|view\.accessibility|webkit)\b|android\.view\.[A-Z]|dalvik\.system\."
    r"|java\.(io|lang|net|security|util)\b|javax\.(crypto|net)\b)"
)
_OPEN: Final = re.compile(
    r"^\t*(?:declare|export) (module|namespace|(?:abstract )?class|interface) ([\w$]+)(.*)\{$"
)
_METHOD: Final = re.compile(r"^\t*(?:public|protected)?\s*(?:static |abstract )*([\w$]+)\(")
_EXTENDS: Final = re.compile(r"extends ([\w.$]+)")
_LEVELS: Final = re.compile(r"\d+-\d*|as [\w.$]+|hidden|vendor|library")


@dataclass(slots=True)
class ApiClass:
    extends: str = ""
    levels: set[int] = field(default_factory=set)
    methods: dict[str, set[int]] = field(default_factory=dict)
    """"$init" among them. Inherited ones stand at the class that declares them."""


Index = dict[str, ApiClass]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Methods outside the public API that someone looked at."""

    class_name: str
    methods: frozenset[str]
    """Empty: those that the public class named in `levels` has."""
    levels: str
    """"26-": API levels. "as android.x.Y": those of a public class that this one implements. "hidden": no promise of
    any level. "vendor", "library": no part of Android."""
    source: str


def main() -> None:
    try:
        write_index(fetch())
    except InputError as error:
        print(f"api index: {error}", file=sys.stderr)
        sys.exit(2)


def fetch() -> Index:
    """Install the two packages into a folder that is thrown away, and read them."""
    with tempfile.TemporaryDirectory(prefix="harness-api-") as folder:
        wanted = [f"{name}@npm:@nativescript/types-android@{version}" for name, version in TYPES.items()]
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *wanted]
        try:
            subprocess.run(command, cwd=folder, check=True, timeout=600)
        except (OSError, subprocess.SubprocessError) as error:
            raise InputError(f"npm install of @nativescript/types-android failed: {error}") from error
        return read_types(Path(folder) / "node_modules")


def read_types(modules: Path) -> Index:
    index: Index = {}
    for level in LEVELS:
        package = "types9" if level == NEWEST else "types8"
        path = modules / package / "lib" / "android" / f"android-platform-{level}.d.ts"
        with path.open(encoding="utf-8") as lines:
            _read(lines, level, index)
    return index


def _read(lines: Iterator[str], level: int, index: Index) -> None:
    """Declarations are nested blocks, one brace a line; a package is in lower case, a class is not."""
    names: list[str] = []
    for raw in lines:
        line = raw.rstrip()
        if line.endswith("{"):
            opened = _OPEN.match(line)
            names.append(opened.group(2) if opened else "")
            if opened and opened.group(1) not in ("module", "namespace"):
                _open_class(_binary(names), opened.group(3), level, index)
        elif line.lstrip().startswith("}"):
            names.pop()
        elif (method := _METHOD.match(line)) and (declared := index.get(_binary(names))) is not None:
            name = "$init" if method.group(1) in ("constructor", "new") else method.group(1)
            declared.methods.setdefault(name, set()).add(level)


def _open_class(name: str, rest: str, level: int, index: Index) -> None:
    if not _PACKAGES.match(name):
        return
    known = index.setdefault(name, ApiClass())
    known.levels.add(level)
    if parent := _EXTENDS.search(rest):
        known.extends = _binary(parent.group(1).split("."))


def _binary(names: list[str]) -> str:
    text = ""
    for name in names:
        separator = "" if not text else "$" if text.rpartition(".")[2][:1].isupper() else "."
        text += separator + name
    return text


def write_index(index: Index, path: Path = FOLDER / INDEX) -> None:
    """One line a class: name, superclass, levels, methods (with their levels where they differ)."""
    rows = [
        "# Derived from the npm package @nativescript/types-android "
        f"{TYPES['types8']} (levels {FIRST}-{LAST}) and {TYPES['types9']} (level {NEWEST}), Apache-2.0."
    ]
    for name, known in sorted(index.items()):
        methods = [
            method if levels == known.levels else f"{method}:{_span(levels)}"
            for method, levels in sorted(known.methods.items())
        ]
        rows.append("\t".join([name, known.extends, _span(known.levels), " ".join(methods)]))
    text = "\n".join(rows) + "\n"
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


@functools.cache
def load_index(path: Path = FOLDER / INDEX) -> Index:
    index: Index = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        if line.startswith("#"):
            continue
        name, extends, levels, methods = line.split("\t")
        known = ApiClass(extends, _levels(levels))
        for word in methods.split():
            method, _, own = word.partition(":")
            known.methods[method] = _levels(own) if own else known.levels
        index[name] = known
    return index


def load_hidden(path: Path = FOLDER / HIDDEN) -> list[Hidden]:
    """Raises InputError naming the line of a row that is no reviewed target."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not row or row[0].startswith("#") or row == ["class", "methods", "levels", "source"]:
                continue
            if len(row) != 4 or not _LEVELS.fullmatch(row[2]) or not row[3].strip():
                raise InputError(
                    f"{path}:{number}: wants class, methods, levels and a source, by tabs: {row}"
                )
            found.append(Hidden(row[0], frozenset(row[1].replace("*", "").split()), row[2], row[3]))
    return found


class Targets:
    """What is known to exist."""

    def __init__(self, index: Index, hidden: list[Hidden]) -> None:
        self.index = index
        self.hidden = hidden

    def levels(self, class_name: str, method: str) -> str | None:
        """ "26-33", "hidden", "vendor" or "library"; None when nothing knows the method."""
        reviewed = [one for one in self.hidden if one.class_name == class_name]
        for one in reviewed:
            if method in one.methods:
                return one.levels
        for one in reviewed:
            if one.levels.startswith("as ") and (levels := self._public(one.levels[3:], method)):
                return _span(levels)
        public = self._public(class_name, method)
        return _span(public) if public else None

    def nearest(self, class_name: str, method: str) -> str:
        """What a target that does not exist may have meant."""
        classes = sorted({*self.index, *(one.class_name for one in self.hidden)})
        if class_name not in classes:
            near = difflib.get_close_matches(class_name, classes, n=2, cutoff=0.6)
            return f"there is no class {class_name}{_meant(near)}"
        near = difflib.get_close_matches(method, sorted(self._methods(class_name)), n=2, cutoff=0.5)
        return f"{class_name} has no {method}{_meant(near)}"

    def _public(self, class_name: str, method: str) -> set[int]:
        known = self.index.get(class_name)
        if known is None:
            return set()
        found: set[int] = set()
        for one in self._line(class_name):
            found |= one.methods.get(method, set())
        return found & known.levels

    def _methods(self, class_name: str) -> set[str]:
        names = {name for one in self._line(class_name) for name in one.methods}
        for one in self.hidden:
            if one.class_name == class_name:
                names |= one.methods
                names |= self._methods(one.levels[3:]) if one.levels.startswith("as ") else set()
        return names

    def _line(self, class_name: str) -> Iterator[ApiClass]:
        """The class and those it inherits from."""
        seen = set[str]()
        while class_name in self.index and class_name not in seen:
            seen.add(class_name)
            yield self.index[class_name]
            class_name = self.index[class_name].extends


def _meant(near: list[str]) -> str:
    return (
        f"; did you mean {' or '.join(near)}?"
        if near
        else f"; is it hidden? Then {HIDDEN} wants it and a source"
    )


def unused(facts: list[HookFacts], hidden: list[Hidden]) -> Iterator[str]:
    """Reviewed targets that no hook has any more."""
    used = {(target.class_name, target.method) for fact in facts for target in fact.targets}
    classes = {class_name for class_name, _ in used}
    for one in hidden:
        if one.class_name not in classes:
            yield f"{HIDDEN}: {one.class_name} is no hook's target"
        for method in sorted(one.methods):
            if (one.class_name, method) not in used and one.class_name in classes:
                yield f"{HIDDEN}: {one.class_name}.{method} is no hook's target"


def _span(levels: set[int]) -> str:
    """ "17-28", "26-" up to the newest."""
    parts: list[list[int]] = []
    for level in sorted(levels):
        if parts and LEVELS.index(level) == LEVELS.index(parts[-1][-1]) + 1:
            parts[-1].append(level)
        else:
            parts.append([level])
    return ",".join(f"{first}-{'' if last == NEWEST else last}" for first, last in map(_ends, parts))


def _ends(part: list[int]) -> tuple[int, int]:
    return part[0], part[-1]


def _levels(span: str) -> set[int]:
    found: set[int] = set()
    for part in span.split(","):
        first, _, last = part.partition("-")
        found |= {level for level in LEVELS if int(first) <= level <= int(last or NEWEST)}
    return found


if __name__ == "__main__":
    main()
