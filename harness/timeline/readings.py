"""Which binary formats a body can be read as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from harness.timeline import binary
from harness.timeline.thrift import begins_as_thrift, thrift

_MOST_FRAMES: Final = 1000
"""Zeros read as empty frames without end; a body of more frames is searched whole."""


def _can_begin(head: int) -> bool:
    """Whether a document of any of the formats can have this first byte."""
    is_frame, is_thrift = head in (0, 1), head <= 0x10 or head in (0x80, 0x82)
    is_packed = 0x80 <= head <= 0xBF or head == 0xD9 or 0xDC <= head <= 0xDF
    return is_frame or is_thrift or is_packed or _is_field(head)


def _is_field(head: int) -> bool:
    """A protobuf field: a number that is not 0, and a wire type that is in use."""
    return head >= 8 and head & 7 in (0, 1, 2, 5)


_BEGINS: Final = tuple(map(_can_begin, range(256)))
_IS_SIZED: Final = tuple(0x10 < head < 0x80 and _is_field(head) and head & 7 == 2 for head in range(256))
"""First bytes that only protobuf has, before a length."""


def binary_readings(data: bytes, mime: str) -> Iterator[tuple[str, list[binary.Leaf]]]:
    """The first of the binary formats that `data` can be read as to its last byte."""
    head = data[0] if data else 0
    readers: list[tuple[str, Callable[[bytes], list[binary.Leaf]]]] = []
    if "thrift" in mime:
        readers.append(("thrift:", thrift))
    if "msgpack" in mime or 0x80 <= head <= 0x9F or 0xDC <= head <= 0xDF:
        readers.append(("msgpack:", binary.msgpack))
    if "cbor" in mime or 0x80 <= head <= 0xBF or head == 0xD9:
        readers.append(("cbor:", binary.cbor))
    readers.append(("protobuf:", binary.protobuf))
    if begins_as_thrift(data):
        readers.append(("thrift:", thrift))
    if "cbor" in mime:
        readers.sort(key=lambda one: one[0] != "cbor:")
    for label, reader in readers:
        try:
            yield label, reader(data)
        except binary.NotThisFormat:
            continue
        return


def frames(data: bytes) -> list[bytes]:
    """The messages of a gRPC body: a flag, a length, the message, and so on to the last byte."""
    out: list[bytes] = []
    at = 0
    while at + 5 <= len(data) and data[at] in (0, 1) and len(out) <= _MOST_FRAMES:
        end = at + 5 + int.from_bytes(data[at + 1 : at + 5])
        if end > len(data):
            break
        out.append(data[at + 5 : end])
        at = end
    return out if at == len(data) else []


def is_binary_document(data: bytes) -> bool:
    """Whether one of the formats, or gRPC's frames, fits to the last byte. Text is none."""
    head = data[0]
    if not _BEGINS[head] or (_IS_SIZED[head] and len(data) - 2 < data[1] < 0x80):
        return False
    if data.isascii() and data.isalnum():
        return False
    return bool(frames(data)) or next(binary_readings(data, ""), None) is not None
