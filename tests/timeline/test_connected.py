"""A flow is tied to who opened its connection only where no one else can have."""

import json

import pytest
from run_builder import FRAMES, OFFSET_MS, build

from harness.capture.clock import ClockMap
from harness.model.event import (
    UNATTRIBUTED,
    Actor,
    Evidence,
    Flow,
    FoundValue,
    NativeCall,
    OpaqueConnection,
    ValueRead,
)
from harness.timeline.build import build_timeline
from harness.timeline.clocked import Clocked
from harness.timeline.connected import Connects

PACKAGE = "org.shop.app"
SDK = Actor(kind="sdk", name="Acme Metrics", sdk="acme-metrics")
STRANGER = Actor(kind="unknown", name="net.trackly.sdk")
APP = Actor(kind="app", name=PACKAGE)
THREAD = Actor(kind="framework", name="Android")
ABOUT = {"source": "hook", "evidence": Evidence(file="raw/hooks.jsonl", line=1)}
HOST = "collect.trackly.example"
ROAD = f"127.0.0.1:40000 to:{HOST}:443"


def call(at, target=ROAD, actor=STRANGER, pid=7, port=51234, name="libc.so.connect"):
    return NativeCall(
        id=f"hook-{int(at):06d}-{pid}", t_lo=at, t_hi=at + 3, pid=pid, process=f"{PACKAGE}:{pid}", function=name,
        target=target, actor=actor, local_port=port, **ABOUT,
    )  # fmt: skip


def flow(host=HOST, port=443, **more):
    return Flow(
        id="flow-000001", t_lo=1100, t_hi=1101, source="proxy", evidence=Evidence(file="raw/flows.jsonl", line=1),
        method="POST", scheme="https", host=host, port=port, path="/", connected_lo=1000, **more,
    )  # fmt: skip


def tied(calls, one=None, client_port=40001, at=1010.0):
    same = ClockMap.from_pings(
        [
            {"host_before_ms": t, "host_after_ms": t, "device_ms": t, "resolution_ms": 1}
            for t in map(float, range(0, 5000, 100))
        ]
    )
    return Connects(calls, Clocked(same)).tied(one or flow(), {"client_port": client_port}, at)


def test_the_only_one_who_asked_for_the_host_then_has_sent_it():
    found = tied([call(1000), call(1000, "127.0.0.1:40000 to:other.example:443", SDK, pid=8)])
    assert (found.pid, found.process, found.actor) == (7, f"{PACKAGE}:7", STRANGER)
    assert (found.opened.event, found.opened.by) == ("hook-001000-7", "name")


@pytest.mark.parametrize("at", [850.0, 3050.0])
def test_a_call_at_another_time_is_another_connection(at):
    assert tied([call(1000)], at=at).opened is None


def test_two_who_asked_for_the_same_host_at_the_same_time_leave_it_open():
    both = tied([call(1000), call(1001, actor=SDK, pid=8)])
    assert (both.opened, both.pid, both.actor) == (None, None, UNATTRIBUTED)
    one_process = tied([call(1000), call(1001, actor=SDK)])
    assert (one_process.opened, one_process.pid) == (None, 7)
    one_actor = tied([call(1000), call(1001, pid=8)])
    assert (one_actor.opened.actor, one_actor.pid) == (STRANGER, None)


def test_the_port_decides_where_the_proxy_sees_the_apps_own():
    calls = [
        call(1000, "203.0.113.9:443", SDK, port=40001),
        call(1000, "203.0.113.9:443", STRANGER, port=40002),
    ]
    assert tied(calls).opened.actor == SDK
    assert tied(calls).opened.by == "port"
    assert tied(calls, client_port=40003).opened is None
    assert tied(calls, flow(port=80)).opened is None


def test_the_owner_of_the_host_stays_and_who_opened_the_connection_is_told_beside():
    found = tied([call(1000)], flow(actor=SDK))
    assert (found.actor, found.opened.actor) == (SDK, STRANGER)


def test_a_thread_of_the_platform_says_which_process_and_not_who():
    found = tied([call(1000, actor=THREAD)])
    assert (found.actor, found.pid, found.opened.actor) == (UNATTRIBUTED, 7, THREAD)


def test_the_app_may_carry_for_an_sdk_whose_read_is_inside():
    read = {"event": "hook-1", "api": "x", "at_least_ms": 1, "at_most_ms": 2}
    mine, theirs = (
        FoundValue(
            data_type="imei",
            value_digest="00",
            where="body",
            decodings=[],
            reads=[ValueRead(actor=who, **read)],
        )
        for who in (APP, SDK)
    )
    assert tied([call(1000, actor=APP)], flow(found=[mine])).actor == APP
    assert tied([call(1000, actor=APP)], flow(found=[mine, theirs])).actor == UNATTRIBUTED


def test_a_connection_that_could_not_be_read_has_its_process_too():
    about = {"source": "proxy", "evidence": Evidence(file="raw/tls.jsonl", line=1)}
    pinned = OpaqueConnection(
        id="tls-1", t_lo=1010, t_hi=1020, host=HOST, port=443, reason="tls_refused", **about
    )
    found = tied([call(1000)], pinned)
    assert (found.process, found.actor) == (f"{PACKAGE}:7", STRANGER)


def test_other_functions_and_the_harnesss_own_request_are_tied_to_nobody():
    assert tied([call(1000, name="libc.so.sendto")]).opened is None
    assert tied([call(1000)], flow(selftest=True)).opened is None


def test_from_the_raw_record_to_the_timeline(tmp_path):
    folder = build(tmp_path / "run", {"SC01": {"add": [{"at": 5, "flow": f"https://{HOST}/v1"}]}})
    lines = folder.path / "raw/hooks.jsonl"
    host = next(
        json.loads(line)["_harness"]["host_ms_connected"]
        for line in (folder.path / "raw/flows.jsonl").read_text().splitlines()
        if HOST in line
    )
    records = [json.loads(line) for line in lines.read_text().splitlines()]
    at = next(i for i, one in enumerate(records) if one["message"]["t"] in ("heartbeat", "bye", "events"))
    seq = 1 + max((e["seq"] for one in records[:at] for e in one["message"].get("events", [])), default=0)
    event = {
        "seq": seq, "t": host + OFFSET_MS, "took_ms": 2, "tid": 31, "kind": "native", "hook": "native-connect",
        "data_type": "other", "api": "libc.so.connect",
        "args": ["127.0.0.1:40000", "from:51234", f"to:{HOST}:443"], "values": [], "result": "empty",
        "exception": None, "stack": ["java.net.Socket.connect:1", *FRAMES["stranger"]], "caller": "libnio.so",
    }  # fmt: skip
    line = {**records[at], "host_ms": host, "message": {"t": "events", "events": [event]}}
    lines.write_text("".join(json.dumps(one) + "\n" for one in [*records[:at], line, *records[at:]]))
    timeline = build_timeline(folder)
    connect = next(one for one in timeline.events if isinstance(one, NativeCall))
    assert (connect.local_port, connect.thread, connect.target) == (51234, 31, ROAD)
    sent = next(one for one in timeline.events if isinstance(one, Flow) and one.host == HOST)
    assert (
        sent.actor.name == "net.trackly.sdk" and sent.pid == connect.pid and sent.opened.event == connect.id
    )
