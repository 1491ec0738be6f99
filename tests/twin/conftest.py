"""Twins for tests: one in this process, and the real adb with a server of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import adbutils
import pytest
from data_app import App

from harness.device.adb_server import AdbServer
from harness.twin.command import Bytes, Collect
from harness.twin.host import Twin, TwinHost
from harness.twin.sh import Shell, Streams


@dataclass(frozen=True)
class Said:
    out: str
    err: str
    code: int


class Local:
    """A twin without adb: its shell is called directly."""

    def __init__(self, host: TwinHost, twin: Twin) -> None:
        self.host = host
        self.twin = twin
        self.device = twin.device

    def sh(self, line: str, stdin: bytes = b"") -> Said:
        async def run() -> Said:
            out, err = Collect(), Collect()
            code = await Shell(self.device).run(line, Streams(Bytes(stdin), out, err))
            return Said(out.data.decode("utf-8", "replace"), err.data.decode("utf-8", "replace"), code)

        return self.host.run(run())


class Adb:
    """The real adb binary, on a server of this test session."""

    def __init__(self, server: AdbServer, home: Path) -> None:
        self.server = server
        self.home = home
        self.port = server.port
        self.binary = adbutils.adb_path()
        self.env = {
            **os.environ,
            "HOME": str(home),
            "ADB_MDNS": "0",
            "ADB_USB": "0",
            "ADB_LOCAL_TRANSPORT_MAX_PORT": "5553",
        }

    def run(self, *args: str, stdin: bytes = b"", timeout: float = 30) -> subprocess.CompletedProcess[bytes]:
        command = [self.binary, "-P", str(self.port), *args]
        return subprocess.run(command, input=stdin, capture_output=True, timeout=timeout, env=self.env)

    def popen(self, *args: str) -> subprocess.Popen[bytes]:
        command = [self.binary, "-P", str(self.port), *args]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env
        )


class Connected:
    """A twin that the adb server knows."""

    def __init__(self, adb: Adb, host: TwinHost, twin: Twin) -> None:
        self.adb = adb
        self.host = host
        self.twin = twin
        self.device = twin.device
        self.serial = twin.serial

    def run(self, *args: str, stdin: bytes = b"", timeout: float = 30) -> subprocess.CompletedProcess[bytes]:
        return self.adb.run("-s", self.serial, *args, stdin=stdin, timeout=timeout)

    def shell(self, line: str, *flags: str, stdin: bytes = b"") -> Said:
        done = self.run("shell", *flags, line, stdin=stdin)
        return Said(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def popen(self, *args: str) -> subprocess.Popen[bytes]:
        return self.adb.popen("-s", self.serial, *args)

    @property
    def adb_device(self) -> adbutils.AdbDevice:
        return adbutils.AdbClient(port=self.adb.port).device(self.serial)


@pytest.fixture(scope="module")
def host() -> Iterator[TwinHost]:
    with TwinHost() as host:
        yield host


@pytest.fixture(scope="module")
def local(host: TwinHost) -> Local:
    return Local(host, host.add(seed=7))


@pytest.fixture(scope="session")
def adb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    with AdbServer() as server:
        yield Adb(server, tmp_path_factory.mktemp("adb-home"))


@pytest.fixture(scope="module")
def phone(adb: Adb, host: TwinHost) -> Iterator[Connected]:
    connected = Connected(adb, host, host.add(seed=1))
    assert b"connected to" in adb.run("connect", connected.serial).stdout
    assert adb.run("-s", connected.serial, "wait-for-device").returncode == 0
    yield connected
    adb.run("disconnect", connected.serial)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """One app on a device of which nothing runs."""
    return App(tmp_path)
