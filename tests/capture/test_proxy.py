"""A real mitmproxy child, real clients, real sockets. Nothing here leaves loopback."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import signal
import socket
import ssl
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
import wsproto
import wsproto.events

from harness.capture.proxy import ProxyCapture
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder


class Bench:
    """A running proxy and ways to use it as an app would."""

    def __init__(self, capture: ProxyCapture, folder: RunFolder) -> None:
        self.capture = capture
        self.folder = folder
        self.context = ssl.create_default_context(cadata=capture.ca_pem.decode())

    def tunnel(self, host: str, port: int = 443) -> socket.socket:
        raw = socket.create_connection(("127.0.0.1", self.capture.port), timeout=10)
        raw.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += raw.recv(1)
        assert b" 200 " in head.split(b"\r\n")[0]
        return raw

    def https(self, host: str) -> http.client.HTTPSConnection:
        client = http.client.HTTPSConnection("127.0.0.1", self.capture.port, timeout=10, context=self.context)
        client.set_tunnel(host, 443)
        return client

    def ask(self, host: str, method: str, path: str, body=None, headers=None) -> tuple[int, bytes, str]:
        with closing(self.https(host)) as client:
            client.request(method, path, body=body, headers=headers or {})
            response = client.getresponse()
            return response.status, response.read(), response.headers.get("content-type", "")

    def lines(self, name: str, want: Callable[[dict], bool], count: int = 1) -> list[dict]:
        """Waits for that many records."""
        deadline = time.monotonic() + 8
        while True:
            path = self.folder.path / "raw" / name
            raw = path.read_text().splitlines() if path.exists() else []
            found = [line for line in map(json.loads, raw) if want(line)]
            if len(found) >= count or time.monotonic() > deadline:
                assert len(found) == count, f"{len(found)} records of {count} in {name}: {raw[-3:]}"
                return found
            time.sleep(0.02)

    def flow(self, host: str, count: int = 1) -> list[dict]:
        return self.lines("flows.jsonl", lambda line: f"//{host}" in line["request"]["url"], count)

    def opaque(self, host: str) -> dict:
        return self.lines("tls.jsonl", lambda line: line["host"] == host)[0]


@contextmanager
def running(path: Path, network: str = "sinkhole") -> Iterator[Bench]:
    with RunFolder.create(path / "run") as folder:
        capture = ProxyCapture(folder, network)  # type: ignore[arg-type]
        capture.start()
        try:
            yield Bench(capture, folder)
        finally:
            capture.stop()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with running(tmp_path_factory.mktemp("proxy")) as one:
        yield one


def test_an_https_request_is_recorded_decrypted(bench: Bench) -> None:
    before = time.monotonic() * 1000
    status, body, kind = bench.ask(
        "a.example", "POST", "/v1/x?q=1&q=%20", b'{"id":1}', {"Cookie": "s=1; t=2"}
    )
    after = time.monotonic() * 1000
    assert (status, body, kind) == (200, b"{}", "application/json")
    [entry] = bench.flow("a.example")
    request, ours = entry["request"], entry["_harness"]
    assert request["method"] == "POST" and request["url"] == "https://a.example/v1/x?q=1&q=%20"
    assert request["postData"]["text"] == '{"id":1}' and request["bodySize"] == 8
    assert request["queryString"] == [{"name": "q", "value": "1"}, {"name": "q", "value": " "}]
    assert request["cookies"] == [{"name": "s", "value": "1"}, {"name": "t", "value": "2"}]
    assert entry["response"]["status"] == 200 and entry["response"]["content"]["text"] == "{}"
    assert (
        before
        <= ours["host_ms_connected"]
        <= ours["host_ms_request_end"]
        <= ours["host_ms_response_end"]
        <= after
    )
    assert ours["answered_by"] == "sinkhole" and ours["selftest"] is False and ours["client_port"] > 0


def test_the_self_test_proves_decryption_and_is_marked(bench: Bench) -> None:
    bench.capture.selftest()
    entries = bench.lines("flows.jsonl", lambda line: line["_harness"]["selftest"])
    assert entries[0]["request"]["url"].startswith("https://selftest.harness.invalid/")
    assert bench.lines("proxy.jsonl", lambda line: line["event"] == "selftest")


def test_plain_http_is_recorded(bench: Bench) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", bench.capture.port, timeout=10)) as client:
        client.request("GET", "http://plain.example:8080/p", headers={"Host": "plain.example:8080"})
        assert client.getresponse().read() == b"{}"
    [entry] = bench.flow("plain.example")
    assert entry["request"]["url"] == "http://plain.example:8080/p"


def test_nothing_reaches_a_server_through_the_sinkhole(bench: Bench) -> None:
    reached: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]

        def listen() -> None:
            try:
                reached.append(server.accept())
            except TimeoutError:
                pass

        thread = threading.Thread(target=listen)
        thread.start()
        with closing(http.client.HTTPConnection("127.0.0.1", bench.capture.port, timeout=10)) as client:
            client.request(
                "POST", f"http://127.0.0.1:{port}/up", body=iter([b"x" * 100]), encode_chunked=True
            )
            assert client.getresponse().status == 200
        with closing(bench.tunnel("127.0.0.1", port)) as raw:
            raw.sendall(b"\x00\x01hello, not http\n")
            time.sleep(0.2)
        thread.join()
    assert reached == []


def test_a_pinned_client_is_recorded_with_host_and_bytes(bench: Bench) -> None:
    with closing(bench.tunnel("pinned.example")) as raw, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(raw, server_hostname="pinned.example")
    record = bench.opaque("pinned.example")
    assert record["reason"] == "tls_refused" and record["port"] == 443
    assert 200 < record["bytes_sent"] < 3000 and 500 < record["bytes_received"] < 10000
    assert "certificate" in record["detail"] or "unknown ca" in record["detail"]
    assert record["host_ms_start"] <= record["host_ms_end"]


def test_a_client_that_leaves_after_the_handshake_counts_as_pinned(bench: Bench) -> None:
    raw = bench.tunnel("late-pin.example")
    with closing(bench.context.wrap_socket(raw, server_hostname="late-pin.example")) as tls:
        assert tls.getpeercert()
    record = bench.opaque("late-pin.example")
    assert record["reason"] == "tls_refused" and "without sending a request" in record["detail"]


def test_a_connection_that_asked_and_got_is_no_opaque_connection(bench: Bench) -> None:
    bench.ask("fine.example", "GET", "/")
    bench.flow("fine.example")
    time.sleep(0.1)
    assert "fine.example" not in (bench.folder.path / "raw/tls.jsonl").read_text()


def test_a_large_upload_streams_to_a_file_named_by_its_digest(bench: Bench) -> None:
    body = os.urandom(3 << 20)
    assert bench.ask("upload.example", "POST", "/up", body)[0] == 200
    [entry] = bench.flow("upload.example")
    name = entry["_harness"]["body"]
    assert name == f"bodies/{hashlib.sha256(body).hexdigest()}"
    assert (bench.folder.path / name).read_bytes() == body
    assert entry["request"]["bodySize"] == len(body) and "text" not in entry["request"]["postData"]


def test_a_chunked_upload_keeps_its_body(bench: Bench) -> None:
    with closing(bench.https("chunks.example")) as client:
        client.request("POST", "/c", body=iter([b'{"a":', b"1}"]), encode_chunked=True)
        assert client.getresponse().read() == b"{}"
    [entry] = bench.flow("chunks.example")
    assert entry["request"]["postData"]["text"] == '{"a":1}'


def test_a_body_of_middle_size_is_a_file_and_bytes_are_base64(bench: Bench) -> None:
    bench.ask("middle.example", "POST", "/", b"m" * 100_000)
    bench.ask("bytes.example", "POST", "/", b"\xff\x00\x01")
    [middle] = bench.flow("middle.example")
    [raw] = bench.flow("bytes.example")
    assert (bench.folder.path / middle["_harness"]["body"]).read_bytes() == b"m" * 100_000
    assert raw["request"]["postData"]["encoding"] == "base64"
    assert base64.b64decode(raw["request"]["postData"]["text"]) == b"\xff\x00\x01"


def test_http2_is_recorded_also_without_a_content_length(bench: Bench) -> None:
    context = ssl.create_default_context(cadata=bench.capture.ca_pem.decode())
    context.set_alpn_protocols(["h2"])
    raw = bench.tunnel("h2.example")
    with closing(context.wrap_socket(raw, server_hostname="h2.example")) as tls:
        assert tls.selected_alpn_protocol() == "h2"
        link = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        link.initiate_connection()
        names = [(":method", "POST"), (":path", "/two"), (":scheme", "https"), (":authority", "h2.example")]
        link.send_headers(1, names)
        link.send_data(1, b"id=42", end_stream=True)
        tls.sendall(link.data_to_send())
        answered = False
        while not answered:
            for event in link.receive_data(tls.recv(65535)):
                answered = answered or isinstance(event, h2.events.StreamEnded)
            tls.sendall(link.data_to_send())
    [entry] = bench.flow("h2.example")
    assert entry["request"]["httpVersion"] == "HTTP/2.0" and entry["request"]["postData"]["text"] == "id=42"
    names_seen = [header["name"] for header in entry["request"]["headers"]]
    assert "transfer-encoding" not in names_seen, "what the sinkhole needs is not what the app sent"


def test_each_websocket_message_is_a_record_with_its_own_time(bench: Bench) -> None:
    raw = bench.tunnel("ws.example")
    with closing(bench.context.wrap_socket(raw, server_hostname="ws.example")) as tls:
        link = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
        tls.sendall(link.send(wsproto.events.Request(host="ws.example", target="/live")))
        while not any(isinstance(event, wsproto.events.AcceptConnection) for event in link.events()):
            link.receive_data(tls.recv(4096))
        tls.sendall(link.send(wsproto.events.TextMessage("first")))
        bench.flow("ws.example", 2)
        time.sleep(0.05)
        tls.sendall(link.send(wsproto.events.BytesMessage(b"\xfe\xff")))
        entries = bench.flow("ws.example", 3)
        tls.sendall(link.send(wsproto.events.CloseConnection(1000)))
    opening, first, second = entries
    assert opening["response"]["status"] == 101 and opening["request"]["url"] == "wss://ws.example/live"
    assert first["request"]["postData"]["text"] == "first" and first["_harness"]["websocket"] == "send"
    assert second["request"]["postData"]["encoding"] == "base64"
    assert second["_harness"]["host_ms_request_end"] - first["_harness"]["host_ms_request_end"] > 40


def test_bytes_that_are_not_http_are_counted(bench: Bench) -> None:
    with closing(bench.tunnel("mqtt.example", 1883)) as raw:
        raw.sendall(b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c\x00\x00")
        time.sleep(0.3)
    record = bench.opaque("mqtt.example")
    assert record["reason"] == "raw_tcp" and record["port"] == 1883 and record["bytes_sent"] == 14


def test_not_http_inside_tls_is_counted_too(bench: Bench) -> None:
    raw = bench.tunnel("push.example", 5223)
    with closing(bench.context.wrap_socket(raw, server_hostname="push.example")) as tls:
        tls.sendall(b"\x00\x01\x02\x03")
        time.sleep(0.3)
    record = bench.opaque("push.example")
    assert record["reason"] == "raw_tcp" and "inside TLS" in record["detail"] and record["bytes_sent"] == 4


def test_rubbish_to_the_proxy_itself_is_recorded(bench: Bench) -> None:
    with closing(socket.create_connection(("127.0.0.1", bench.capture.port), timeout=5)) as raw:
        raw.sendall(b"\x01\x02\x03rubbish\r\n\r\n")
        raw.recv(4096)
    [record] = bench.lines("tls.jsonl", lambda line: line["host"] == "")
    assert record["reason"] == "error" and record["bytes_sent"] == 14


def test_a_head_without_end_is_cut_off_and_recorded(bench: Bench) -> None:
    with closing(socket.create_connection(("127.0.0.1", bench.capture.port), timeout=5)) as raw:
        with pytest.raises(OSError):
            raw.sendall(b"GET http://endless.example/ HTTP/1.1\r\nX: ")
            for _ in range(64):
                raw.sendall(b"x" * (1 << 20))
            while raw.recv(1 << 16):
                pass
            raise OSError
    record = bench.lines("tls.jsonl", lambda line: line["bytes_sent"] > 4 << 20)[0]
    assert record["reason"] == "error" and record["bytes_sent"] < 16 << 20


def test_a_connectivity_check_and_a_picture_get_what_they_ask_for(bench: Bench) -> None:
    assert bench.ask("check.example", "GET", "/generate_204")[0] == 204
    _, body, kind = bench.ask("img.example", "GET", "/a.png", headers={"Accept": "image/webp,*/*"})
    assert kind == "image/png" and body.startswith(b"\x89PNG")
    java = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
    assert bench.ask("java.example", "GET", "/api", headers={"Accept": java})[1] == b"{}"


def test_keys_are_private_and_the_port_is_on_loopback_only(bench: Bench) -> None:
    confdir = bench.capture._confdir
    assert confdir is not None and stat.S_IMODE(confdir.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in confdir.iterdir()}
    assert modes == {0o600}
    listening = Path(f"/proc/{bench.capture.pid}/net/tcp").read_text()
    mine = [line.split()[1] for line in listening.splitlines()[1:] if line.split()[3] == "0A"]
    assert f"0100007F:{bench.capture.port:04X}" in mine and f"00000000:{bench.capture.port:04X}" not in mine


def test_live_passes_requests_on_and_streams_large_answers(tmp_path: Path) -> None:
    body = os.urandom(2 << 20)
    with socket.create_server(("127.0.0.1", 0)) as server, running(tmp_path, "live") as live:
        port = server.getsockname()[1]

        def serve() -> None:
            with server.accept()[0] as peer:
                peer.recv(65536)
                peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        thread = threading.Thread(target=serve)
        thread.start()
        with closing(http.client.HTTPConnection("127.0.0.1", live.capture.port, timeout=10)) as client:
            client.request("GET", f"http://127.0.0.1:{port}/big")
            assert client.getresponse().read() == body
        thread.join()
        [entry] = live.flow(f"127.0.0.1:{port}")
        assert entry["_harness"]["answered_by"] == "server" and entry["serverIPAddress"] == "127.0.0.1"
        name = entry["_harness"]["response_body"]
        assert (live.folder.path / name).read_bytes() == body
        live.capture.selftest()


def test_a_request_without_an_answer_is_recorded_at_failure_and_at_stop(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, running(tmp_path, "live") as live:
        port = server.getsockname()[1]
        asking = [http.client.HTTPConnection("127.0.0.1", live.capture.port, timeout=10) for _ in range(2)]
        for number, client in enumerate(asking):
            client.request("POST", f"http://127.0.0.1:{port}/{number}", body=b"sent")
        peers = [server.accept()[0] for _ in asking]
        peers[0].recv(65536)
        peers[0].close()
        [broken] = live.flow(f"127.0.0.1:{port}")
        assert broken["response"]["status"] == 0 and broken["_harness"]["error"]
        live.capture.stop()
        both = live.flow(f"127.0.0.1:{port}", 2)
        assert both[1]["_harness"]["error"] == "unfinished when the capture stopped"
        assert [entry["request"]["postData"]["text"] for entry in both] == ["sent", "sent"]
        for one in (*asking, *peers):
            one.close()


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize(("announced", "sent"), [(500_000, 20), (500_000, 70_000), (5_000_000, 90_000)])
def test_an_upload_that_breaks_off_keeps_what_was_sent(
    bench: Bench, secure: bool, announced: int, sent: int
) -> None:
    host = f"broken-{announced}-{sent}-{secure}.example"
    raw = socket.create_connection(("127.0.0.1", bench.capture.port), timeout=10) if not secure else None
    wire = raw or bench.context.wrap_socket(bench.tunnel(host), server_hostname=host)
    body = b"imei=869753031234567&" + b"x" * (sent - 21)
    target = f"http://{host}/up" if raw else "/up"
    head = f"POST {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {announced}\r\n\r\n"
    wire.sendall(head.encode() + body[:sent])
    # The end of the connection must not overtake what was sent on it.
    time.sleep(0.2)
    wire.close()
    [entry] = bench.flow(host)
    ours = entry["_harness"]
    assert ours["request_complete"] is False and ours["error"]
    kept = (
        (bench.folder.path / ours["body"]).read_bytes()
        if ours["body"]
        else entry["request"]["postData"]["text"].encode()
    )
    assert kept == body[:sent] and entry["request"]["bodySize"] == sent


def test_a_killed_proxy_is_noticed(tmp_path: Path) -> None:
    with running(tmp_path) as one:
        one.ask("before.example", "GET", "/")
        assert one.capture.alive and one.capture.pid
        os.kill(one.capture.pid, signal.SIGKILL)
        [record] = one.lines("proxy.jsonl", lambda line: line["event"] == "died")
        assert "signal 9" in record["detail"]
        assert not one.capture.alive and one.capture.failure and one.capture.failure.kind == "proxy_died"
        one.flow("before.example")
        with pytest.raises(RunFailure, match="self-test"):
            one.capture.selftest()


def test_stopping_leaves_no_process_no_port_and_no_keys(tmp_path: Path) -> None:
    with running(tmp_path) as one:
        pid, port, confdir = one.capture.pid, one.capture.port, one.capture._confdir
        idle = one.tunnel("idle.example")
        one.capture.stop()
        idle.close()
        assert not Path(f"/proc/{pid}").exists() and confdir is not None and not confdir.exists()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=2)
        assert one.lines("proxy.jsonl", lambda line: line["event"] == "stopped")[0]["detail"] == "exit code 0"
        assert not one.capture.alive and one.capture.failure is None


def test_a_proxy_whose_parent_is_gone_ends_and_removes_its_keys(tmp_path: Path) -> None:
    with running(tmp_path) as one:
        child = one.capture._child
        assert child is not None and child.stdin is not None
        child.stdin.close()
        confdir = one.capture._confdir
        assert child.wait(8) == 0 and confdir is not None and not confdir.exists()


def test_a_full_disk_ends_the_proxy_and_keeps_whole_lines(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path / "run") as folder:
        (folder.path / "raw/flows.jsonl").symlink_to("/dev/full")
        capture = ProxyCapture(folder, "sinkhole")
        capture.start()
        try:
            one = Bench(capture, folder)
            with pytest.raises((OSError, http.client.HTTPException)):
                one.ask("full.example", "GET", "/")
                one.ask("full.example", "GET", "/again")
                time.sleep(0.5)
                one.ask("full.example", "GET", "/gone")
            one.lines("proxy.jsonl", lambda line: line["event"] == "died" and "No space" in line["detail"])
            assert capture.failure is not None and capture.failure.kind == "disk_full"
        finally:
            capture.stop()


def test_a_proxy_that_cannot_start_says_why(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "run")
    (folder.path / "raw/flows.jsonl").mkdir()
    capture = ProxyCapture(folder, "sinkhole")
    with pytest.raises(RunFailure, match="did not start"):
        capture.start()
    assert capture.pid is None
