"""`harness check`: one app, all scenarios asked for, one verdict."""

from __future__ import annotations

import ipaddress
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, get_args

import typer

from harness.capture.interveners import chosen
from harness.model.errors import InputError
from harness.model.result import EXIT_CODE
from harness.model.run_folder import RunFolder
from harness.report.console import print_verdict
from harness.report.writers import write_report
from harness.run import Options, Say, check

Network = Literal["sinkhole", "live"]
INTERCEPT: Final = ("proxy", "wireguard")

EXAMPLES = """
Examples:

  harness check app.apk                          the only phone attached, else the twin

  harness check app.apk --device twin --pace 0.1 a quick look on the embedded device

  harness check app.apk --scenario SC01 --json   one scenario, the verdict as JSON on stdout

  harness check app.apk --device R58M123ABC --network live --out runs/app-2.1

Exit codes: 0 clear, 1 violation, 2 wrong input, 3 inconclusive, 4 harness or device failure.
"""


def register(app: typer.Typer) -> None:
    app.command("check", epilog=EXAMPLES)(check_app)


def check_app(
    apk: Path = typer.Argument(..., metavar="APP.apk", help="The app to check."),
    device: str | None = typer.Option(None, help="A serial from `adb devices`, host:port, or `twin`."),
    scenario: list[str] = typer.Option(
        ["SC01", "SC03", "SC05"], help="A scenario to walk; may be given several times."
    ),
    steps: Path | None = typer.Option(
        None, metavar="FILE", help="Steps that you keep for this app, in place of a scenario's own."
    ),
    profile: str = typer.Option(
        "cn-default", help="Which rules of judgement: a name of `harness rules profiles` or a YAML file."
    ),
    app_type: str | None = typer.Option(
        None,
        help="Which of the 39 types it is, by id or Chinese name; decides what its basic function may need.",
    ),
    for_children: bool = typer.Option(False, "--for-children", help="The app is made for children."),
    pace: float | None = typer.Option(
        None, help="Multiply dwell times (0.1 is ten times shorter; the verdict says so)."
    ),
    network: str = typer.Option(
        "sinkhole", help="sinkhole: the proxy answers everything itself; live: traffic goes out."
    ),
    intercept: str = typer.Option(
        "proxy",
        help="How the app gets to the proxy. proxy: the phone's setting; wireguard: a tunnel for this app alone, "
        "with the WireGuard app on the phone; the setting where no tunnel comes up.",
    ),
    wireguard_at: str = typer.Option(
        "127.0.0.1:0",
        "--wireguard-at",
        metavar="ADDRESS:PORT",
        help="Where this machine waits for the tunnel: an address of it that the phone reaches.",
    ),
    intervene: list[str] = typer.Option(
        [],
        metavar="NAME[,NAME]",
        help="Change the app: tls-unpin, root-hide, flag-secure. Off by default; the report names each one.",
    ),
    seed: int = typer.Option(
        0, min=0, help="Order in which a tour tries what is equally likely; 0: as the screens have it."
    ),
    out: Path | None = typer.Option(
        None, help="Folder of the run (new or empty); default runs/<package>-<time>."
    ),
    film: bool = typer.Option(True, "--film/--no-film", help="Film the screen where the phone can."),
    format: list[str] = typer.Option([], help="Also write these reports into the folder: json, har."),
    json_output: bool = typer.Option(False, "--json", help="Print verdict.json on stdout and nothing else."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress."),
    lang: str = typer.Option("en", help="en or zh."),
) -> None:
    """Install APP on a device, walk it through consent, and judge what it read and sent."""
    if network not in get_args(Network):
        raise InputError(f"--network {network!r}: use one of {', '.join(get_args(Network))}")
    if intercept not in INTERCEPT:
        raise InputError(f"--intercept {intercept!r}: use one of {', '.join(INTERCEPT)}")
    if lang not in ("en", "zh"):
        raise InputError(f"--lang {lang!r}: use en or zh")
    if pace is not None and not 0 < pace <= 10:
        raise InputError(f"--pace {pace}: give a number above 0 and up to 10; 1 is the full length")
    folder = out or Path("runs") / f"{apk.stem}-{datetime.now():%Y%m%d-%H%M%S}"
    options = Options(
        out=folder,
        scenarios=tuple(dict.fromkeys(scenario)),
        steps=steps,
        device=device,
        profile=profile,
        pace=pace,
        network="live" if network == "live" else "sinkhole",
        wireguard=endpoint(wireguard_at) if intercept == "wireguard" else None,
        app_type=app_type,
        for_children=for_children,
        seed=seed,
        interveners=tuple(chosen(intervene)),
        film=film,
    )
    verdict = check(apk, options, _progress(quiet or json_output))
    for name in format:
        write_report(RunFolder.open(folder), name)
    facts = RunFolder.open(folder).facts()
    if json_output:
        print(json.dumps(verdict.model_dump(mode="json"), ensure_ascii=False, indent=2))
    else:
        print_verdict(verdict, facts, folder, lang=lang)
    if facts.failure is not None:
        print(f"harness: {facts.failure.kind}: {facts.failure.message}", file=sys.stderr)
        sys.exit(4)
    sys.exit(EXIT_CODE[verdict.outcome])


def endpoint(text: str) -> tuple[str, int]:
    """`192.168.1.5:51820`; port 0 for any."""
    host, _, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.strip("[]"))
        number = int(port)
    except ValueError:
        raise InputError(
            f"--wireguard-at {text!r}: give an address and a port, as in 192.168.1.5:51820"
        ) from None
    if address.version == 6 or address.is_unspecified or not 0 <= number < 65536:
        raise InputError(f"--wireguard-at {text!r}: give one IPv4 address of this machine and a port")
    return str(address), number


def _progress(silent: bool) -> Say:
    started = time.monotonic()

    def say(text: str) -> None:
        if not silent:
            print(f"[{time.monotonic() - started:5.1f} s] {text}", file=sys.stderr, flush=True)

    return say
