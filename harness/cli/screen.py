"""`harness screen DUMP.xml…`: what is on this screen."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from harness.model.errors import InputError
from harness.model.event import AnswerLook, ChoiceDesign
from harness.screen.choice import design_of
from harness.screen.dialogs import ScreenReading, classify
from harness.screen.picture import read_picture
from harness.screen.tree import MAX_BYTES


def register(app: typer.Typer) -> None:
    app.command("screen")(screen)


def screen(
    dumps: list[Path] = typer.Argument(..., metavar="DUMP.xml…", help="Hierarchy dumps of uiautomator."),
    screenshot: Path | None = typer.Option(
        None,
        "--screenshot",
        metavar="P.png",
        help="The picture of the one dump: measures how the choice looks.",
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a file, with its `file`."),
) -> None:
    """Say which dialog a dump shows and which element has which role."""
    if screenshot is not None and len(dumps) != 1:
        raise InputError(f"--screenshot {screenshot} belongs to one dump; {len(dumps)} were given")
    picture = _content(screenshot) if screenshot is not None else None
    broken = False
    for path in dumps:
        try:
            reading = classify(_content(path))
            if picture is not None and reading.blind:
                reading = read_picture(reading, picture)
            design = design_of(reading.kind, reading.elements, picture)
        except InputError as error:
            broken = True
            message = str(error) if str(path) in str(error) else f"{path}: {error}"
            print(f"harness: {message}", file=sys.stderr)
            continue
        if as_json:
            print(json.dumps(_facts(path, reading, design), ensure_ascii=False))
        else:
            _show(path, reading, design)
    if broken:
        raise typer.Exit(2)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _facts(path: Path, reading: ScreenReading, design: ChoiceDesign | None) -> dict[str, object]:
    return {
        "file": str(path),
        "kind": reading.kind,
        "language": reading.language,
        "package": reading.package,
        "why": reading.why,
        "elements": [element.model_dump(mode="json") for element in reading.elements],
        "design": design.model_dump(mode="json") if design is not None else None,
    }


def _show(path: Path, reading: ScreenReading, design: ChoiceDesign | None) -> None:
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
    for line in _said(design) if design is not None else []:
        console.print(line, markup=False)


def _said(design: ChoiceDesign) -> list[str]:
    lines = [
        f"{name}: {_look(look)}, {steps} touch{'' if steps == 1 else 'es'}"
        for name, look, steps in (
            ("agree", design.agree, design.steps_to_agree),
            ("refuse", design.refuse, design.steps_to_refuse),
        )
        if look is not None
    ]
    if design.refuse is None:
        behind = ", ".join(design.refuse_behind)
        lines.append("refuse: not on this screen" + (f"; perhaps behind {behind}" if behind else ""))
    lines += [f"ticked already: {text[:80]}" for text in design.ticked_boxes]
    lines += [f"going on counts as agreeing: {text[:80]}" for text in design.implicit]
    if design.policy_text is not None and design.policy_text.contrast is not None:
        lines.append(
            f"text: contrast {design.policy_text.contrast}, lines of {design.policy_text.line_height} px"
        )
    if design.link_in_view is not None:
        lines.append(f"link to the policy in view: {'yes' if design.link_in_view else 'no, after scrolling'}")
    return lines


def _look(look: AnswerLook) -> str:
    colours = (
        f", {look.writing} on {look.ground}, contrast {look.contrast}" if look.contrast is not None else ""
    )
    return f"{look.text!r} {look.width} × {look.height} px{colours}"
