"""Our reader against what thriftpy2 writes, and against rubbish."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thriftpy2.protocol.binary import TBinaryProtocol
from thriftpy2.protocol.compact import TCompactProtocol
from thriftpy2.thrift import TMessageType, TPayload, TType
from thriftpy2.transport import TMemoryBuffer

from harness.timeline.binary import NotThisFormat
from harness.timeline.thrift import thrift


class Inner(TPayload):
    thrift_spec = {1: (TType.STRING, "id", False), 20: (TType.DOUBLE, "lat", False)}
    default_spec = [("id", None), ("lat", None)]


class Report(TPayload):
    thrift_spec = {
        1: (TType.BOOL, "ok", False),
        2: (TType.I64, "imei", False),
        3: (TType.STRUCT, "device", Inner, False),
        4: (TType.LIST, "names", TType.STRING, False),
        5: (TType.MAP, "extra", (TType.STRING, TType.STRING), False),
    }
    default_spec = [("ok", None), ("imei", None), ("device", None), ("names", None), ("extra", None)]


REPORT = Report(
    ok=True,
    imei=869753031234567,
    device=Inner(id="9f2c7a1be4d05833", lat=31.25),
    names=["a", "bc"],
    extra={"k": "v"},
)
EXPECTED = {
    "2": b"869753031234567",
    "3.1": b"9f2c7a1be4d05833",
    "3.20": b"31.25",
    "4.0": b"a",
    "4.1": b"bc",
    "5.0": b"v",
}


def written(protocol, name: str = "") -> bytes:
    buffer = TMemoryBuffer()
    out = protocol(buffer)
    if name:
        out.write_message_begin(name, TMessageType.CALL, 300)
    out.write_struct(REPORT)
    if name:
        out.write_message_end()
    return buffer.getvalue()


@pytest.mark.parametrize("protocol", [TBinaryProtocol, TCompactProtocol])
@pytest.mark.parametrize("name", ["", "report"])
@pytest.mark.parametrize("framed", [False, True])
def test_what_thriftpy2_writes_is_read_by_field_numbers(protocol, name, framed):
    data = written(protocol, name)
    if framed:
        data = len(data).to_bytes(4) + data
    leaves = thrift(data)
    found = {leaf.path: leaf.data for leaf in leaves}
    assert {key: found.get(key) for key in EXPECTED} == EXPECTED
    assert ("name" in found) == bool(name)


@pytest.mark.parametrize("protocol", [TBinaryProtocol, TCompactProtocol])
def test_a_struct_that_is_cut_or_goes_on_is_refused(protocol):
    data = written(protocol)
    for bad in (data[:-3], data + b"\x07\x07", b""):
        with pytest.raises(NotThisFormat):
            thrift(bad)


@given(st.binary(max_size=300))
@settings(max_examples=1500, deadline=None)
def test_rubbish_is_refused_and_nothing_else(data):
    for front in (b"", b"\x80\x01\x00\x01", b"\x82\x21"):
        try:
            thrift(front + data)
        except NotThisFormat:
            pass
