"""Junk, crowds and long runs: a twin goes on, and leaves nothing behind."""

from __future__ import annotations

import gc
import json
import os
import random
import socket
import struct
import threading
import time
import tracemalloc

import pytest

from harness.twin.adbd import CNXN, OPEN, WRTE
from harness.twin.command import Bytes, Collect
from harness.twin.host import TwinHost
from harness.twin.sh import Shell, Streams
from harness.twin.u2_server import U2Server

WAIT_S = 5
SLOW = ("waitForExists", "waitUntilGone", "waitForIdle", "waitForWindowUpdate")
"""They wait as long as they are told to."""


def packet(command: int, arg0: int, arg1: int, data: bytes, size: int | None = None) -> bytes:
    head = struct.pack(
        "<6I", command, arg0, arg1, len(data) if size is None else size, 0, command ^ 0xFFFFFFFF
    )
    return head + data


def send(port: int, data: bytes) -> None:
    """Send and leave. That the twin hangs up first is fine."""
    with socket.create_connection(("127.0.0.1", port), WAIT_S) as connection:
        try:
            connection.sendall(data)
            connection.settimeout(0.02)
            connection.recv(65536)
        except (TimeoutError, ConnectionError):
            pass


def test_junk_on_the_adb_port_harms_nobody(phone):
    dice = random.Random(5)
    port = phone.twin.adbd.port
    hello = packet(CNXN, 0x01000001, 1 << 20, b"host::features=shell_v2\0")
    for _ in range(60):
        send(port, dice.randbytes(dice.randrange(1, 3000)))
    for size in (0xFFFFFFFF, 1 << 21, 1 << 20):
        send(port, packet(CNXN, 1, 1, b"", size))
        send(port, hello + packet(WRTE, 1, 1, b"x", size))
    for _ in range(60):
        command = dice.choice((CNXN, OPEN, WRTE, 0x48545541, 0x59414B4F, 0x45534C43))
        send(port, hello + packet(command, dice.randrange(3), dice.randrange(3), dice.randbytes(20)))
    for name in (
        b"",
        b"shell:",
        b"shell,v2:",
        b"sync:",
        b"tcp:",
        b"reverse:forward:;",
        b"\xff\xfe",
        b"a" * 70000,
    ):
        send(port, hello + packet(OPEN, 1, 0, name + b"\0") + packet(WRTE, 1, 1, dice.randbytes(64)))
    for body in (
        b"SEND\xff\xff\xff\xff",
        b"RECV\x04\0\0\0/..\0",
        b"LIST\0\0\0\0",
        b"QUIT\0\0\0\0",
        b"JUNK" * 4,
    ):
        send(port, hello + packet(OPEN, 1, 0, b"sync:\0") + packet(WRTE, 1, 1, body))
    assert phone.shell("echo still here").out == "still here\n"
    deadline = time.monotonic() + WAIT_S
    while len(phone.twin.adbd.links) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(phone.twin.adbd.links) == 1
    assert not phone.device.journal.of("internal_error")


class Wire:
    """A connection as the u2 server sees it: given bytes, then the end."""

    def __init__(self, data: bytes) -> None:
        self.source = Bytes(data)
        self.said = b""

    async def read(self, limit: int = 65536) -> bytes:
        return await self.source.read(limit)

    async def write(self, data: bytes) -> None:
        self.said += data

    def close(self) -> None:
        """Nothing is held."""


def rpc(method: str, params: object) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    return b"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def test_junk_on_the_rpc_port_is_answered_or_cut(local):
    server = U2Server(local.device, 9008)
    dice = random.Random(6)

    def serve(data: bytes) -> bytes:
        wire = Wire(data)
        local.host.run(server.serve(wire))
        return wire.said

    for _ in range(100):
        serve(dice.randbytes(dice.randrange(1, 2000)))
    for body in (b"{", b"[]", b"null", b'{"method": 3}', b"[" * 9000, b"\xff\xfe"):
        assert b"error" in serve(
            b"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        )
    for length in (b"-1", b"x", b"9" * 30):
        assert b" 400 " in serve(b"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: " + length + b"\r\n\r\n")
    deep: object = 1
    for _ in range(200):
        deep = {"childOrSiblingSelector": [deep]}
    odd = (
        None,
        [],
        {},
        "x",
        -1,
        1e308,
        True,
        deep,
        {"mask": 1 << 70},
        {"mask": 2, "text": ["x"]},
        "a" * 100_000,
    )
    methods = [name for name in dir(server.methods) if name[0].islower() and name not in SLOW]
    for method in [*methods, "__init__", "_windows", "nope"]:
        for value in odd:
            for params in ([value], [{"mask": 1, "text": "none"}, value], [value, value], [1, 1, value]):
                if method == "click" and params[2:] == [1e308]:
                    continue  # a touch of that length is held for its bound, a minute
                answer = serve(rpc(method, params))
                assert answer.startswith(b"HTTP/1.1 200"), (method, value, answer[:200])
    crashes = {(each["method"], str(each["error"])[-200:]) for each in local.device.journal.of("rpc_crash")}
    assert not crashes
    assert b"pong" in serve(b"GET /ping HTTP/1.1\r\n\r\n")


def test_a_thousand_dumps_and_shells_keep_no_memory(local):
    server = U2Server(local.device, 9008)

    def turn(times: int) -> None:
        async def work() -> None:
            for number in range(times):
                await server.serve(Wire(rpc("dumpWindowHierarchy", [False, 50])))
                if number % 5 == 0:
                    await Shell(local.device).run("echo a | cat", Streams(Bytes(b""), Collect(), Collect()))

        local.host.run(work())

    turn(50)
    tracemalloc.start()
    try:
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        turn(1000)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    # The journal keeps what was asked, bounded; nothing else grows.
    assert grown < 4_000_000, f"{grown} bytes"


@pytest.mark.twin
def test_ten_twins_live_in_one_process_and_leave_nothing(adb):
    threads, files = threading.active_count(), len(os.listdir("/proc/self/fd"))
    with TwinHost() as host:
        twins = [host.add(seed=100 + number) for number in range(10)]
        for twin in twins:
            assert b"connected" in adb.run("connect", twin.serial).stdout
        for twin in twins:
            said = adb.run("-s", twin.serial, "shell", "getprop ro.serialno").stdout.decode().strip()
            assert said == twin.device.properties.get("ro.serialno")
        assert len({twin.device.properties.get("ro.serialno") for twin in twins}) == 10
        # A browser page that is still open keeps no twin from ending.
        assert adb.run("-s", twins[0].serial, "shell", "am start -d https://example.org").returncode == 0
        began = time.monotonic()
    assert time.monotonic() - began < 5
    for twin in twins:
        adb.run("disconnect", twin.serial)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", twin.adbd.port), 1)
    assert not host.root.exists()
    assert threading.active_count() <= threads + 8, "only the pool of the interpreter may stay"
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= files + 4


def test_a_device_that_is_away_from_the_start_can_come_back(adb, host):
    from harness.twin.faults import Fault

    twin = host.add(seed=60, faults=(Fault.parse("offline=1"),))
    assert twin.adbd.port
    assert b"connected to" not in adb.run("connect", twin.serial).stdout

    async def back() -> None:
        twin.device.faults.set_offline(False)

    host.run(back())
    deadline = time.monotonic() + WAIT_S
    while b"connected to" not in adb.run("connect", twin.serial).stdout:
        assert time.monotonic() < deadline
    assert adb.run("-s", twin.serial, "shell", "echo back").stdout == b"back\n"
    adb.run("disconnect", twin.serial)


def test_rpcs_hang_alone(local):
    server = U2Server(local.device, 9008)

    async def work() -> tuple[float, float]:
        local.device.faults.rpc_hang(0.4)
        began = time.monotonic()
        await Shell(local.device).run("true", Streams(Bytes(b""), Collect(), Collect()))
        shell = time.monotonic() - began
        await server.serve(Wire(b"GET /ping HTTP/1.1\r\n\r\n"))
        return shell, time.monotonic() - began

    shell, ping = local.host.run(work())
    assert shell < 0.3 <= ping
