"""`harness sdks`: which SDKs the catalogue knows, and what it claims about one."""

from __future__ import annotations

import difflib
import json
from typing import get_args

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from harness.model.data_type import NAMES
from harness.model.errors import InputError
from harness.sdks.load import load_signatures
from harness.sdks.sender import Sender, load_senders
from harness.sdks.signature import Category, Signature

group = typer.Typer(help="The SDK catalogue: list it, show one.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="sdks")


@group.command("list")
def list_sdks(
    category: str | None = typer.Option(None, help="Only this category, e.g. push."),
    country: str | None = typer.Option(None, help="Only companies with their seat there, e.g. CN."),
    json_output: bool = typer.Option(False, "--json", help="As JSON."),
) -> None:
    """Every SDK, library and platform part that stacks and hosts are attributed to."""
    categories: list[str] = list(get_args(Category))
    if category is not None and category not in categories:
        near = _near(category, categories)
        raise InputError(f"--category {category!r}: use one of {', '.join(categories)}{near}")
    chosen = [
        one
        for one in load_signatures()
        if (category is None or one.category == category)
        and (country is None or one.country == country.upper())
    ]
    if json_output:
        print(json.dumps([one.model_dump() for one in chosen], ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    if console.is_terminal:
        table = Table("id", "name", "company", "country", "category", box=SIMPLE_HEAD)
        for one in chosen:
            table.add_row(one.id, _both(one), one.company, one.country, one.category)
        console.print(table)
    else:
        for one in chosen:
            print(f"{one.id}  {one.category}  {one.country or '--'}  {_both(one)}")
    print(f"{len(chosen)} of {len(load_signatures())}")


@group.command("show")
def show_sdk(
    sdk: str = typer.Argument(..., metavar="ID", help="e.g. jpush"),
    json_output: bool = typer.Option(False, "--json", help="As JSON."),
) -> None:
    """One SDK: its packages, hosts and keys, each with why it is believed, and where its requests are known
    to carry data."""
    known = {one.id: one for one in load_signatures()}
    one = known.get(sdk.lower())
    if one is None:
        raise InputError(f"{sdk!r} is not in the catalogue{_near(sdk.lower(), list(known))}")
    senders = [sender for sender in load_senders() if sender.sdk == one.id]
    if json_output:
        facts = {**one.model_dump(), "senders": [sender.model_dump() for sender in senders]}
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    print(f"{one.id}  {_both(one)}")
    print(f"company    {one.company or 'nobody in particular'}{f' ({one.country})' if one.country else ''}")
    print(f"category   {one.category}")
    _claims("packages", [(claim.prefix, claim.because) for claim in one.prefixes])
    _claims("hosts", [(claim.host, claim.because) for claim in one.hosts])
    _claims("keys", [(f"{claim.key} {claim.value}".strip(), claim.because) for claim in one.keys])
    _claims("certificates", [(claim.organisation, claim.because) for claim in one.organisations])
    _claims("says it collects", [(NAMES[claim.data_type][0], claim.because) for claim in one.collects])
    for sender in senders:
        _claims(f"known sender {sender.id}, {_where(sender)}", _data(sender))


def _where(sender: Sender) -> str:
    return f"{', '.join(sender.hosts) or 'any host'} {sender.path}"


def _data(sender: Sender) -> list[tuple[str, str]]:
    return [(f"{NAMES[one.data_type][0]} at {one.at}", one.because or sender.because) for one in sender.data]


def _claims(title: str, claims: list[tuple[str, str]]) -> None:
    if claims:
        print(f"\n{title}")
    for what, because in claims:
        print(f"  {what}\n      {because}")


def _both(one: Signature) -> str:
    return one.name if one.name_zh == one.name else f"{one.name} / {one.name_zh}"


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
