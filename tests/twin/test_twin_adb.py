"""The real adb takes a twin for a phone: its whole surface, with the binary that adbutils carries."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import threading
import time
from types import SimpleNamespace

import pytest

from harness.device.adb_server import AdbServer
from harness.twin.adbd import MAX_PAYLOAD, BadPacket, Stream

pytestmark = pytest.mark.twin


def wait_for(state, seconds=15.0):
    """True as soon as state() holds; adb's own reconnecting takes seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if state():
            return True
        time.sleep(0.05)
    return False


def test_devices_shows_what_the_phone_says_of_itself(phone) -> None:
    text = phone.adb.run("devices", "-l").stdout.decode()
    line = next(line for line in text.splitlines() if line.startswith(phone.serial))
    get = phone.device.properties.get
    # adb writes "_" for what is neither letter nor digit.
    model = re.sub(r"\W", "_", get("ro.product.model"))
    assert f" device product:{get('ro.product.name')} model:{model}" in line


def test_features_are_those_of_the_paths_the_twin_knows(phone) -> None:
    features = set(phone.run("features").stdout.decode().split())
    assert {"shell_v2", "cmd", "stat_v2", "ls_v2"} <= features
    assert not {"abb", "abb_exec", "sendrecv_v2", "delayed_ack"} & features


def test_disconnect_and_connect_again(adb, host) -> None:
    serial = host.add(seed=21).serial
    assert b"connected to" in adb.run("connect", serial).stdout
    assert b"already connected" in adb.run("connect", serial).stdout
    assert b"disconnected" in adb.run("disconnect", serial).stdout
    assert serial.encode() not in adb.run("devices").stdout


def test_several_twins_in_one_process_are_several_phones(adb, host) -> None:
    twins = [host.add(seed=seed) for seed in (31, 32, 33)]
    for twin in twins:
        adb.run("connect", twin.serial)
    serials = {
        adb.run("-s", twin.serial, "shell", "getprop ro.serialno").stdout.decode().strip() for twin in twins
    }
    assert serials == {twin.device.identity.serial for twin in twins}
    for twin in twins:
        adb.run("disconnect", twin.serial)


def test_shell_keeps_streams_and_exit_code_apart(phone) -> None:
    said = phone.shell("echo out; echo err >&2; exit 7")
    assert (said.out, said.err, said.code) == ("out\n", "err\n", 7)


def test_shell_in_its_first_version_is_one_stream(phone) -> None:
    said = phone.shell("echo out; echo err >&2; exit 7", "-x")
    assert (said.out, said.code) == ("out\nerr\n", 0)


def test_shell_takes_stdin_until_it_ends(phone) -> None:
    data = os.urandom(300_000)
    done = phone.run("shell", "cat > /data/local/tmp/in; wc -c < /data/local/tmp/in", stdin=data)
    assert done.stdout.strip() == b"300000"
    assert phone.run("exec-out", "cat /data/local/tmp/in").stdout == data


def test_a_script_on_stdin_runs_line_by_line(phone) -> None:
    done = phone.run("shell", stdin=b"cd /data\npwd\nexit 5\n")
    assert (done.stdout, done.returncode) == (b"/data\n", 5)


def test_a_pty_echoes_and_makes_carriage_returns(phone) -> None:
    assert phone.run("shell", "-tt", "echo a").stdout == b"a\r\n"
    done = phone.run("shell", "-tt", stdin=b"echo $((40+2))\nexit 3\n")
    assert b"$ echo $((40+2))\r\n42\r\n" in done.stdout
    assert done.returncode == 3


def test_control_c_ends_what_runs_in_a_pty(phone) -> None:
    child = phone.popen("shell", "-tt")
    child.stdin.write(b"sleep 30\n")
    child.stdin.flush()
    time.sleep(0.3)
    child.stdin.write(b"\x03echo then $?\nexit\n")
    child.stdin.flush()
    out, _ = child.communicate(timeout=10)
    assert b"then 130" in out


def test_exec_out_is_raw_bytes(phone) -> None:
    assert phone.run("exec-out", "printf 'a\\nb\\000c'").stdout == b"a\nb\0c"


def test_ending_the_client_ends_the_command(phone) -> None:
    child = phone.popen("shell", "sleep 60")
    assert wait_for(lambda: any(each.name == "sh" for each in phone.device.shells.list()), 5)
    child.kill()
    child.communicate()
    assert wait_for(lambda: not phone.device.shells.list(), 5)


def test_push_and_pull_of_files_folders_empty_and_big(phone, tmp_path) -> None:
    tree = tmp_path / "tree"
    (tree / "sub" / "deep").mkdir(parents=True)
    (tree / "empty").write_bytes(b"")
    (tree / "big").write_bytes(os.urandom(5_000_000))
    (tree / "sub" / "deep" / "中文.txt").write_text("内容")
    assert phone.run("push", str(tree), "/data/local/tmp/").returncode == 0
    back = tmp_path / "back"
    assert phone.run("pull", "/data/local/tmp/tree", str(back)).returncode == 0
    for path in tree.rglob("*"):
        if path.is_file():
            assert (back / path.relative_to(tree)).read_bytes() == path.read_bytes()
    assert phone.run("pull", "/data/local/tmp/tree/big", str(tmp_path / "one")).returncode == 0
    assert (tmp_path / "one").read_bytes() == (tree / "big").read_bytes()


def test_push_keeps_mode_and_time(phone, tmp_path) -> None:
    path = tmp_path / "script"
    path.write_text("x")
    path.chmod(0o755)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    phone.run("push", str(path), "/data/local/tmp/script")
    assert phone.shell("stat -c '%a %Y' /data/local/tmp/script").out == "755 1600000000\n"


def test_push_and_pull_say_what_is_wrong(phone, tmp_path) -> None:
    path = tmp_path / "f"
    path.write_text("x")
    denied = phone.run("push", str(path), "/system/f")
    assert denied.returncode == 1 and b"Read-only file system" in denied.stderr
    missing = phone.run("pull", "/data/local/tmp/missing", str(tmp_path / "g"))
    assert missing.returncode == 1 and b"No such file or directory" in missing.stderr
    private = phone.run("pull", "/data/data/com.android.shell/x", str(tmp_path / "g"))
    assert private.returncode == 1 and b"Permission denied" in private.stderr


def test_forward_carries_bytes_to_a_device_socket(phone) -> None:
    async def echo(stream):
        while data := await stream.read():
            await stream.write(data.upper())

    phone.device.sockets["localabstract:echo"] = echo
    port = int(phone.run("forward", "tcp:0", "localabstract:echo").stdout)
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(b"hello")
        assert client.recv(100) == b"HELLO"
    assert f"tcp:{port} localabstract:echo".encode() in phone.run("forward", "--list").stdout
    assert phone.run("forward", "--remove", f"tcp:{port}").returncode == 0
    del phone.device.sockets["localabstract:echo"]


def test_a_port_where_nothing_listens_is_closed(phone) -> None:
    port = int(phone.run("forward", "tcp:0", "tcp:9").stdout)
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.settimeout(5)
        assert client.recv(10) == b""
    phone.run("forward", "--remove-all")


@pytest.fixture
def server():
    """A server of this machine that answers what it got, reversed."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(20)

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                while data := connection.recv(65536):
                    connection.sendall(data[::-1])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.close()


def test_reverse_carries_real_bytes_from_the_device(phone, server) -> None:
    port = int(phone.run("reverse", "tcp:0", f"tcp:{server}").stdout)
    assert port > 0
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.sendall(b"abc")
            assert client.recv(100) == b"cba"
            own = client.getsockname()[1]
        assert wait_for(
            lambda own=own: any(each["peer_port"] == own for each in phone.device.journal.of("reverse_open")),
            5,
        )

    async def through_the_api():
        stream = await phone.twin.adbd.open_host(f"tcp:{port}")
        await stream.write(b"xyz")
        data = await stream.read()
        stream.close()
        return data

    assert phone.host.run(through_the_api()) == b"zyx"
    assert phone.run("reverse", "--remove", f"tcp:{port}").returncode == 0
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), 2)


@pytest.fixture
def in_pieces():
    """A server of this machine that answers in two writes and closes."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(20)

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.recv(65536)
                connection.sendall(b"head ")
                time.sleep(0.01)
                connection.sendall(b"body")

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def test_an_answer_in_two_packets_that_nobody_reads_yet_keeps_the_link(phone, in_pieces) -> None:
    """The adb server sends both at once on a stream that the device opened."""
    port = int(phone.run("reverse", "tcp:0", f"tcp:{in_pieces}").stdout)

    async def asked():
        stream = await phone.twin.adbd.open_host(f"tcp:{port}")
        await stream.write(b"GET")
        await asyncio.sleep(0.1)
        return await stream.read() + await stream.read()

    for _ in range(5):
        assert phone.host.run(asked()) == b"head body"
    assert not phone.device.journal.of("adb_bad_packet")
    assert phone.run("reverse", "--remove-all").returncode == 0


def test_a_stream_that_nobody_reads_ends_the_link_before_it_fills_the_memory() -> None:
    stream = Stream(SimpleNamespace(send=lambda *_: None), 1, 2)
    for _ in range(4):
        stream.received(bytes(MAX_PAYLOAD))
    with pytest.raises(BadPacket, match="nobody reads"):
        stream.received(b"x")


def test_reverse_lists_rebinds_and_removes(phone, server) -> None:
    port = int(phone.run("reverse", "tcp:0", f"tcp:{server}").stdout)
    again = phone.run("reverse", "--no-rebind", f"tcp:{port}", "tcp:1")
    assert again.returncode == 1 and b"cannot rebind existing socket" in again.stderr
    assert phone.run("reverse", f"tcp:{port}", "tcp:1").returncode == 0
    assert f"tcp:{port} tcp:1".encode() in phone.run("reverse", "--list").stdout
    missing = phone.run("reverse", "--remove", "tcp:2")
    assert missing.returncode == 1 and b"not found" in missing.stderr
    assert phone.run("reverse", "--remove-all").returncode == 0
    assert phone.run("reverse", "--list").stdout.strip() == b""


def test_a_reverse_of_a_busy_port_fails(phone) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        done = phone.run("reverse", f"tcp:{busy.getsockname()[1]}", "tcp:1")
    assert done.returncode == 1 and b"Address already in use" in done.stderr


def test_only_what_was_reversed_is_ever_opened(phone) -> None:
    link = next(iter(phone.twin.adbd.links))
    with pytest.raises(ConnectionRefusedError):
        phone.host.run(link.open_host("tcp:22"))
    assert phone.shell("echo alive").out == "alive\n"


def test_logcat_streams_and_is_never_silent(phone) -> None:
    child = phone.popen("logcat", "-v", "brief")
    try:
        lines = iter(child.stdout.readline, b"")
        assert b"beginning of" in next(lines)
        phone.shell("log -t marker -p W 你好")
        assert any("W/marker" in line.decode() and "你好" in line.decode() for line in lines)
        began = time.monotonic()
        next(lines)
        assert time.monotonic() - began < 3
    finally:
        child.kill()
        child.communicate()


def test_a_dropped_link_comes_back(adb, host) -> None:
    twin = host.add(seed=41)
    adb.run("connect", twin.serial)
    host.run(_call(twin.device.faults.drop))
    assert wait_for(lambda: adb.run("-s", twin.serial, "get-state").stdout.strip() == b"device", 30)


async def _call(function, *arguments):
    return function(*arguments)


def test_an_offline_phone_is_gone_until_it_is_back(adb, host) -> None:
    twin = host.add(seed=42)
    adb.run("connect", twin.serial)
    host.run(_call(twin.device.faults.set_offline, True))
    assert wait_for(lambda: adb.run("-s", twin.serial, "shell", "echo x").returncode != 0, 5)
    host.run(_call(twin.device.faults.set_offline, False))
    adb.run("disconnect", twin.serial)
    assert b"connected to" in adb.run("connect", twin.serial).stdout
    assert adb.run("-s", twin.serial, "shell", "echo x").stdout == b"x\n"


def test_a_reboot_drops_the_link_and_comes_back(adb, host) -> None:
    twin = host.add(seed=43)
    adb.run("connect", twin.serial)
    assert adb.run("-s", twin.serial, "reboot").returncode == 0
    assert wait_for(lambda: twin.device.journal.of("reboot"), 5)
    adb.run("disconnect", twin.serial)
    assert wait_for(lambda: b"connected to" in adb.run("connect", twin.serial).stdout, 10)
    up = [
        adb.run("-s", twin.serial, "shell", line).stdout
        for line in ("getprop sys.boot_completed", "cat /proc/uptime")
    ]
    # The boot clock begins anew, and adb is there before the system is.
    assert up[0] == b"\n" and float(up[1].split()[0]) < 30
    booted = adb.run("-s", twin.serial, "shell", "getprop sys.boot_completed")
    assert wait_for(lambda: twin.device.properties.get("sys.boot_completed") == "1", 10), booted


def test_a_secure_phone_waits_for_its_user(adb, host) -> None:
    twin = host.add(seed=51, secure=True)
    said = adb.run("connect", twin.serial).stdout
    assert b"failed to authenticate" in said
    assert wait_for(lambda: f"{twin.serial}\tunauthorized".encode() in adb.run("devices").stdout, 5)
    assert twin.adbd.offered is not None
    host.run(_call(twin.adbd.accept))
    assert wait_for(lambda: f"{twin.serial}\tdevice".encode() in adb.run("devices").stdout, 10)
    adb.run("disconnect", twin.serial)
    twin.adbd.offered = None
    # The second time the signature is enough: nobody is asked.
    assert b"connected to" in adb.run("connect", twin.serial).stdout
    assert adb.run("-s", twin.serial, "shell", "echo in").stdout == b"in\n"
    assert twin.adbd.offered is None
    adb.run("disconnect", twin.serial)
    # A host with another key has to ask for itself.
    with AdbServer() as stranger:
        other = type(adb)(stranger, adb.home)
        assert b"failed to authenticate" in other.run("connect", twin.serial).stdout
        assert other.run("-s", twin.serial, "shell", "echo in").returncode != 0
        assert wait_for(lambda: twin.adbd.offered is not None, 5)


def test_root_and_remount_are_refused_as_on_production_builds(phone) -> None:
    assert b"cannot run as root in production builds" in phone.run("root").stdout
    assert b"Not running as root" in phone.run("remount").stdout


def test_an_unknown_service_is_closed_and_journalled(phone) -> None:
    connection = phone.adb_device.open_transport()
    connection.send_command("frobnicate:")
    with pytest.raises(Exception, match="closed"):
        connection.check_okay()
    connection.close()
    assert any(each["name"] == "frobnicate:" for each in phone.device.journal.of("unknown_service"))


@pytest.mark.parametrize(
    "junk",
    [
        b"GET / HTTP/1.1\r\n\r\n" + bytes(50),
        bytes(24),
        b"\xff" * 24,
        b"CNXN" + b"\xff" * 16 + b"\xbc\xb1\xa7\xb1",
    ],
    ids=["http", "zeros", "ones", "huge"],
)
def test_what_is_not_adb_is_dropped_and_hurts_nobody(phone, junk) -> None:
    with socket.create_connection(("127.0.0.1", phone.twin.adbd.port), 5) as client:
        client.sendall(junk)
        client.settimeout(5)
        try:
            assert client.recv(100) == b""
        except ConnectionResetError:
            pass
    assert phone.shell("echo alive").out == "alive\n"


def test_it_listens_on_loopback_only(phone) -> None:
    address = phone.twin.adbd._server.sockets[0].getsockname()
    assert address[0] == "127.0.0.1"


def test_a_full_disk_is_said_by_everything_that_writes(phone, tmp_path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * 1000)
    phone.device.faults.disk_full = True
    try:
        assert b"No space left on device" in phone.run("push", str(path), "/data/local/tmp/full").stderr
        assert "No space left on device" in phone.shell("echo x > /data/local/tmp/full2").err
    finally:
        phone.device.faults.disk_full = False


def test_a_hang_keeps_the_answer_back(phone) -> None:
    phone.host.run(_call(phone.device.faults.hang, 0.7))
    began = time.monotonic()
    assert phone.shell("echo late").out == "late\n"
    assert time.monotonic() - began > 0.5


def test_a_hundred_shells_at_once(phone) -> None:
    async def count():
        return len(asyncio.all_tasks())

    before = phone.host.run(count())
    results: list[str] = []
    device = phone.adb_device

    def one(number):
        results.append(device.shell(f"echo {number}"))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(map(int, results)) == list(range(100))
    assert wait_for(lambda: phone.host.run(count()) <= before + 2, 5), "tasks are left behind"


def test_a_mistake_of_the_twin_ends_one_stream_and_is_journalled(phone, capfd) -> None:
    async def broken(stream):
        raise RuntimeError("a mistake")

    phone.device.sockets["localabstract:broken"] = broken
    port = int(phone.run("forward", "tcp:0", "localabstract:broken").stdout)
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.settimeout(5)
        assert client.recv(10) == b""
    assert any("a mistake" in each["error"] for each in phone.device.journal.of("internal_error"))
    assert "a mistake" in capfd.readouterr().err
    assert phone.shell("echo alive; echo $$").out.startswith("alive\n42")
    phone.run("forward", "--remove", f"tcp:{port}")
    del phone.device.sockets["localabstract:broken"]
