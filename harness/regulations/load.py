"""The catalogue of laws, standards and notice categories: every YAML file here, one instrument each.

Summaries are in our own words and are no legal advice; `seen` tells how far the source text was read.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import Field, ValidationError

from harness.model.errors import InputError
from harness.model.event import Fact

CATALOG: Final = Path(__file__).parent

Seen = Literal["text", "machine-translation", "partial", "memory"]


class Clause(Fact):
    id: str
    ref: str
    """Article, item or notice category as the instrument numbers it."""
    says: str
    says_zh: str
    seen: Seen
    source: str
    """Where it was read."""
    enforced: str = ""
    """An enforcement case or the matching notice category; empty when none was found."""
    observable: Literal["yes", "partly", "no"] = "yes"
    """Whether a test of the running app can see a breach."""
    needs: list[str] = []
    """What it takes to see one: ui, api, net, policy, perm, proc, manifest, backend."""
    unseen: str = ""
    """What of it a test of the running app cannot see, and why; empty when nothing is known to be hidden."""
    unseen_zh: str = ""


class Instrument(Fact):
    id: str
    title: str
    title_zh: str
    issuer: str
    date: str
    kind: str
    jurisdiction: str
    enforcer: str
    url: str = ""
    text_found: str
    """How much of the text was found."""
    clauses: list[Clause] = Field(min_length=1)


NOTICES: Final = frozenset({"CVERC", "MPSN", "MIITN", "CACN"})
"""Instruments whose clauses are the categories that regulators' notices are written in."""


class Cited(Fact):
    """A clause with the instrument it stands in."""

    instrument: Instrument
    clause: Clause

    @property
    def is_notice(self) -> bool:
        """Whether it is a category of enforcement notices."""
        return self.instrument.id in NOTICES

    @property
    def name(self) -> str:
        return f"{self.instrument.title}, {self.clause.ref}"

    @property
    def name_zh(self) -> str:
        return f"{self.instrument.title_zh} {self.clause.ref}"


@functools.cache
def load_clauses(folder: Path = CATALOG) -> Mapping[str, Cited]:
    """By clause id, in the order of instruments and clauses. Every broken file is named in one InputError."""
    cited: dict[str, Cited] = {}
    broken: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            instrument = Instrument.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, ValidationError) as error:
            broken.append(f"{path}: {error}")
            continue
        for clause in instrument.clauses:
            if clause.id in cited:
                broken.append(f"{path}: clauses: {clause.id!r} is given twice")
            cited[clause.id] = Cited(instrument=instrument, clause=clause)
    if broken:
        raise InputError("\n".join(broken))
    return cited
