from __future__ import annotations

import base64
import gzip
import json
import re
import struct
import time
import zlib
from typing import Any

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.timeline import binary
from harness.timeline.decode import DEEPEST, MOST_BYTES, Decoder
from harness.timeline.json_leaves import leaves, parse, pointers
from harness.timeline.view import Pointers


def entry(body: bytes, mime: str = "", **headers: str) -> dict[str, Any]:
    fields = [{"name": name.replace("_", "-"), "value": value} for name, value in headers.items()]
    post = {"mimeType": mime, "text": base64.b64encode(body).decode(), "encoding": "base64"}
    return {"request": {"method": "POST", "url": "https://x.example/", "headers": fields, "postData": post}}


def read(one: dict[str, Any]) -> tuple[list[bytes], list[str], int]:
    """(what the views hold, errors, bytes in all)"""
    decoder = Decoder()
    views = [view.data for view in decoder.views(one, lambda name: b"")]
    return views, decoder.errors, sum(map(len, views))


def holds(one: dict[str, Any], needle: bytes) -> bool:
    return any(needle in view for view in read(one)[0])


MARK = b"the mark to find"


@pytest.mark.parametrize(
    "wrap",
    [
        gzip.compress,
        zlib.compress,
        zstandard.compress,
        base64.b64encode,
        lambda data: data.hex().encode(),
        lambda data: json.dumps({"a": data.decode("latin-1")}).encode(),
        lambda data: b"--B\r\nContent-Disposition: form-data; name=a\r\n\r\n" + data + b"\r\n--B--\r\n",
        lambda data: b"\x12" + bytes([len(data)]) + data,
    ],
)
def test_each_layer_opens_at_any_depth_that_is_allowed(wrap) -> None:
    data = MARK
    for _ in range(3):
        data = base64.b64encode(wrap(data))
    assert holds(entry(data), MARK)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
    ],
)
def test_content_codings_are_undone(coding: str, pack) -> None:
    assert holds(entry(pack(MARK), content_encoding=coding), MARK)
    assert holds(entry(pack(gzip.compress(MARK)), content_encoding=f"gzip, {coding}"), MARK)


def test_charsets_are_read() -> None:
    text = "名字=张伟明"
    for charset in ("gbk", "gb18030", "utf-16", "utf-16-le", "big5"):
        assert holds(entry(text.encode(charset, "ignore"), f"text/plain; charset={charset}"), "名字".encode())
    assert holds(entry("plain words".encode("utf-16-le")), b"plain words"), "without being told"
    _, errors, _ = read(entry(b"x", "text/plain; charset=no-such"))
    assert "no-such" in errors[0]


def test_wrong_claims_are_errors_and_text_that_was_decoded_already_is_none() -> None:
    broken = gzip.compress(MARK)[:-12]
    assert "cut off" in read(entry(broken, content_encoding="gzip"))[1][0]
    assert "not gzip" in read(entry(b"\x00\x01\x02\x03", content_encoding="gzip"))[1][0]
    assert read(entry(MARK, content_encoding="gzip"))[1] == [], "many tools leave the header"
    assert "not JSON" in read(entry(b'{"a\\u": broken', "application/json"))[1][0]
    assert "boundary" in read(entry(b"x", "multipart/form-data; boundary=QQQQ"))[1][0]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress, zstandard.compress])
def test_a_bomb_stays_within_the_bound_and_is_said(pack) -> None:
    coding = {gzip.compress: "gzip", zlib.compress: "deflate", brotli.compress: "br"}.get(pack, "zstd")
    _, errors, size = read(entry(pack(b"\0" * (64 << 20)), content_encoding=coding))
    assert size <= 4 * MOST_BYTES and errors


def test_a_bomb_inside_a_bomb_stays_within_the_bound() -> None:
    inner = gzip.compress(b"\0" * (128 << 20))
    for _ in range(3):
        inner = gzip.compress(base64.b64encode(inner) * 3)
    start = time.process_time()
    _, errors, size = read(entry(inner))
    assert size <= 4 * MOST_BYTES and errors and time.process_time() - start < 8


def test_depth_is_bounded_and_said() -> None:
    data = b"x" * 30
    for _ in range(DEEPEST + 4):
        data = base64.b64encode(data)
    assert any("encoded more than" in error for error in read(entry(data))[1])
    nested = b'"deep"'
    for _ in range(12):
        nested = json.dumps([nested.decode()]).encode()
    assert any("encoded more than" in error for error in read(entry(nested))[1])


def test_deeply_nested_documents_do_not_crash() -> None:
    for body in (
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"\\" + b"[" * 100_000,
        b"\x91" * 100_000,
        b"\x81" * 100_000,
    ):
        read(entry(body, "application/json"))
        read(entry(body))


def test_time_is_bounded_and_said() -> None:
    ticks = iter(range(0, 1000, 2))
    decoder = Decoder(clock=lambda: float(next(ticks)))
    list(decoder.views(entry(base64.b64encode(base64.b64encode(MARK * 9))), lambda name: b""))
    assert any("more than 5 s" in error for error in decoder.errors)


def test_a_megabyte_of_one_letter_is_quick() -> None:
    start = time.process_time()
    runs = [b"A", b"=", b"%", b"&", b"{", b'"', b"\n", b"<", b"-", b"0", b"\x0a", b"\x80"]
    for letter in [*runs, b"%41", b"a=b&", b"A" * 76 + b"\n", b'{"a":"']:
        read(entry(letter * (1_000_000 // len(letter))))
    assert time.process_time() - start < 20


def test_numbers_keep_their_digits() -> None:
    keys, values, _ = leaves(parse('{"a":31.2304160,"b":869753031234567,"c":[1e400,-0]}'), 100)
    assert {"31.2304160", "869753031234567", "1e400", "-0"} <= set(values) and "a" in keys


def test_binary_formats_refuse_what_does_not_fit() -> None:
    for reader in (binary.protobuf, binary.msgpack, binary.cbor):
        for data in (b"", b"\xff", b"hello world", b"\x0a\x7f", b"\x81", b"\xa1", b"\x93\x01"):
            with pytest.raises(binary.NotThisFormat):
                reader(data)


def test_floats_in_binary_formats_are_read_as_they_were_meant() -> None:
    double = struct.pack("<d", 31.230416)
    assert b"31.230416" in [leaf.data for leaf in binary.protobuf(b"\x09" + double)]
    assert b"31.230416" in [leaf.data for leaf in binary.msgpack(b"\x91\xcb" + struct.pack(">d", 31.230416))]
    assert b"31.230416" in [leaf.data for leaf in binary.cbor(b"\x81\xfb" + struct.pack(">d", 31.230416))]


def test_websocket_messages_in_one_entry_are_read() -> None:
    one = entry(b"") | {
        "_webSocketMessages": [
            {"type": "send", "opcode": 1, "data": "the mark to find"},
            {"type": "receive", "opcode": 1, "data": "the answer"},
            {"type": "send", "opcode": 2, "data": base64.b64encode(b"\x01binary mark").decode()},
        ]
    }
    assert holds(one, MARK) and holds(one, b"binary mark") and not holds(one, b"the answer")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def at(document: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_every_leaf_is_where_its_pointer_says(document: Any) -> None:
    text = json.dumps(document)
    again = parse(text)
    keys, values, is_all = leaves(again, 10_000)
    found = pointers(again)
    assert is_all and len(found) == len(keys)
    for number, (key, value) in enumerate(zip(keys, values, strict=True)):
        there = at(again, found[number])
        assert there == value if isinstance(there, str) else value == ""
        assert key == "" or found[number].endswith(key.replace("~", "~0").replace("/", "~1"))


@given(st.recursive(st.just("leaf"), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.text("abc/~", max_size=3), inner, max_size=3), max_leaves=8))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_the_pointer_of_a_place_in_json_text_leads_there(document: Any) -> None:
    text = json.dumps(document)
    places = [match.start() + 1 for match in re.finditer('"leaf"', text)]
    inside = Pointers(text.encode())
    for place in [*places, *reversed(places), *places]:
        assert at(document, inside.at(place)) == "leaf"


PARTS = [
    *(b"{", b"}", b'"', b"[", b"]", b":", b",", b"\\", b"%41", b"%", b"=", b"&", b"\0", b"\x1e", b"\x1f"),
    *(b"\x1f\x8b\x08", b"x\x9c", b"\x28\xb5\x2f\xfd", b"--B\r\n", b"\r\n\r\n", b"\x0a\x05", b"\x82", b"\xa1"),
    *(b"QUJDREVGR0hJSktMTU5PUA==", b"30313233343536373839616263646566", b"a=b&c=d", b"<a>&lt;"),
    *(gzip.compress(b'{"a":1}'), zlib.compress(b"q" * 99), b"\xff\xfe"),
]
PIECES = st.lists(st.sampled_from(PARTS) | st.binary(max_size=20), max_size=30).map(b"".join)
KINDS = [
    *("", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"),
    *("application/x-protobuf", "application/msgpack", "application/cbor"),
    *("text/plain; charset=utf-16", "text/html; charset=gbk"),
]


@given(
    PIECES, st.sampled_from(KINDS), st.sampled_from(["", "gzip", "br", "zstd", "deflate", "gzip, br", "x"])
)
@settings(max_examples=600, deadline=None)
def test_no_body_crashes_or_outgrows_the_decoder(body: bytes, mime: str, coding: str) -> None:
    _, _, size = read(entry(body, mime, content_encoding=coding))
    assert size < 2_000_000
    decoder = Decoder()
    for view in decoder.views(entry(body, mime, content_encoding=coding), lambda name: b""):
        for offset in (0, len(view.data) // 2, len(view.data) - 1):
            where, labels = view.step_at(offset).way()
            assert where and all(labels)
            start, end = view.bounds(offset)
            assert 0 <= start <= end <= len(view.data)


KEYS = [
    *("request", "url", "headers", "postData", "text", "name", "value", "encoding", "params"),
    *("_harness", "body", "_webSocketMessages", "type", "data"),
]
RUBBISH = st.recursive(
    st.none() | st.text(max_size=20) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)


@given(RUBBISH)
@settings(max_examples=500, deadline=None)
def test_no_entry_crashes_the_decoder(one: Any) -> None:
    read(one if isinstance(one, dict) else {"request": one})


@given(st.binary(max_size=200))
@settings(max_examples=2000, deadline=None)
def test_binary_readers_only_refuse(data: bytes) -> None:
    for reader in (binary.protobuf, binary.msgpack, binary.cbor):
        try:
            reader(data)
        except binary.NotThisFormat:
            pass
