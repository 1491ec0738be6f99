"""What native code sends past the proxy is told, with process, bytes and reason."""

from __future__ import annotations

import pytest
from run_builder import build

from harness.model.event import Evidence, Health, NativeCall, OpaqueConnection
from harness.timeline.build import build_timeline
from harness.timeline.bypass import bypassing


def call(at, function, target, pid=7):
    return NativeCall(
        id=f"hook-{int(at * 1000):06d}", t_lo=at * 1000, t_hi=at * 1000 + 1, source="hook", pid=pid,
        process="org.shop.app", evidence=Evidence(file="raw/hooks.jsonl", line=3), function=function,
        target=target, caller="libshop.so",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("function", "target", "reason"),
    [
        ("libc.so.connect", "203.0.113.9:443", "bypassed_proxy"),
        ("libc.so.connect", "[2001:db8:0:0:0:0:0:1]:8443", "bypassed_proxy"),
        ("libc.so.connect", "203.0.113.9:853", "dns_over_tls"),
        ("libc.so.sendto", "203.0.113.9:443 1200 bytes", "quic"),
        ("libc.so.sendto", "203.0.113.9:5060 20 bytes", "udp"),
    ],
)
def test_each_way_past_the_proxy_has_its_reason(function, target, reason):
    [one] = bypassing([call(1, function, target)])
    assert one.reason == reason and one.process == "org.shop.app" and "libshop.so" in one.detail
    assert one.evidence.line == 3 and one.t_lo <= 1000 <= one.t_hi


@pytest.mark.parametrize(
    "target", ["127.0.0.1:8080", "[0:0:0:0:0:0:0:1]:80", "203.0.113.9:0", "/dev/socket/x", "999.1.1.1:4", ""]
)
def test_what_leaves_no_device_is_none(target):
    assert list(bypassing([call(1, "libc.so.connect", target)])) == []


def test_datagrams_of_one_conversation_are_one_and_a_pause_parts_two():
    times = [1, 1.5, 2, 9, 9.1]
    found = list(bypassing([call(at, "libc.so.sendto", "203.0.113.9:443 100 bytes") for at in times]))
    assert sorted((one.bytes_sent, one.t_lo, one.t_hi) for one in found) == [
        (200, 9000, 9101),
        (300, 1000, 2001),
    ]
    assert len({one.id for one in found}) == 2


def test_what_was_sent_on_a_connection_counts_for_it_alone():
    events = [
        call(1, "libc.so.connect", "203.0.113.9:443"),
        call(2, "libc.so.write", "203.0.113.9:443 sent 100 bytes"),
        call(9, "libc.so.sendmsg", "203.0.113.9:443 sent 250 bytes"),
        call(9, "libc.so.write", "203.0.113.10:443 sent 9 bytes"),
        call(9, "libc.so.write", "203.0.113.9:443 sent 9 bytes", pid=8),
    ]
    [one] = bypassing(events)
    assert one.bytes_sent == 250 and one.t_lo <= 1000 and one.t_hi >= 9000


def test_a_datagram_socket_that_was_connected_is_no_stream():
    events = [
        call(1, "libc.so.connect", "203.0.113.9:443 udp"),
        call(2, "libc.so.sendto", "203.0.113.9:443 sent 1200 bytes"),
    ]
    [one] = bypassing(events)
    assert (one.reason, one.bytes_sent) == ("quic", 1200)


def test_the_name_that_the_same_process_looked_up_is_told():
    events = [
        call(1, "libc.so.getaddrinfo", "quiet.example"),
        call(2, "libc.so.connect", "203.0.113.9:443"),
        call(2, "libc.so.connect", "203.0.113.9:443", pid=8),
    ]
    found = sorted(bypassing(events), key=lambda one: one.pid)
    assert "quiet.example" in found[0].detail and "quiet.example" not in found[1].detail


def test_the_share_that_could_be_read_is_a_fact_of_the_proxys_gate(tmp_path):
    native = {"kind": "native", "hook": "native-connect", "data_type": "other", "api": "libc.so.connect",
              "args": ["203.0.113.9:443"], "values": [], "result": "empty", "exception": None, "stack": [],
              "seq": 1, "t": 5_011_000.0, "tid": 1, "caller": "libshop.so"}  # fmt: skip
    record = {"host_ms": 11_000, "pid": 101, "process": "org.shop.app",
              "message": {"t": "events", "events": [native]}}  # fmt: skip
    add = [
        {"at": 1.2, "flow": "https://x.example/v1", "body": {"d": "x" * 490}},
        {"at": [1.3, 1.4], "opaque": "pinned.example"},
    ]
    case = {"SC01": {"add": add}, "raw": [{"file": "raw/hooks.jsonl", "record": record}]}
    timeline = build_timeline(build(tmp_path / "run", case))
    health = [one for one in timeline.events if isinstance(one, Health) and one.gate == "proxy"][-1]
    assert health.facts["connections_not_read"] == 2 and health.facts["bytes_not_read"] == 517
    assert 0.4 < health.facts["decrypted_share"] < 0.6 and health.facts["requests_read"] == 1
    reasons = {one.reason for one in timeline.events if isinstance(one, OpaqueConnection)}
    assert reasons == {"tls_refused", "bypassed_proxy"}
