"""The interceptor of one device: a watched child process that proves that it decrypts."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import selectors
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from harness.capture.har import read_flows
from harness.capture.sinkhole import SELFTEST_HOST
from harness.capture.wireguard import Keys
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder

PROXY: Final = "raw/proxy.jsonl"
CA_CERTIFICATE: Final = "mitmproxy-ca-cert.pem"
_START_SECONDS: Final = 30.0
_STOP_SECONDS: Final = 8.0
_MOST_REPORTS: Final = 1000


class ProxyCapture:
    """Writes raw/flows.jsonl, raw/tls.jsonl and bodies/ through its child, raw/proxy.jsonl itself.

    With "sinkhole" every request is answered by the proxy and nothing leaves the machine; with "live" it is
    passed on.
    """

    def __init__(
        self,
        folder: RunFolder,
        network: Literal["sinkhole", "live"],
        wireguard: tuple[str, int] | None = None,
    ) -> None:
        """`wireguard`: where the tunnel listens besides the proxy; port 0 for any."""
        self.port = 0
        self.tunnel: tuple[str, int] | None = None
        """Where the tunnel listens; None when it was not asked for, or does not (`tunnel_why`)."""
        self.tunnel_why = ""
        self.keys = Keys.make()
        self._wireguard = wireguard
        self.ca_pem = b""
        self.failure: RunFailure | None = None
        """Why it is not alive, when it died of itself."""
        self._folder = folder
        self._network = network
        self._child: subprocess.Popen[bytes] | None = None
        self._confdir: Path | None = None
        self._threads: list[threading.Thread] = []
        self._last_error = ("", "")
        self._reports = 0
        self._stopping = False

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None and self.failure is None

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child is not None else None

    def start(self) -> None:
        self._confdir = Path(tempfile.mkdtemp(prefix="harness-proxy-"))
        arguments = [
            "--folder",
            str(self._folder.path),
            "--confdir",
            str(self._confdir),
            "--network",
            self._network,
        ]
        if self._wireguard is not None:
            self.keys.write(self._confdir)
            arguments += ["--wireguard", f"{self._wireguard[0]}:{self._wireguard[1]}"]
        self._child = subprocess.Popen(
            [sys.executable, "-m", "harness.capture.proxy_process", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._follow(self._read_reports)
        try:
            self.port = self._ready_port()
            self.ca_pem = (self._confdir / CA_CERTIFICATE).read_bytes()
        except (RunFailure, OSError):
            self.stop()
            raise
        inside = f", WireGuard at {self.tunnel[0]}:{self.tunnel[1]}" if self.tunnel else ""
        self.note("started", f"127.0.0.1:{self.port}, {self._network}{inside}")
        self._follow(self._watch)

    def selftest(self) -> None:
        """Make one HTTPS request that trusts only our CA, and see it decrypted in the record."""
        nonce = secrets.token_hex(16)
        context = ssl.create_default_context(cadata=self.ca_pem.decode())
        client = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=context)
        client.set_tunnel(SELFTEST_HOST, 443)
        try:
            client.request("POST", f"/{nonce}", body=nonce)
            status = client.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            self._fail_selftest(f"the request failed: {error!r}")
        finally:
            client.close()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            for one in read_flows(self._folder):
                request = one["request"]
                if one["_harness"]["selftest"] and request.get("postData", {}).get("text") == nonce:
                    self.note(
                        "selftest", f"decrypted: {request['method']} {request['url']} answered {status}"
                    )
                    return
            time.sleep(0.05)
        self._fail_selftest("the request was answered but not recorded")

    def stop(self) -> None:
        """End the child and remove its keys. What it recorded stays."""
        self._stopping = True
        child = self._child
        if child is not None:
            was_alive = child.poll() is None and self.failure is None
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
                try:
                    child.wait(_STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    os.killpg(child.pid, signal.SIGKILL)
                    child.wait()
                    self.note("error", f"did not stop within {_STOP_SECONDS:g} s and was killed")
            for thread in self._threads:
                thread.join(_STOP_SECONDS)
            self._threads.clear()
            for pipe in (child.stdin, child.stdout, child.stderr):
                if pipe is not None:
                    pipe.close()
            if was_alive and self.port:
                self.note("stopped", f"exit code {child.returncode}")
            self._child = None
        if self._confdir is not None:
            shutil.rmtree(self._confdir, ignore_errors=True)
            self._confdir = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _ready_port(self) -> int:
        assert self._child is not None and self._child.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            line = self._child.stdout.readline() if selector.select(_START_SECONDS) else b""
        if not line:
            code = self._child.poll()
            said = self._last_error[1] or ("it said nothing" if code is None else f"exit code {code}")
            raise RunFailure("proxy_died", f"the proxy did not start: {said}")
        said = json.loads(line)
        if self._wireguard is not None and said["wireguard"] is not None:
            self.tunnel = (self._wireguard[0], int(said["wireguard"]))
        self.tunnel_why = str(said["why"])
        return int(said["port"])

    def _follow(self, target: object) -> None:
        thread = threading.Thread(target=target, daemon=True, name="proxy capture")  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _watch(self) -> None:
        assert self._child is not None
        code = self._child.wait()
        if self._stopping and code == 0:
            return
        reports = self._threads[0]
        reports.join(2)
        kind, said = self._last_error
        why = said or (f"killed by signal {-code}" if code < 0 else f"exit code {code}")
        self.failure = RunFailure(
            "disk_full" if kind == "disk_full" else "proxy_died", f"the proxy died: {why}"
        )
        self.note("died", why)

    def _read_reports(self) -> None:
        assert self._child is not None and self._child.stderr is not None
        for line in iter(lambda: self._child.stderr.readline(1 << 16), b""):  # type: ignore[union-attr]
            text = line.decode("utf-8", "replace").strip()
            try:
                said = json.loads(text)
                kind, message = str(said["error"]), str(said["message"])
            except (ValueError, KeyError, TypeError):
                kind, message = "", text
            if message:
                if kind != "stranger" and self._last_error[0] != "disk_full":
                    self._last_error = (kind, message[:500])
                self._reports += 1
                if self._reports <= _MOST_REPORTS:
                    self.note("tunnel" if kind == "stranger" else "error", message)

    def _fail_selftest(self, why: str) -> None:
        self.note("error", f"self-test: {why}")
        raise RunFailure("proxy_died", f"the proxy's self-test failed: {why}")

    def note(self, event: str, detail: str) -> None:
        """A line of raw/proxy.jsonl."""
        record = {"host_ms": time.monotonic() * 1000, "event": event, "detail": detail}
        try:
            self._folder.append(PROXY, record)
        except (OSError, ValueError) as error:
            # The folder can be full (that may be the very news) or closed: then `failure` carries it.
            self.failure = self.failure or RunFailure("disk_full", f"cannot write {PROXY}: {error}")
