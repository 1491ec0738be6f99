"""A phone over real adb: answers, limits, and what its going away looks like."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from harness.capture.clock import ClockMap, ping_once
from harness.capture.event_log import read_wall_clock
from harness.device.adb_server import AdbServer
from harness.device.phone import host_ms
from harness.device.screen import DeviceScreen
from harness.model.errors import RunFailure
from harness.screen.dialogs import classify
from harness.twin.host import TwinHost

pytestmark = pytest.mark.twin


@pytest.fixture(scope="module")
def adb():
    with AdbServer() as server:
        yield server


@pytest.fixture
def host():
    with TwinHost() as host:
        yield host


@pytest.fixture
def twin(host):
    return host.add(seed=3)


@pytest.fixture
def phone(adb, twin):
    return adb.connect(twin.serial)


@pytest.fixture
def set_fault(host, twin):
    def set_(action):
        async def run():
            action(twin.device.faults)

        host.run(run())

    return set_


def test_a_shell_line_gives_both_streams_and_its_code(phone):
    result = phone.shell("echo out; echo err >&2; exit 3")
    assert (result.stdout, result.stderr, result.code) == ("out\n", "err\n", 3)


def test_facts_are_those_of_the_device(phone, twin):
    facts = phone.facts()
    assert facts.serial == twin.serial and facts.emulated and facts.sdk == 33
    assert facts.brand and facts.model and facts.build and len(facts.android_id_sha256) == 64


def test_files_go_and_come_back(phone):
    data = bytes(range(256)) * 1000
    phone.push(data, "/data/local/tmp/x")
    assert phone.pull("/data/local/tmp/x") == data
    with pytest.raises(FileNotFoundError):
        phone.pull("/data/local/tmp/none")


def test_processes_have_names(phone):
    assert "system_server" in phone.processes().values()


def test_a_socket_where_nothing_listens_is_refused_and_the_phone_is_still_there(phone):
    for address in ("tcp:4444", "localabstract:nobody"):
        with pytest.raises(ConnectionRefusedError):
            phone.open_socket(address)
    assert phone.is_there()


def test_a_reverse_port_reaches_our_loopback(phone):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = phone.reverse(0, server.getsockname()[1])
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            accepted, _ = server.accept()
            client.sendall(b"hello")
            assert accepted.recv(5) == b"hello"
            accepted.close()
        phone.remove_reverse(port)


def test_what_is_no_apk_does_not_install(phone, tmp_path):
    apk = tmp_path / "x.apk"
    apk.write_bytes(b"no apk")
    with pytest.raises(RunFailure) as caught:
        phone.install(apk)
    assert caught.value.kind == "install_failed" and "INSTALL" in str(caught.value)


def test_the_clock_is_known_to_a_few_milliseconds_and_right(phone, host, twin):
    clock = ClockMap.from_pings([ping_once(phone) for _ in range(6)])
    assert clock.bound_ms < 50

    async def read():
        return host_ms(), twin.device.clock.boot_ms(), host_ms()

    before, boot, after = host.run(read())
    assert clock.to_device(before).lo - 1 <= boot <= clock.to_device(after).hi + 1


def test_the_wall_clock_of_the_log_lands_on_the_boot_clock(phone, host, twin):
    wall = read_wall_clock(phone)

    async def read():
        return twin.device.clock.wall_ms(), twin.device.clock.boot_ms()

    at, boot = host.run(read())
    lo, hi = wall.to_boot(at)
    assert lo <= boot <= hi and hi - lo < 150


def test_a_command_that_hangs_ends_at_its_limit(phone, set_fault):
    set_fault(lambda faults: faults.hang(30))
    began = time.monotonic()
    with pytest.raises(RunFailure) as caught:
        phone.shell("echo x", timeout=0.5)
    assert time.monotonic() - began < 3
    assert caught.value.kind == "device_lost" and "no answer" in str(caught.value)
    set_fault(lambda faults: faults.hang(0))
    assert phone.shell("echo x").stdout == "x\n"


def test_a_phone_that_goes_away_is_lost(phone, set_fault):
    phone.shell("true")
    set_fault(lambda faults: faults.set_offline(True))
    deadline = time.monotonic() + 5
    while phone.is_there() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(RunFailure) as caught:
        phone.shell("echo x")
    assert caught.value.kind == "device_lost"


def test_a_phone_that_goes_away_in_the_middle_of_a_command_is_lost(phone, set_fault):
    threading.Timer(0.3, lambda: set_fault(lambda faults: faults.set_offline(True))).start()
    began = time.monotonic()
    with pytest.raises(RunFailure) as caught:
        phone.shell("sleep 20", timeout=30)
    assert caught.value.kind == "device_lost" and time.monotonic() - began < 10


def test_a_killed_adb_server_is_told_apart_from_a_lost_phone(twin):
    with AdbServer() as adb:
        phone = adb.connect(twin.serial)
        adb._child.kill()
        adb._child.wait()
        with pytest.raises(RunFailure) as caught:
            phone.shell("echo x")
        assert caught.value.kind == "adb_failed"


def test_the_screen_is_read_touched_and_photographed(phone):
    screen = DeviceScreen(phone)
    screen.connect()
    try:
        dump = screen.dump()
        assert dump.host_before_ms < dump.host_after_ms
        assert classify(dump.xml).package == "com.android.launcher3"
        screen.tap(5, 5)
        screen.press("home")
        assert screen.screenshot().startswith(b"\x89PNG")
        assert screen.current().package != "?"
    finally:
        screen.close()
    assert not [name for name in phone.processes().values() if name == "app_process"]


def test_a_screen_that_hangs_is_told_at_the_watchdogs_limit(phone, set_fault):
    screen = DeviceScreen(phone, call_seconds=0.7)
    screen.connect()
    set_fault(lambda faults: faults.hang(30))
    began = time.monotonic()
    with pytest.raises(RunFailure) as caught:
        screen.dump()
    assert caught.value.kind == "screen_hung" and time.monotonic() - began < 2
    set_fault(lambda faults: faults.hang(0))
    assert "<hierarchy" in screen.dump().xml
    screen.close()


def test_a_screen_whose_phone_goes_away_is_a_lost_phone(phone, set_fault):
    screen = DeviceScreen(phone, call_seconds=5)
    screen.connect()
    set_fault(lambda faults: faults.set_offline(True))
    with pytest.raises(RunFailure) as caught:
        for _ in range(100):
            screen.dump()
    assert caught.value.kind == "device_lost"


def test_an_rpc_error_is_a_screen_failure_not_a_crash(phone, set_fault):
    from harness.twin.faults import JavaError

    screen = DeviceScreen(phone)
    screen.connect()
    set_fault(
        lambda f: f.rpc_errors.update({"dumpWindowHierarchy": JavaError("java.lang.OutOfMemoryError", "x")})
    )
    with pytest.raises(RunFailure) as caught:
        screen.dump()
    assert caught.value.kind == "screen_hung" and "OutOfMemory" in str(caught.value)
    screen.close()


def test_a_restart_is_waited_for_and_the_phone_is_the_same_with_a_new_clock(phone):
    before = ping_once(phone)["device_ms"]
    phone.reboot()
    phone.wait_booted()
    assert phone.getprop("sys.boot_completed") == "1"
    assert ping_once(phone)["device_ms"] < 60_000 < before


def test_a_phone_that_does_not_come_back_from_its_restart_is_lost(phone, set_fault, twin):
    def leave():
        while not twin.device.journal.of("reboot"):
            time.sleep(0.02)
        set_fault(lambda faults: faults.set_offline(True))

    threading.Thread(target=leave, daemon=True).start()
    with pytest.raises(RunFailure, match="not back") as caught:
        phone.reboot(within=2)
    assert caught.value.kind == "device_lost"


def test_a_phone_that_goes_on_as_before_was_not_restarted(phone, monkeypatch):
    real = phone.shell
    monkeypatch.setattr(
        phone, "shell", lambda line, timeout=30: real("true" if line == "reboot" else line, timeout)
    )
    with pytest.raises(RunFailure, match="not back"):
        phone.reboot(within=1)
