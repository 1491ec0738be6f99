# ruff: noqa: E501
"""Our own adb server: real adb, its own port, gone at the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import adbutils
import pytest

from harness.device.adb_server import AdbServer
from harness.model.errors import InputError, RunFailure


def test_it_answers_on_a_port_of_its_own_and_is_gone_at_the_end():
    with AdbServer() as server:
        assert server.port != 5037 and server.alive
        assert server.serials() == []
        pid, home = server.pid, server._home
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        assert f"HOME={home}".encode() in environment and b"ADB_USB=0" in environment
    assert not Path(f"/proc/{pid}").exists() and not home.exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_it_listens_on_loopback_only():
    with AdbServer() as server:
        hexadecimal = f"{server.port:04X}"
        tables = [
            line.split()
            for name in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        ]
        listening = [
            cells[1] for cells in tables if cells[3] == "0A" and cells[1].endswith(":" + hexadecimal)
        ]
        assert listening == [f"0100007F:{hexadecimal}"]


def test_an_address_where_nothing_answers_is_a_lost_device():
    with AdbServer() as server, pytest.raises(RunFailure) as caught:
        server.connect("127.0.0.1:1")
    assert caught.value.kind == "device_lost"


def test_a_killed_server_is_a_typed_failure_and_is_not_started_again():
    with AdbServer() as server:
        os.kill(server.pid, signal.SIGKILL)
        server._child.wait()
        with pytest.raises(RunFailure) as caught:
            server.serials()
        assert caught.value.kind == "adb_failed"
        with pytest.raises((adbutils.AdbError, OSError)):
            server.client.server_version()


def test_a_user_server_that_does_not_run_is_not_started():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(InputError, match="adb start-server"), AdbServer.of_user(port):
        pass
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_kill_server_by_someone_else_is_refused():
    with AdbServer() as server:
        subprocess.run(
            [adbutils.adb_path(), "-P", str(server.port), "kill-server"],
            capture_output=True,
            timeout=10,
            check=False,
        )
        assert server.alive


def test_a_harness_that_is_killed_leaves_no_server():
    code = "import time; from harness.device.adb_server import AdbServer\nwith AdbServer() as s: print(s.pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    assert Path(f"/proc/{pid}").exists()
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(pid)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
