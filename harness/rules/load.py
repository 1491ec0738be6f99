"""Every check in harness/rules/checks, found by scanning: one module, one rule, file name = id."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Sequence

from harness.model.errors import InputError
from harness.regulations.load import load_clauses
from harness.rules import checks
from harness.rules.rule import Rule


@functools.cache
def load_rules() -> Sequence[Rule]:
    """In the order of severity of the subject: notice, consent, timing. All broken modules in one
    InputError."""
    rules: list[Rule] = []
    broken: list[str] = []
    for module in pkgutil.iter_modules(checks.__path__):
        loaded = importlib.import_module(f"{checks.__name__}.{module.name}")
        found = [value for value in vars(loaded).values() if isinstance(value, Rule)]
        if len(found) != 1:
            broken.append(f"{loaded.__file__}: has {len(found)} rules; one file holds one rule")
            continue
        one = found[0]
        if not module.name.startswith(one.id.lower().replace("-", "_") + "_"):
            broken.append(f"{loaded.__file__}: id: {one.id} must begin the file's name")
        unknown = [clause for clause in one.clauses if clause not in load_clauses()]
        if unknown:
            broken.append(f"{loaded.__file__}: clauses: {', '.join(unknown)} not in harness/regulations")
        rules.append(one)
    if broken:
        raise InputError("\n".join(broken))
    return tuple(sorted(rules, key=lambda one: ("NCTPSXDRU".find(one.id[3]), one.id)))
