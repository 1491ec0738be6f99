"""`harness twin`: the built-in device. Its commands live with it."""

from __future__ import annotations

import typer

from harness.twin.cli import app as twin


def register(app: typer.Typer) -> None:
    app.add_typer(twin, name="twin")
