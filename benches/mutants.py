"""Mutation of the judge: one-line changes (a sign, a bound, a missing word) that the tests must catch.

`python benches/mutants.py [--sample N] [--seed S] [--jobs J] [PATH…]` makes the changes with cosmic-ray's operators.
The tests of rules and timeline run once under `coverage`, which says what test runs which line. Then each change
is made in a forked copy of that process, and only the tests that run its line are run again, fastest first. A
change outside functions (a rule's metadata, a default) needs a fresh process and is tried there. Without --sample
every mutant of harness/rules and harness/timeline is tried, which takes an hour and more.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest
from _pytest.runner import runtestprotocol
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).resolve().parent.parent
SCOPE = ("harness/rules", "harness/timeline")
TESTS = ("tests/rules", "tests/timeline")
KEPT = re.compile(
    r"BinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul)$"
    r"|ComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_Gt|Gt_Lt|LtE_GtE|GtE_LtE)$"
    r"|ComparisonOperator_(In_NotIn|NotIn_In|Is_IsNot|IsNot_Is)$"
    r"|UnaryOperator|AndWithOr|OrWithAnd|TrueWithFalse|FalseWithTrue|AddNot|BreakWithContinue"
    r"|ContinueWithBreak|NumberReplacer|ZeroIterationForLoop"
)
"""Of cosmic-ray's operators those that turn a sign, a bound, a condition or a loop. It has one for each pair of
binary operators and of comparisons as well (`-` into `<<`, `==` into `is`): they multiply what is tried by four
and test the same lines."""
BAR = 90
SLOWEST_S = 120
"""A mutant whose tests take longer hangs, and that is noticed."""
MOST_TESTS = 400
"""The fastest of those that run the line."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Mutant:
    path: Path
    operator: str
    occurrence: int

    def source(self) -> str:
        before = self.path.read_text(encoding="utf-8")
        after = mutate_code(before, plugins.get_operator(self.operator)(), self.occurrence)
        if after is None:
            raise SystemExit(f"{self.path}: {self.operator} {self.occurrence}: no such mutant")
        return str(after)

    def line(self, after: str) -> int:
        """The first that differs."""
        before = self.path.read_text(encoding="utf-8").splitlines()
        pairs = enumerate(zip(before, after.splitlines(), strict=False), 1)
        return next((number for number, (old, new) in pairs if old != new), 1)


def mutants(path: Path) -> Iterator[Mutant]:
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    for name in plugins.operator_names():
        if KEPT.search(name) is None:
            continue
        operator = plugins.get_operator(name)()
        count = sum(1 for node in nodes for _ in operator.mutation_positions(node))
        for occurrence in range(count):
            yield Mutant(path, name, occurrence)


@dataclass
class Trial:
    """The pytest plugin that runs every test once with coverage, and then some of them on each mutant."""

    chosen: Sequence[Mutant]
    jobs: int
    killed: int = 0
    tried: int = 0
    took: dict[str, float] = field(default_factory=dict)
    running: dict[int, tuple[Mutant, str]] = field(default_factory=dict)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.lines = self._covered(session)
        self.functions = _functions({str(one.path) for one in self.chosen})
        gc.freeze()
        for mutant in self.chosen:
            self._try(mutant)
        while self.running:
            self._wait()
        return True

    def _covered(self, session: pytest.Session) -> dict[str, dict[int, list[str]]]:
        watch = coverage.Coverage(
            data_file=None, source=[str(ROOT / one) for one in SCOPE], config_file=False
        )
        failing: set[str] = set()
        watch.start()
        for number, item in enumerate(session.items):
            watch.switch_context(item.nodeid)
            following = session.items[number + 1] if number + 1 < len(session.items) else None
            began = time.perf_counter()
            if not _passes(item, following):
                print(f"left out, it fails without any change: {item.nodeid}", flush=True)
                failing.add(item.nodeid)
            self.took[item.nodeid] = time.perf_counter() - began
        watch.stop()
        data = watch.get_data()
        return {
            name: {
                line: [one for one in tests if one not in failing]
                for line, tests in data.contexts_by_lineno(name).items()
            }
            for name in data.measured_files()
        }

    def _try(self, mutant: Mutant) -> None:
        after = mutant.source()
        line = mutant.line(after)
        change = self._change(mutant, after, line)
        if change is None:
            self._count(mutant, line, _dies_afresh(mutant, after))
            return
        tests = self._tests(mutant, line)
        while len(self.running) >= self.jobs:
            self._wait()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _in_child(change, tests)
        self.running[child] = (mutant, str(line))

    def _tests(self, mutant: Mutant, line: int) -> list[pytest.Item]:
        covered = self.lines.get(str(mutant.path), {})
        tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
        last = max((one.end_lineno or one.lineno for one in ast.walk(tree)
                    if isinstance(one, ast.stmt) and one.lineno <= line <= (one.end_lineno or one.lineno)
                    and not hasattr(one, "body")), default=line)  # fmt: skip
        names = {name for at in range(line, last + 1) for name in covered.get(at, []) if name}
        names = names or {
            name for at in range(max(1, line - 6), line) for name in covered.get(at, []) if name
        }
        if _function_at(tree, line) is None:
            names = {name for tests in covered.values() for name in tests if name}
        ordered = sorted(names, key=lambda name: self.took[name])[:MOST_TESTS]
        return [self.items[name] for name in ordered]

    def _change(self, mutant: Mutant, after: str, line: int) -> Callable[[], None] | None:
        """What makes the change in a process that has everything loaded; None when nothing can."""
        tree = ast.parse(after)
        if _function_at(tree, line) is not None:
            codes = _codes(compile(after, str(mutant.path), "exec"))
            return functools.partial(_swap, self.functions[str(mutant.path)], codes)
        for one in tree.body:
            if not one.lineno <= line <= (one.end_lineno or one.lineno):
                continue
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.value is not None:
                return functools.partial(_assign, mutant.path, one.target.id, ast.unparse(one.value))
        return None

    def _wait(self) -> None:
        child, status = os.waitpid(-1, 0)
        mutant, line = self.running.pop(child)
        self._count(mutant, int(line), status != 0)

    def _count(self, mutant: Mutant, line: int, dead: bool) -> None:
        self.tried += 1
        self.killed += dead
        if not dead:
            text = mutant.source().splitlines()[line - 1].strip()
            where = mutant.path.relative_to(ROOT)
            print(f"survived: {where}:{line}: {text}   ({mutant.operator} {mutant.occurrence})", flush=True)
        if self.tried % 50 == 0:
            share = 100 * self.killed / self.tried
            print(f"{self.tried}/{len(self.chosen)}: {share:.1f} % killed", flush=True)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following)
    return not any(report.failed for report in reports)


def _in_child(change: Callable[[], None], tests: Sequence[pytest.Item]) -> None:
    """Ends the process: 0 when every test passes."""
    signal.alarm(SLOWEST_S)
    code = 1
    try:
        change()
        pairs = zip(tests, [*tests[1:], None], strict=True)
        code = 0 if all(_passes(item, following) for item, following in pairs) else 1
    finally:
        os._exit(code)


def _function_at(tree: ast.Module, line: int) -> ast.AST | None:
    """The function whose body has this line; a default or a decorator belongs to what surrounds it."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Lambda) and one.body.lineno <= line <= (one.body.end_lineno or 0):
            return one
        if isinstance(one, FUNCTIONS) and not isinstance(one, ast.Lambda):
            body = one.body
            if body[0].lineno <= line <= (body[-1].end_lineno or 0):
                return one
    return None


def _codes(code: types.CodeType) -> dict[tuple[str, int], types.CodeType]:
    found = {(code.co_qualname, code.co_firstlineno): code}
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            found |= _codes(one)
    return found


def _functions(paths: set[str]) -> dict[str, list[types.FunctionType]]:
    found: dict[str, list[types.FunctionType]] = {path: [] for path in paths}
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename in found:
            found[one.__code__.co_filename].append(one)
    return found


def _swap(functions: Sequence[types.FunctionType], codes: dict[tuple[str, int], types.CodeType]) -> None:
    for one in functions:
        new = codes.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
        if new is not None:
            one.__code__ = new
    _forget()


def _assign(path: Path, name: str, value: str) -> None:
    home = next(one for one in sys.modules.values() if getattr(one, "__file__", None) == str(path))
    old = getattr(home, name)
    new = eval(value, vars(home))
    for one in list(sys.modules.values()):
        if getattr(one, "__name__", "").startswith(("harness", "test_")) and vars(one).get(name) is old:
            setattr(one, name, new)
    _forget()


def _forget() -> None:
    """What the product remembers between calls was made by the unchanged code."""
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and one.__module__.startswith(SCOPE_MODULES):
            one.cache_clear()


SCOPE_MODULES = tuple(one.replace("/", ".") for one in SCOPE)


def _dies_afresh(mutant: Mutant, after: str) -> bool:
    relative = mutant.path.relative_to(ROOT)
    check = re.match(r"pb_([a-z]\d\d)_", mutant.path.name)
    tests = list(TESTS) if check is None else ["tests/rules", "-k", f"PB-{check.group(1).upper()}"]
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy = Path(folder)
        for name in ("harness", "tests"):
            shutil.copytree(
                ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "data", "apps")
            )
        (copy / "harness/data").symlink_to(ROOT / "harness/data")
        (copy / relative).write_text(after, encoding="utf-8")
        shutil.copy(ROOT / "pyproject.toml", copy)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(command, cwd=copy, env=env, capture_output=True, timeout=400, check=False)
        except subprocess.TimeoutExpired:
            return True
    return done.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, help="so many mutants, drawn with --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("paths", nargs="*", default=list(SCOPE))
    said = parser.parse_args()
    files = [
        path
        for one in said.paths
        for path in ([ROOT / one] if one.endswith(".py") else sorted((ROOT / one).rglob("*.py")))
    ]
    every = [mutant for path in files for mutant in mutants(path)]
    chosen = every
    if said.sample is not None:
        chosen = random.Random(said.seed).sample(every, min(said.sample, len(every)))
    trial = Trial(chosen, said.jobs)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", f"--basetemp={folder}"]
        outcome = pytest.main([*options, *TESTS], plugins=[trial])
    if trial.tried != len(chosen):
        raise SystemExit(f"pytest ended with {outcome} before the mutants were tried")
    share = 100 * trial.killed / max(1, len(chosen))
    print(
        f"{trial.killed} of {len(chosen)} mutants killed ({share:.1f} %; {len(every)} in all; bar: {BAR} %)"
    )


if __name__ == "__main__":
    main()
