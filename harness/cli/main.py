"""The `harness` command: one module a verb; the three error families end here."""

from __future__ import annotations

import errno
import importlib
import sys
import traceback

import typer

from harness import __version__
from harness.model.errors import InputError, RunFailure

VERBS = (
    "check",
    "judge",
    "report",
    "leaks",
    "screen",
    "hooks",
    "rules",
    "scenarios",
    "sdks",
    "twin",
    "doctor",
    "selftest",
    "diff",
    "verify",
)

app = typer.Typer(
    name="harness",
    help="What does this app read and send, and had the user agreed by then?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"harness {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


def _register() -> None:
    """Each verb module has `register(app)`, which adds its command or its group."""
    for verb in VERBS:
        importlib.import_module(f"harness.cli.{verb}").register(app)


def main() -> None:
    _register()
    try:
        app()
    except InputError as error:
        print(f"harness: {error}", file=sys.stderr)
        sys.exit(2)
    except RunFailure as error:
        print(f"harness: {error.kind}: {error}", file=sys.stderr)
        sys.exit(4)
    except KeyboardInterrupt:
        print("harness: interrupted", file=sys.stderr)
        sys.exit(4)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        hint = "free some room, then `harness judge RUN` reads what was kept"
        print(f"harness: disk_full: {error}; {hint}", file=sys.stderr)
        sys.exit(4)
    except Exception:
        traceback.print_exc()
        sys.exit(4)


if __name__ == "__main__":
    main()
