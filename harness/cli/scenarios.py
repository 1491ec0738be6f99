"""`harness scenarios list|show`."""

from __future__ import annotations

import json
from pathlib import Path

import typer
import yaml
from rich.console import Console
from rich.table import Table

from harness.scenario.load import ScenarioPlan, load_scenarios, read_scenario
from harness.scenario.step import in_words

_commands = typer.Typer(help="The walks that can be made through an app.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="scenarios")


@_commands.command("list")
def list_scenarios(as_json: bool = typer.Option(False, "--json", help="One JSON object a line.")) -> None:
    """All built-in scenarios, with how long they only watch."""
    plans = load_scenarios()
    if as_json:
        for plan in plans:
            print(json.dumps(_facts(plan), ensure_ascii=False))
        return
    table = Table("id", "name", "what is done", "watches")
    for plan in plans:
        table.add_row(plan.id, plan.name, f"{plan.title}\n{plan.title_zh}", f"{plan.dwell_seconds():.0f} s")
    Console().print(table)


@_commands.command("show")
def show_scenario(
    name: str = typer.Argument(..., metavar="ID|FILE", help="SC01, SC03-refuse, or a YAML file."),
    as_json: bool = typer.Option(False, "--json", help="As one JSON object."),
) -> None:
    """The steps of one scenario. A file of yours is checked on the way."""
    plan = read_scenario(Path(name)) if name.endswith((".yaml", ".yml")) else load_scenarios([name])[0]
    if as_json:
        print(json.dumps(_facts(plan), ensure_ascii=False))
        return
    steps = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)["steps"]
    print(f"{plan.name}: {plan.title} / {plan.title_zh}")
    print(yaml.safe_dump(steps, allow_unicode=True, sort_keys=False, width=100), end="")


def _facts(plan: ScenarioPlan) -> dict[str, object]:
    return {
        "id": plan.id,
        "name": plan.name,
        "title": plan.title,
        "title_zh": plan.title_zh,
        "dwell_seconds": plan.dwell_seconds(),
        "steps": [in_words(step) for step in plan.steps],
        "sha256": plan.sha256,
    }
