"""`harness rules`: which checks there are, what they need, and which clauses they rest on."""

from __future__ import annotations

import difflib
import json

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from harness.model.errors import InputError
from harness.regulations.load import load_clauses
from harness.report.words import SEEN
from harness.rules.load import load_rules
from harness.rules.profile import profile_ids
from harness.rules.rule import Rule

group = typer.Typer(help="The checks: list them, show one.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="rules")


@group.command("list")
def list_rules(
    clause: str | None = typer.Option(None, help="Only checks that rest on this clause, e.g. CN191-3.1."),
    json_output: bool = typer.Option(False, "--json", help="As JSON."),
) -> None:
    """Every check with its severity, its scenarios and the clauses it rests on."""
    if clause is not None and clause not in load_clauses():
        raise InputError(f"--clause {clause!r}: not known{_near(clause, list(load_clauses()))}")
    rules = [one for one in load_rules() if clause is None or clause in one.clauses]
    if json_output:
        print(json.dumps([_facts(one) for one in rules], ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    if console.is_terminal:
        table = Table("id", "severity", "check", "scenarios", "clauses", box=SIMPLE_HEAD)
        for one in rules:
            table.add_row(one.id, one.severity, one.title, ", ".join(one.scenarios), ", ".join(one.clauses))
        console.print(table)
    else:
        for one in rules:
            print(f"{one.id}  {one.severity:8}  {one.title} ({', '.join(one.scenarios)})")
    print(f"profiles: {', '.join(profile_ids())}")


@group.command("show")
def show_rule(
    check: str = typer.Argument(..., metavar="ID", help="e.g. PB-T01"),
    json_output: bool = typer.Option(False, "--json", help="As JSON."),
) -> None:
    """One check: what it looks for, what it needs to say `clear`, and its clauses with how their text
    was seen."""
    rules = {one.id: one for one in load_rules()}
    one = rules.get(check.upper())
    if one is None:
        raise InputError(
            f"{check!r} is not a check; use one of {', '.join(rules)}{_near(check.upper(), list(rules))}"
        )
    if json_output:
        print(json.dumps(_facts(one), ensure_ascii=False, indent=2))
        return
    print(f"{one.id}  {one.title} / {one.title_zh}")
    print(f"severity   {one.severity}")
    print(
        f"scenarios  {', '.join(one.scenarios)}"
        + (f" (also looks at {', '.join(one.also)})" if one.also else "")
    )
    print(f"gates      {', '.join(one.gates)}")
    if one.idle_s:
        print(
            f"window     {one.idle_s:g} s idle" + (f", {one.relaunches} relaunches" if one.relaunches else "")
        )
    print(f"\n{one.about}\n")
    for clause in one.clauses:
        cited = load_clauses()[clause]
        print(f"{clause}  {cited.instrument.title_zh} {cited.clause.ref} [{SEEN[cited.clause.seen][0]}]")
        print(f"    {cited.clause.says}")
        print(f"    {cited.clause.says_zh}")


def _facts(one: Rule) -> dict[str, object]:
    return {
        "id": one.id, "title": one.title, "title_zh": one.title_zh, "severity": one.severity,
        "scenarios": list(one.scenarios), "also": list(one.also), "gates": list(one.gates),
        "idle_s": one.idle_s, "relaunches": one.relaunches, "about": one.about,
        "clauses": [
            {
                "id": clause, "instrument": load_clauses()[clause].instrument.title,
                "instrument_zh": load_clauses()[clause].instrument.title_zh,
                **load_clauses()[clause].clause.model_dump(exclude={"id"}),
            }
            for clause in one.clauses
        ],
    }  # fmt: skip


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
