"""`harness doctor`: would silence mean anything?"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from harness.capture.agent_data import agent_sha256
from harness.capture.clock import USABLE_MS, ClockMap, ping_once
from harness.capture.proxy import ProxyCapture
from harness.device.choose import open_phone
from harness.device.phone import Phone
from harness.device.preflight import Probe, device_probes, probe
from harness.device.proxy_settings import ProxySettings
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder


def register(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


def doctor(
    device: str | None = typer.Option(None, "--device", help="A serial, host:port, or twin."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
) -> None:
    """Check every source of evidence once: device, hooks, screen, clock, proxy, certificate."""
    healthy = True
    table = Table("", "what", "seen", "without it, silence means")
    with open_phone(device) as phone:
        for found in _probes(phone):
            healthy = healthy and found.healthy
            if as_json:
                print(json.dumps(asdict(found), ensure_ascii=False), flush=True)
            table.add_row(
                "ok" if found.healthy else "NO", found.name, found.says.replace("[", "\\["), found.silence
            )
    if not as_json:
        Console().print(table)
        print(
            "Silence can be believed." if healthy else "Silence would prove nothing: see the lines with NO."
        )
    if not healthy:
        raise typer.Exit(4)


def _probes(phone: Phone) -> Iterator[Probe]:
    yield probe("agent", "no read of an API would be seen", lambda: f"agent {agent_sha256()[:12]} is built")
    yield from device_probes(phone)
    yield probe("clock", "reads could not be ordered against consent", lambda: _clock(phone))
    with tempfile.TemporaryDirectory(prefix="harness-doctor-") as scratch, ExitStack() as stack:
        folder = stack.enter_context(RunFolder.create(Path(scratch) / "run"))
        proxy = ProxyCapture(folder, "sinkhole")
        stack.callback(proxy.stop)
        yield probe("proxy", "what is sent would not be seen", lambda: _proxy(proxy))
        if proxy.port:
            yield probe("certificate", "HTTPS could not be read", lambda: _certificate(phone, proxy))


def _clock(phone: Phone) -> str:
    bound = ClockMap.from_pings([ping_once(phone) for _ in range(10)]).bound_ms
    if bound > USABLE_MS:
        raise RunFailure("internal", f"known to ± {bound:.0f} ms only; {USABLE_MS:.0f} ms are needed")
    return f"known to ± {bound:.1f} ms"


def _proxy(proxy: ProxyCapture) -> str:
    proxy.start()
    proxy.selftest()
    return f"mitmproxy on 127.0.0.1:{proxy.port} decrypted a request of ours"


def _certificate(phone: Phone, proxy: ProxyCapture) -> str:
    settings = ProxySettings(phone, proxy.port, proxy.ca_pem)
    try:
        settings.apply()
        trouble = settings.holds()
        if trouble:
            raise RunFailure("internal", trouble)
        return f"{settings.ca_path} and proxy {settings.address} were set, read back and removed"
    finally:
        settings.restore()
