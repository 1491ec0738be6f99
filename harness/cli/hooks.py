"""`harness hooks`: what the agent watches, and what became of it in a run."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import typer

from harness.capture.agent_data import HookFacts, TargetFacts, hook_facts
from harness.model.data_type import NAMES
from harness.model.errors import InputError
from harness.model.run_folder import HOOKS, RunFolder

WORDS: Final = ("failed", "dead", "revived", "installed", "absent")
"""What became of a target, the worst first: that of one process stands for all."""
AS_JSON = typer.Option(False, "--json", help="Print JSON for programs.")
RUN = typer.Option(
    None, "--run", metavar="DIR", help="A run's folder; without it the newest one under runs/."
)


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="What the agent watches in an app's process.")
    group.command("list")(list_hooks)
    group.command("show")(show_hook)
    app.add_typer(group, name="hooks")


def list_hooks(run: Path | None = RUN, as_json: bool = AS_JSON) -> None:
    """All hooks: id, kind of data, layer, how many methods, what became of them in a run, and what they watch."""
    facts = hook_facts()
    folder = run or _newest()
    seen = _Seen(folder) if folder is not None else None
    if as_json:
        listed = [fact.model_dump() | {"status": seen.of(fact) if seen else None} for fact in facts]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for fact in facts:
        status = seen.of(fact) if seen else "-"
        typer.echo(
            f"{fact.id:22} {fact.data_type:18} {_layer(fact):11} {len(fact.targets):3}  {status:32} {fact.doc}"
        )
    targets = sum(len(fact.targets) for fact in facts)
    told = f"status in {folder}" if folder is not None else "no run is near: give one with --run DIR"
    typer.echo(f"{len(facts)} hooks on {targets} methods; {told}; `harness hooks show ID` tells one")


def show_hook(
    hook_id: str = typer.Argument(metavar="ID"), run: Path | None = RUN, as_json: bool = AS_JSON
) -> None:
    """One hook: what it records, every method it watches, on which API levels, and what became of it in a run."""
    fact = _find(hook_id)
    folder = run or _newest()
    seen = _Seen(folder) if folder is not None else None
    if as_json:
        shown = fact.model_dump() | {"status": seen.of(fact) if seen else None}
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    english, chinese = NAMES[fact.data_type]
    typer.echo(f"{fact.id}: {fact.doc}")
    typer.echo(f"records: {fact.kind}, {fact.data_type} ({english}, {chinese})")
    typer.echo(f"source:  hooks/src/observe/{fact.topic}/{fact.id}.ts")
    if seen is not None:
        typer.echo(f"in {folder}: {seen.of(fact)}")
    typer.echo("watches:")
    for target in fact.targets:
        other = f" ({target.data_type})" if target.data_type != fact.data_type else ""
        levels = f"  [{_levels(target)}]"
        status = f"  {seen.target(fact, target)}" if seen is not None else ""
        typer.echo(f"  {target.class_name}.{target.method}{other}{levels}{status}")


@dataclass(slots=True)
class _Seen:
    """What the agents of a run said of the hooks, all its processes together."""

    folder: Path
    statuses: dict[tuple[str, str], dict[int, tuple[str, str]]] = field(default_factory=dict)
    """(hook, "class.method") to what each process said last: status and reason."""
    events: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        path = RunFolder.open(self.folder).path / HOOKS
        if not path.is_file():
            return
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    record = json.loads(line)
                    self._note(int(record["pid"]), record["message"])
                except (ValueError, KeyError, TypeError) as error:
                    # The last line of a run that was killed may be half written.
                    if line.endswith("\n"):
                        raise InputError(
                            f"{path}:{number}: is no line that the agent wrote: {error}"
                        ) from error

    def of(self, fact: HookFacts) -> str:
        """ "installed 3/5, 12 events", "absent", "failed 1/5", "dead 1/5, installed 4/5" or "not in the run"."""
        words = Counter(self.target(fact, one).split(":")[0] for one in fact.targets)
        if words["not in the run"] == len(fact.targets):
            return "not in the run"
        told = [
            f"{word} {words[word]}/{len(fact.targets)}" for word in WORDS if word != "absent" and words[word]
        ]
        told += [f"{self.events[fact.id]} events"] if self.events[fact.id] else []
        told += [f"{self.errors[fact.id]} errors"] if self.errors[fact.id] else []
        return ", ".join(told) or "absent"

    def target(self, fact: HookFacts, target: TargetFacts) -> str:
        said = self.statuses.get((fact.id, f"{target.class_name}.{target.method}"), {}).values()
        for word in WORDS:
            for status, reason in said:
                if status == word:
                    return f"{status}: {reason}" if reason else status
        return "not in the run"

    def _note(self, pid: int, message: dict[str, object]) -> None:
        match message:
            case {"t": "targets", "targets": list(targets)}:
                for one in targets:
                    said = self.statuses.setdefault((one["hook"], one["target"]), {})
                    # A class may come a second time, by another loader: what failed once stays told.
                    if said.get(pid, ("", ""))[0] != "failed":
                        said[pid] = (one["status"], one["reason"])
            case {"t": "events", "events": list(events)}:
                self.events.update(event["hook"] for event in events)
            case {"t": "error", "hook": str(hook)}:
                self.errors[hook] += 1


def _newest() -> Path | None:
    """The newest run under runs/, where `harness check` puts them."""
    runs = [path.parent for path in Path("runs").glob("*/run.json")]
    return max(runs, key=lambda path: (path / "run.json").stat().st_mtime, default=None)


def _layer(fact: HookFacts) -> str:
    return "+".join(sorted({target.layer for target in fact.targets}))


def _levels(target: TargetFacts) -> str:
    if target.layer == "native":
        return "native"
    return f"API {target.levels}" if target.levels[:1].isdigit() else target.levels


def _find(hook_id: str) -> HookFacts:
    facts = {fact.id: fact for fact in hook_facts()}
    if hook_id in facts:
        return facts[hook_id]
    near = difflib.get_close_matches(hook_id, facts, n=3) or sorted(facts)
    raise InputError(f"{hook_id!r} is not a hook; did you mean {', '.join(near)}?")
