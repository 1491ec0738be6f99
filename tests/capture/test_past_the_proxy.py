"""What an app sends past the proxy is accounted for: to where, by which process, how much, when and why."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

import pytest
from reading import PACKAGE, log_of

from harness.capture.clock import ClockCapture
from harness.model.event import OpaqueConnection
from harness.model.result import AppFacts
from harness.model.run_facts import RunFacts
from harness.timeline.build import build_timeline

pytestmark = pytest.mark.twin
APP = AppFacts(
    package=PACKAGE, version_name="1.0", version_code=1, label="Reader", sha256="00", target_sdk=33
)


def own_address() -> str:
    """Of this machine, and not its loopback: what goes there leaves the device. Nothing is sent by asking."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network interface but loopback")
        return asked.getsockname()[0]


def take(server: socket.socket, came: list[int]) -> None:
    connection, _ = server.accept()
    size = 0
    while size < 300 and (data := connection.recv(4096)):
        size += len(data)
    came.append(size)
    connection.close()


def test_raw_sockets_datagrams_quic_and_dns_over_tls_are_each_told(phone, watch):
    folder, address, came = watch.folder, own_address(), []
    folder.write_facts(
        RunFacts(
            harness_version="0", app=APP, scenarios=[], profile="cn-default", pace=1.0, network="sinkhole",
            started="2026-01-01T00:00:00+00:00",
        )
    )  # fmt: skip
    clock = ClockCapture(phone, folder)
    clock.start()
    with socket.create_server((address, 0)) as server:
        port = server.getsockname()[1]
        threading.Thread(target=take, args=(server, came), daemon=True).start()
        try:
            watch.capture.start()
            log_of(phone, "Past", "past", f"--es to {address} --es port {port}")
            watch.capture.settle()
        finally:
            clock.stop()
    assert watch.unhealthy() == [] and came == [300]
    told = [one for one in build_timeline(folder).events if isinstance(one, OpaqueConnection)]
    assert len(told) == 5, told
    assert {(one.reason, one.port, one.bytes_sent) for one in told} == {
        ("bypassed_proxy", port, 300),
        ("dns_over_tls", 853, 0),
        ("udp", 5060, 120),
        ("quic", 443, 1200),
        ("udp", 3478, 50),
    }
    assert {(one.host, one.process) for one in told} == {(address, PACKAGE)}
    assert {one.actor.kind for one in told} == {"app"}
    assert all(one.t_lo <= one.t_hi and one.evidence.line for one in told)
