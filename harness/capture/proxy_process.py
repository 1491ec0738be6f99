"""The interceptor's process: an embedded mitmproxy with a short addon list, one per device.

It says {"ready": true, "port": …, "wireguard": port or null} on standard output, writes errors as JSON lines to
standard error, and ends on SIGTERM, when its standard input closes (its parent is gone), or when it can no longer
write.
"""

from __future__ import annotations

import argparse
import asyncio
import errno
import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mitmproxy import addonmanager, hooks, options
from mitmproxy.addons import core, disable_h2c, dns_resolver, next_layer, proxyserver, tlsconfig
from mitmproxy.master import Master

from harness.capture.addon import Flows, Network
from harness.capture.connections import Connections
from harness.capture.lines import Lines
from harness.capture.names import Names
from harness.capture.sinkhole import StandIn
from harness.model.run_folder import FLOWS, TLS

EXIT_FAILED: Final = 4
_CA_KEY: Final = "mitmproxy-ca.pem"
_STRANGER: Final = "packet from unknown peer"


class Dispatch(addonmanager.AddonManager):  # type: ignore[misc]  # mitmproxy is not followed
    """Looks up who listens to a hook once, not on every event: measured at a fifth of the proxy's time."""

    def __init__(self, master: Master) -> None:
        super().__init__(master)
        self._listeners: dict[str, list[Callable[..., Any]]] = {}

    async def handle_lifecycle(self, event: hooks.Hook) -> None:
        name = event.name
        listeners = self._listeners.get(name)
        if listeners is None:
            found = (getattr(addon, name, None) for addon in self.chain)
            listeners = self._listeners[name] = [one for one in found if callable(one)]
        arguments = event.args()
        for listener in listeners:
            try:
                result = listener(*arguments)
                if result is not None and asyncio.iscoroutine(result):
                    await result
            # mitmproxy's own border: one addon's mistake must not end the connection. It becomes a record.
            except Exception:
                logging.getLogger(__name__).error("addon failed in %s", name, exc_info=True)


class Reports(logging.Handler):
    """Errors of mitmproxy and of our addons, one JSON object a line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._held: list[str] | None = []
        self._known = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text += f": {record.exc_info[1]!r}"
        if self._held is not None:
            self._held.append(text)
        else:
            self._say(text)

    def let_go(self, known: str = "") -> None:
        """Say what was held back until everything listens; never `known`: a tunnel that does not is no error."""
        held, self._held, self._known = self._held or [], None, known or self._known
        for text in held:
            self._say(text)

    def _say(self, text: str) -> None:
        # Each try to listen has a stack of its own below the first line.
        if self._known and text.partition("\n")[0] == self._known:
            return
        # Anyone on the network may send a packet; nothing of the app is lost by it.
        report("stranger" if _STRANGER in text else "internal", text)


def report(kind: str, message: str) -> None:
    print(json.dumps({"error": kind, "message": message[:2000]}), file=sys.stderr, flush=True)


class Recorder:
    """Owns the files and the end of the process."""

    def __init__(self, folder: Path, stop: Callable[[], None]) -> None:
        self._files = {name: Lines(folder / name) for name in (FLOWS, TLS)}
        self._stop = stop
        self.exit_code = 0

    def into(self, name: str) -> Callable[[dict[str, Any]], None]:
        file = self._files[name]

        def record(line: dict[str, Any]) -> None:
            try:
                file.append(line)
            except OSError as error:
                self.failed(error)

        return record

    def failed(self, error: OSError) -> None:
        """Not being able to record is the end: traffic that leaves no evidence must not pass."""
        if not self.exit_code:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            report("disk_full" if full else "internal", f"cannot write the capture: {error}")
        self.exit_code = EXIT_FAILED
        self._stop()


def settings(confdir: Path, network: Network, tunnel: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "listen_host": "127.0.0.1",
        "listen_port": 0,
        "confdir": str(confdir),
        "mode": ["regular", f"wireguard@{tunnel}"] if tunnel else ["regular"],
        "stream_large_bodies": "1m",
        "connection_strategy": "eager",
    }
    if network == "sinkhole":
        out |= {"connection_strategy": "lazy", "upstream_cert": False, "ssl_insecure": True}
    return out


async def intercept(folder: Path, confdir: Path, network: Network, tunnel: str, reports: Reports) -> int:
    """Run until told to stop; returns the exit code. `tunnel`: where WireGuard listens, "" for nowhere."""
    chosen = options.Options()
    master = Master(chosen)
    master.addons = Dispatch(master)
    recorder = Recorder(folder, master.shutdown)
    server = proxyserver.Proxyserver()
    stand_in = StandIn(confdir / _CA_KEY) if network == "sinkhole" else None
    names = Names(answers=stand_in is not None)
    connections = Connections(recorder.into(TLS), lambda: server.connections, stand_in, names)
    flows = Flows(
        recorder.into(FLOWS),
        folder / "bodies",
        network,
        connections.wire,
        connections.unfinished_body,
        recorder.failed,
    )
    master.addons.add(
        core.Core(),
        server,
        next_layer.NextLayer(),
        tlsconfig.TlsConfig(),
        disable_h2c.DisableH2C(),
        names,
        dns_resolver.DnsResolver(),
        connections,
        flows,
    )
    # Only now: the addons have added their options, and make the keys when told the folder.
    chosen.update(**settings(confdir, network, tunnel))
    if stand_in is not None:
        await stand_in.start()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, master.shutdown)
    loop.add_reader(0, lambda: None if os.read(0, 4096) else (loop.remove_reader(0), master.shutdown()))
    announce = asyncio.create_task(_announce(server, master, bool(tunnel), reports))
    try:
        await master.run()
    finally:
        announce.cancel()
        flows.finish()
        connections.finish()
        if stand_in is not None:
            stand_in.stop()
        await server.servers.update([])
    return recorder.exit_code


async def _announce(server: proxyserver.Proxyserver, master: Master, tunnel: bool, reports: Reports) -> None:
    """Once the proxy listens, and the tunnel listens or has said why it does not."""
    for _ in range(1000):
        modes = {one.mode.type_name: one for one in server.servers}
        proxy, inside = modes.get("regular"), modes.get("wireguard")
        settled = not tunnel or (inside is not None and (inside.is_running or inside.last_exception))
        if proxy is not None and proxy.is_running and settled:
            why = str(inside.last_exception or "").partition("\n")[0] if inside is not None else ""
            reports.let_go(known=why)
            said = {
                "ready": True, "pid": os.getpid(), "port": proxy.listen_addrs[0][1],
                "wireguard": inside.listen_addrs[0][1] if inside is not None and inside.is_running else None,
                "why": why,
            }  # fmt: skip
            print(json.dumps(said), flush=True)
            return
        await asyncio.sleep(0.01)
    reports.let_go()
    report("internal", "the proxy does not listen")
    master.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser(prog="harness.capture.proxy_process")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--confdir", type=Path, required=True)
    parser.add_argument("--network", choices=("sinkhole", "live"), required=True)
    parser.add_argument("--wireguard", default="", metavar="HOST:PORT")
    given = parser.parse_args()
    reports = Reports()
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger().addHandler(reports)
    # mitmproxy formats every connection's log line even if nobody reads it.
    logging.getLogger().setLevel(logging.ERROR)
    try:
        return asyncio.run(_run(given, reports))
    finally:
        # The parent does this too, unless it was killed.
        shutil.rmtree(given.confdir, ignore_errors=True)


async def _run(given: argparse.Namespace, reports: Reports) -> int:
    code = await intercept(given.folder, given.confdir, given.network, given.wireguard, reports)
    reports.let_go()
    # All is recorded; what asyncio says about connections that it cancels from here on is no news.
    reports.setLevel(logging.CRITICAL + 1)
    return code


if __name__ == "__main__":
    sys.exit(main())
