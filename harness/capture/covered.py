"""Which known way of reading personal data which hook watches: hooks/coverage.tsv, and docs/coverage.md made from it.

`python -m harness.capture.covered` checks the table against the built hooks and writes the page anew.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from harness.capture.agent_data import HookFacts, hook_facts
from harness.model.data_type import DataType
from harness.model.errors import InputError

ROOT: Final = Path(__file__).parents[2]
TABLE: Final = ROOT / "hooks" / "coverage.tsv"
PAGE: Final = ROOT / "docs" / "coverage.md"
SCOPES: Final = {
    "privacy": "Reads that other tools watch too",
    "gap": "Reads that no other tool watches properly",
    "beyond": "Around reads: what becomes of a value, and how an app comes to run",
}


@dataclass(frozen=True, slots=True)
class Row:
    scope: str
    class_name: str
    method: str
    data_type: str
    hook: str
    """Empty when nothing can watch it; then `because` says why."""
    target: str
    """ "class.method" that the hook watches instead of the row's own."""
    because: str

    @property
    def watched(self) -> str:
        return self.target or f"{self.class_name}.{self.method}".replace("<init>", "$init")


def main() -> None:
    try:
        rows = load()
        if found := list(problems(rows, hook_facts())):
            raise InputError("\n  ".join([f"{TABLE} is not as it must be:", *found]))
        PAGE.write_text(page(rows), encoding="utf-8")
    except InputError as error:
        print(f"coverage: {error}", file=sys.stderr)
        sys.exit(2)


def load(path: Path = TABLE) -> list[Row]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if len(row) != 7:
            raise InputError(
                f"{path}: {row}: wants scope, class, method, data_type, hook, target, because, by tabs"
            )
    return [Row(*row) for row in rows]


def problems(rows: list[Row], facts: list[HookFacts]) -> Iterator[str]:
    """Rows that neither a hook nor a reason answers for, and hooks that do not watch what they are said to."""
    watched = {fact.id: {f"{one.class_name}.{one.method}" for one in fact.targets} for fact in facts}
    for row in rows:
        where = f"{row.class_name}.{row.method}"
        if row.scope not in SCOPES:
            yield f"{where}: {row.scope!r} is no scope; use one of {', '.join(SCOPES)}"
        if row.data_type not in get_args(DataType):
            yield f"{where}: {row.data_type!r} is no data type"
        if not row.hook:
            if not row.because:
                yield f"{where}: has neither a hook nor a reason"
        elif row.hook not in watched:
            yield f"{where}: there is no hook {row.hook}"
        elif row.watched not in watched[row.hook]:
            yield f"{where}: {row.hook} does not watch {row.watched}"


def page(rows: list[Row]) -> str:
    lines = [
        "# What is watched, and what cannot be",
        "",
        "Made from `hooks/coverage.tsv` by `python -m harness.capture.covered`. `harness hooks show ID` tells a hook's",
        "every target and the API levels that have it; `harness hooks list --run RUN` what was in place in a run.",
        "",
        f"{sum(bool(row.hook) for row in rows)} of {len(rows)} ways are watched.",
    ]
    for scope, title in SCOPES.items():
        lines += ["", f"## {title}", "", "| Java or file | data | hook | note |", "| --- | --- | --- | --- |"]
        lines += [_line(row) for row in rows if row.scope == scope and row.hook]
    lines += ["", "## Not watched, and why", "", "| Java or file | data | why |", "| --- | --- | --- |"]
    lines += [f"| {_name(row)} | {row.data_type} | {row.because} |" for row in rows if not row.hook]
    return "\n".join([*lines, ""])


def _line(row: Row) -> str:
    at = f"at `{row.target}`" if row.target else ""
    return f"| {_name(row)} | {row.data_type} | {row.hook} | {'; '.join(filter(None, [at, row.because]))} |"


def _name(row: Row) -> str:
    return f"`{row.class_name}` {row.method}".replace("|", "\\|")


if __name__ == "__main__":
    main()
