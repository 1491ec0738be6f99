"""Mutation of the judge: one-line changes (a sign, a bound, a missing word) that the tests must catch.

`python benches/mutants.py [--sample N] [--seed S] [PATH…]` changes a copy of the checkout with cosmic-ray's operators.
A check's file is tried against its own fixture, every other file against the tests of rules and timeline. Without
--sample every mutant of harness/rules and harness/timeline is tried, which takes hours.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).resolve().parent.parent
SCOPE = ("harness/rules", "harness/timeline")
LEFT_OUT = re.compile(r"BinaryOperator_BitOr|RemoveDecorator|ExceptionReplacer|Variable")
"""`X | None` in annotations is never evaluated; a check without its decorator is no check at all."""
BAR = 90
TIMEOUT_S = 400


@dataclass(frozen=True, slots=True)
class Mutant:
    path: Path
    operator: str
    occurrence: int


def mutants(path: Path) -> Iterator[Mutant]:
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    for name in plugins.operator_names():
        if LEFT_OUT.search(name):
            continue
        operator = plugins.get_operator(name)()
        count = sum(1 for node in nodes for _ in operator.mutation_positions(node))
        for occurrence in range(count):
            yield Mutant(path, name, occurrence)


def tests_of(path: Path) -> list[str]:
    """The command's last words for a mutant of this file."""
    check = re.match(r"pb_([a-z]\d\d)_", path.name)
    if check is not None:
        return ["tests/rules/test_checks.py", "-k", f"PB-{check.group(1).upper()}"]
    return ["tests/rules", "tests/timeline"]


def is_killed(copy: Path, mutant: Mutant) -> tuple[bool, str]:
    """Whether a test fails, and the changed line."""
    relative = mutant.path.relative_to(ROOT)
    target = copy / relative
    before = mutant.path.read_text(encoding="utf-8")
    after = mutate_code(before, plugins.get_operator(mutant.operator)(), mutant.occurrence)
    if after is None:
        raise SystemExit(f"{relative}: {mutant.operator} {mutant.occurrence}: no such mutant")
    changed = next(
        (f"{number}: {new.strip()}" for number, (old, new) in enumerate(
            zip(before.splitlines(), after.splitlines(), strict=False), 1) if old != new), "",
    )  # fmt: skip
    target.write_text(after, encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests_of(relative)]
        env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, timeout=TIMEOUT_S, check=False)
        return done.returncode != 0, changed
    except subprocess.TimeoutExpired:
        return True, changed
    finally:
        target.write_text(before, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("paths", nargs="*", default=list(SCOPE))
    said = parser.parse_args()
    files = [
        path
        for one in said.paths
        for path in ([ROOT / one] if one.endswith(".py") else sorted((ROOT / one).rglob("*.py")))
    ]
    every = [mutant for path in files for mutant in mutants(path)]
    chosen = (
        every if said.sample is None else random.Random(said.seed).sample(every, min(said.sample, len(every)))
    )
    killed = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        for name in ("harness", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        for number, mutant in enumerate(chosen, 1):
            dead, changed = is_killed(copy, mutant)
            killed += dead
            if not dead:
                where = mutant.path.relative_to(ROOT)
                print(f"survived: {where}:{changed}   ({mutant.operator} {mutant.occurrence})", flush=True)
            if number % 10 == 0:
                print(f"{number}/{len(chosen)}: {100 * killed / number:.1f} % killed", flush=True)
    share = 100 * killed / max(1, len(chosen))
    print(f"{killed} of {len(chosen)} mutants killed ({share:.1f} %; {len(every)} in all; bar: {BAR} %)")


if __name__ == "__main__":
    main()
