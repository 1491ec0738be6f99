"""The built agent as the package carries it: its text and what its hooks watch."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter

from harness.model.data_type import DataType
from harness.model.errors import InputError
from harness.model.event import Fact

AGENT: Final = Path(__file__).parents[1] / "data" / "agent.js"
HOOKS: Final = AGENT.with_name("hooks.json")


Kind = Literal["native", "read", "permission", "write", "exec", "context", "end"]


class TargetFacts(Fact):
    class_name: str
    """For a native function: the library that exports it."""
    method: str
    """"$init" for constructors."""
    layer: Literal["java", "native"]
    overload: str | None
    """Java types of the one overload that is watched; None for all."""
    data_type: DataType
    kind: Kind
    levels: str = ""
    """API levels that have it, "26-" or "21-32"; "hidden", "vendor" or "library" when no level promises it; empty for
    a native function."""

    def applies(self, level: int) -> bool:
        """False when no device of this API level can have it."""
        spans = [span.partition("-") for span in self.levels.split(",") if span[:1].isdigit()]
        return not spans or any(int(first) <= level <= int(last or level) for first, _, last in spans)


class HookFacts(Fact):
    """One hook: what it watches and which data that gives."""

    id: str
    topic: str
    kind: Kind
    data_type: DataType
    doc: str
    """The Java it watches, in one line."""
    targets: list[TargetFacts]


def agent_source() -> str:
    return _read(AGENT)


def agent_sha256() -> str:
    return hashlib.sha256(agent_source().encode()).hexdigest()


def hook_facts() -> list[HookFacts]:
    """All hooks, by id."""
    return TypeAdapter(list[HookFacts]).validate_json(_read(HOOKS))


def kind_of(hook: str, target: str) -> DataType | None:
    """What is read at "class.method"; None when the agent has no such target, or it may be more than one kind."""
    kinds = {
        one.data_type
        for fact in hook_facts()
        if fact.id == hook and fact.data_type != "other"
        for one in fact.targets
        if f"{one.class_name}.{one.method}" == target
    }
    return kinds.pop() if len(kinds) == 1 else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: the agent is not built; run `python -m harness.capture.agent_build`"
        ) from error
