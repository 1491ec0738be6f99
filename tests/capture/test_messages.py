"""The wire contract: what the agent may say, and that it is bounded."""

import pytest
from pydantic import ValidationError

from harness.capture.messages import MAX_EVENTS, MESSAGE, Events

EVENT = {
    "seq": 1, "t": 1000.5, "took_ms": 2, "tid": 7, "kind": "read", "hook": "imei", "data_type": "imei",
    "api": "android.telephony.TelephonyManager.getImei", "args": [], "values": ["868016054321987"],
    "result": "obtained", "exception": None, "stack": ["com.x.A.b:3"],
}  # fmt: skip


def parse(message):
    return MESSAGE.validate_python(message)


def test_each_kind_of_message_is_read():
    assert isinstance(parse({"t": "events", "events": [EVENT]}), Events)
    parse({"t": "hello", "pid": 1, "runtime": "jvm", "device_ms": 5, "agent": "0.1.0+abc"})
    parse({"t": "targets", "targets": [{"hook": "a", "target": "b.c", "status": "absent", "reason": "no"}]})
    parse({"t": "error", "hook": "imei", "api": "a.b", "error": "Error"})
    parse({"t": "heartbeat", "seq": 0, "dropped": 0, "device_ms": 1.5})
    parse({"t": "bye", "seq": 3, "dropped": 0, "why": "kill"})


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"seq": "1"},
        {"t": float("nan")},
        {"data_type": "shoe_size"},
        {"result": "maybe"},
        {"values": ["x" * 5000]},
        {"values": ["x"] * 100},
        {"stack": ["a.b:1"] * 65},
        {"values": ["\ud800"]},
        {"unknown": 1},
        {"api": None},
    ],
)
def test_a_message_that_breaks_the_contract_is_refused(change):
    with pytest.raises(ValidationError):
        parse({"t": "events", "events": [{**EVENT, **change}]})


def test_a_message_of_too_many_events_is_refused():
    with pytest.raises(ValidationError):
        parse({"t": "events", "events": [EVENT] * (MAX_EVENTS + 1)})


@pytest.mark.parametrize("message", [{}, {"t": "shout"}, [], "hello", None, {"t": ["events"]}])
def test_what_is_no_message_is_refused(message):
    with pytest.raises(ValidationError):
        parse(message)
