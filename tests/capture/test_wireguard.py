"""A real WireGuard handshake with mitmproxy's own server, and what an app sends through the tunnel."""

from __future__ import annotations

import json
import ssl
import time

import pytest
from wireguard_phone import Tls, Tunnel

from harness.capture.proxy import ProxyCapture
from harness.capture.wireguard import Keys, configuration
from harness.model.run_folder import RunFolder

PACKAGE = "com.example.shop"


@pytest.fixture(scope="module")
def capture(tmp_path_factory):
    with RunFolder.create(tmp_path_factory.mktemp("wireguard") / "run") as folder:
        with ProxyCapture(folder, "sinkhole", wireguard=("127.0.0.1", 0)) as running:
            assert running.tunnel is not None, running.tunnel_why
            yield running, folder


@pytest.fixture(scope="module")
def tunnel(capture):
    made = Tunnel(configuration(capture[0].keys, capture[0].tunnel, PACKAGE))
    yield made
    made.close()


def line(folder, name, want):
    end = time.monotonic() + 8
    while time.monotonic() < end:
        path = folder.path / "raw" / name
        lines = path.read_text().splitlines() if path.exists() else []
        found = [one for one in map(json.loads, lines) if want(one)]
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"{name}: {lines}")


def test_https_through_the_tunnel_is_decrypted_and_named_as_the_app_meant_it(capture, tunnel):
    running, folder = capture
    address = tunnel.resolve("api.shop.example")
    assert address.startswith("198.18.") and tunnel.resolve("api.shop.example") == address
    stream = tunnel.open(address, 443)
    inside = Tls(stream, "api.shop.example", running.ca_pem)
    inside.send(b"POST /v1/log HTTP/1.1\r\nHost: api.shop.example\r\nContent-Length: 8\r\n\r\n" + b'{"id":1}')
    assert inside.receive().startswith(b"HTTP/1.1 200")
    flow = line(folder, "flows.jsonl", lambda one: "api.shop" in one["request"]["url"])
    assert flow["request"]["url"] == "https://api.shop.example/v1/log"
    assert flow["request"]["postData"]["text"] == '{"id":1}'
    assert flow["_harness"]["client_port"] == stream.own and flow["_harness"]["answered_by"] == "sinkhole"


def test_plain_http_to_an_address_carries_the_name_in_its_head(capture, tunnel):
    stream = tunnel.open("203.0.113.9", 8080)
    stream.send(b"GET /p HTTP/1.1\r\nHost: plain.example:8080\r\n\r\n")
    assert stream.receive().startswith(b"HTTP/1.1 200")
    flow = line(capture[1], "flows.jsonl", lambda one: "plain.example" in one["request"]["url"])
    assert flow["request"]["url"] == "http://plain.example:8080/p"


def test_an_app_that_trusts_other_certificates_is_told_by_its_name(capture, tunnel):
    stream = tunnel.open(tunnel.resolve("pinned.example"), 443)
    with pytest.raises(ssl.SSLError):
        Tls(stream, "pinned.example", b"")
    told = line(capture[1], "tls.jsonl", lambda one: one["host"] == "pinned.example")
    assert (told["reason"], told["port"]) == ("tls_refused", 443) and told["bytes_sent"] > 100


def test_a_stream_that_is_neither_http_nor_tls_is_told_with_the_name_that_was_asked_for(capture, tunnel):
    stream = tunnel.open(tunnel.resolve("raw.example"), 9000)
    stream.send(b"\x01\x02\x03binary" * 10)
    stream.close()
    told = line(capture[1], "tls.jsonl", lambda one: one["host"] == "raw.example")
    assert (told["reason"], told["port"], told["bytes_sent"]) == ("raw_tcp", 9000, 90)


def test_datagrams_are_told_with_name_bytes_and_reason_when_the_capture_ends(capture, tunnel):
    running, folder = capture
    sent = {"stun.example": (3478, "udp"), "h3.example": (443, "quic"), "dot.example": (853, "dns_over_tls")}
    for name, (port, _) in sent.items():
        tunnel.datagram(tunnel.resolve(name), port, b"\x00\x01 not QUIC" * 20)
    time.sleep(0.3)
    running.stop()
    lines = map(json.loads, (folder.path / "raw/tls.jsonl").read_text().splitlines())
    told = {one["host"]: (one["port"], one["reason"], one["bytes_sent"]) for one in lines}
    assert {name: told[name] for name in sent} == {
        name: (port, reason, 220) for name, (port, reason) in sent.items()
    }


def test_a_stranger_gets_no_handshake_and_a_port_that_is_not_ours_no_tunnel(tmp_path):
    with RunFolder.create(tmp_path / "run") as folder:
        with ProxyCapture(folder, "sinkhole", wireguard=("203.0.113.1", 5555)) as running:
            assert running.tunnel is None and "assign requested address" in running.tunnel_why
            running.selftest()
        with ProxyCapture(folder, "sinkhole", wireguard=("127.0.0.1", 0)) as running:
            stranger = Keys(running.keys.server_private, Keys.make().phone_private)
            with pytest.raises(TimeoutError):
                Tunnel(configuration(stranger, running.tunnel, PACKAGE), seconds=0.5)
    assert '"error"' not in (folder.path / "raw/proxy.jsonl").read_text()
