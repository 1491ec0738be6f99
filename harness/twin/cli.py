"""`harness twin start|build|list|identity`, also reached as `python -m harness.twin`."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Final

import typer

from harness.model.errors import InputError, RunFailure
from harness.twin.build import build_apk
from harness.twin.faults import Fault
from harness.twin.host import TwinHost
from harness.twin.identity import Identity

MAX_TWINS: Final = 64
PARENT_S: Final = 0.5
EMULATOR_PORTS: Final = range(5555, 5586, 2)

app = typer.Typer(
    name="twin",
    help="The built-in device: a phone that is not there, reached through real adb.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@app.command(
    epilog="Examples:\n\nharness twin start                        one twin, until Ctrl-C\n\n"
    "harness twin start --count 3 --json       three twins, one line of JSON each\n\n"
    "harness twin start --fault clock_skew_ms=180000 --fault offline=1@20",
)
def start(
    port: int = typer.Option(
        0, help="Port of the first twin on 127.0.0.1; 0 takes a free one.", min=0, max=65535
    ),
    seed: int = typer.Option(1, help="Who it is: the same seed gives the same IMEI, contacts, …"),
    count: int = typer.Option(1, help="So many twins, with following seeds.", min=1, max=MAX_TWINS),
    root: Path | None = typer.Option(None, help="Keep the devices' files here; else they go at the end."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a twin when it is ready."),
    fault: list[str] = typer.Option([], help="NAME=VALUE or NAME=VALUE@SECONDS; may be given several times."),
) -> None:
    """Start twins and serve them until Ctrl-C, SIGTERM, or the end of the parent process."""
    faults = tuple(Fault.parse(text) for text in fault)
    for each in range(port, port + count) if port else ():
        if each in EMULATOR_PORTS:
            raise InputError(f"--port {port}: any adb server here would take {each} for an emulator; use 0")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    parent = os.getppid()
    with TwinHost(root) as host:
        card = _Card()
        try:
            for index in range(count):
                twin = host.add(seed + index, port + index if port else 0, faults=faults)
                facts = {
                    "serial": twin.serial,
                    "seed": seed + index,
                    "pid": os.getpid(),
                    "root": str(twin.device.root),
                }
                card.add(facts)
                _say_ready(facts, as_json)
            while not stop.wait(PARENT_S):
                if os.getppid() != parent:
                    break
        except OSError as error:
            raise InputError(f"--port {port}: {error.strerror}; give another, or 0") from error
        finally:
            card.remove()


def _say_ready(facts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts), flush=True)
        return
    print(f"A twin (seed {facts['seed']}) listens. Reach it with:  adb connect {facts['serial']}", flush=True)


@app.command(epilog="Example:\n\nharness twin build my-app/ -o my-app.apk")
def build(
    source: Path = typer.Argument(help="Folder with AndroidManifest.xml, src/**/*.java and maybe assets/."),
    out: Path = typer.Option(..., "--out", "-o", help="The APK to write."),
    as_json: bool = typer.Option(False, "--json", help="Print package, digests and size as JSON."),
) -> None:
    """Build an app for the twin: a signed APK with a binary manifest and its classes."""
    from harness.twin.apk import read_apk

    apk = read_apk(build_apk(source, out))
    facts = {
        "apk": str(out),
        "package": apk.manifest.name,
        "version_name": apk.manifest.version_name,
        "version_code": apk.manifest.version_code,
        "sha256": apk.sha256,
        "signer_sha256": apk.signer_sha256,
        "size": out.stat().st_size,
    }
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        what = f"{facts['package']} {facts['version_name']}, {facts['size']} bytes"
        print(f"{out}: {what}, SHA-256 {facts['sha256']}")


@app.command("list", epilog="Example:\n\nharness twin list --json")
def list_(as_json: bool = typer.Option(False, "--json", help="One JSON array.")) -> None:
    """The twins of this user that run now."""
    running = _Card.running()
    if as_json:
        print(json.dumps(running))
    elif not running:
        print("No twin runs. Start one with:  harness twin start")
    else:
        for each in running:
            print(f"{each['serial']}  seed {each['seed']}  pid {each['pid']}")


@app.command(epilog="Examples:\n\nharness twin identity --seed 1\n\nharness twin identity --seed 1 --json")
def identity(
    seed: int = typer.Option(1, help="The twin's seed."),
    as_json: bool = typer.Option(False, "--json", help="Everything, by name and by data type."),
) -> None:
    """Every value that an app could read from a twin of that seed."""
    who = Identity.from_seed(seed)
    if as_json:
        print(json.dumps(who.as_json(), ensure_ascii=False, indent=2))
        return
    for data_type, values in who.values().items():
        for value in values:
            print(f"{data_type:<20} {value}")


class _Card:
    """One file a running `twin start`, so that `twin list` finds it."""

    def __init__(self) -> None:
        self._path = _cards() / f"{os.getpid()}.json"
        self._facts: list[dict[str, Any]] = []

    def add(self, facts: dict[str, Any]) -> None:
        self._facts.append(facts)
        self._path.write_text(json.dumps(self._facts), encoding="utf-8")

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)

    @staticmethod
    def running() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for path in sorted(_cards().glob("*.json")):
            try:
                os.kill(int(path.stem), 0)
                found += json.loads(path.read_text(encoding="utf-8"))
            except (ProcessLookupError, ValueError):
                path.unlink(missing_ok=True)
        return found


def _cards() -> Path:
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"harness-twins-{os.getuid()}"
    folder.mkdir(exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.getuid():
        raise InputError(f"{folder}: belongs to another user; set XDG_RUNTIME_DIR to a folder of yours")
    return folder


def main() -> None:
    """Entry of `python -m harness.twin`, with the exit codes of the `harness` command."""
    try:
        app()
    except InputError as error:
        print(f"harness twin: {error}", file=sys.stderr)
        sys.exit(2)
    except RunFailure as error:
        print(f"harness twin: {error.kind}: {error}", file=sys.stderr)
        sys.exit(4)
