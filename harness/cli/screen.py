"""`harness screen DUMP.xml…`: what is on this screen."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from harness.model.errors import InputError
from harness.screen.dialogs import ScreenReading, classify
from harness.screen.tree import MAX_BYTES


def register(app: typer.Typer) -> None:
    app.command("screen")(screen)


def screen(
    dumps: list[Path] = typer.Argument(..., metavar="DUMP.xml…", help="Hierarchy dumps of uiautomator."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a file, with its `file`."),
) -> None:
    """Say which dialog a dump shows and which element has which role."""
    broken = False
    for path in dumps:
        try:
            reading = classify(_content(path))
        except InputError as error:
            broken = True
            message = str(error) if str(path) in str(error) else f"{path}: {error}"
            print(f"harness: {message}", file=sys.stderr)
            continue
        if as_json:
            print(json.dumps(_facts(path, reading), ensure_ascii=False))
        else:
            _show(path, reading)
    if broken:
        raise typer.Exit(2)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _facts(path: Path, reading: ScreenReading) -> dict[str, object]:
    return {
        "file": str(path),
        "kind": reading.kind,
        "language": reading.language,
        "package": reading.package,
        "why": reading.why,
        "elements": [element.model_dump(mode="json") for element in reading.elements],
    }


def _show(path: Path, reading: ScreenReading) -> None:
    console = Console()
    console.print(
        f"{path}: {reading.kind} ({reading.language or 'no language'}): {reading.why}", markup=False
    )
    if not reading.elements:
        return
    table = Table("role", "text", "bounds", "tap", "checked")
    for element in reading.elements:
        checked = "" if element.checked is None else str(element.checked)
        point = "" if element.tap is None else f"{element.tap[0]},{element.tap[1]}"
        words = element.text.replace("[", "\\[")[:60]
        table.add_row(element.role, words, ",".join(map(str, element.bounds)), point, checked)
    console.print(table)
