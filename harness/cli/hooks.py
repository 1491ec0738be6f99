"""`harness hooks`: what the agent watches."""

from __future__ import annotations

import difflib
import json

import typer

from harness.capture.agent_data import HookFacts, hook_facts
from harness.model.data_type import NAMES
from harness.model.errors import InputError

AS_JSON = typer.Option(False, "--json", help="Print JSON for programs.")


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="What the agent watches in an app's process.")
    group.command("list")(list_hooks)
    group.command("show")(show_hook)
    app.add_typer(group, name="hooks")


def list_hooks(as_json: bool = AS_JSON) -> None:
    """All hooks: id, kind of data, and the Java they watch."""
    facts = hook_facts()
    if as_json:
        typer.echo(json.dumps([fact.model_dump() for fact in facts], ensure_ascii=False, indent=2))
        return
    for fact in facts:
        typer.echo(f"{fact.id:22} {fact.data_type:18} {fact.doc}")
    targets = sum(len(fact.targets) for fact in facts)
    typer.echo(f"{len(facts)} hooks on {targets} methods; `harness hooks show ID` tells one")


def show_hook(hook_id: str = typer.Argument(metavar="ID"), as_json: bool = AS_JSON) -> None:
    """One hook: what it records and every Java method it watches."""
    fact = _find(hook_id)
    if as_json:
        typer.echo(json.dumps(fact.model_dump(), ensure_ascii=False, indent=2))
        return
    english, chinese = NAMES[fact.data_type]
    typer.echo(f"{fact.id}: {fact.doc}")
    typer.echo(f"records: {fact.kind}, {fact.data_type} ({english}, {chinese})")
    typer.echo(f"source:  hooks/src/observe/{fact.topic}/{fact.id}.ts")
    typer.echo("watches:")
    for target in fact.targets:
        other = f" ({target.data_type})" if target.data_type != fact.data_type else ""
        typer.echo(f"  {target.class_name}.{target.method}{other}")


def _find(hook_id: str) -> HookFacts:
    facts = {fact.id: fact for fact in hook_facts()}
    if hook_id in facts:
        return facts[hook_id]
    near = difflib.get_close_matches(hook_id, facts, n=3) or sorted(facts)
    raise InputError(f"{hook_id!r} is not a hook; did you mean {', '.join(near)}?")
