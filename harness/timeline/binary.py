"""Binary formats without a schema: protobuf, MessagePack, CBOR. Each gives its leaves with where they were.

All three read iteratively, refuse what does not fit to the last byte, and stop at `MOST_LEAVES`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_LEAVES: Final = 100_000
_DEEPEST: Final = 64


class NotThisFormat(Exception):
    """The bytes are not a whole document of the format."""


@dataclass(frozen=True, slots=True)
class Leaf:
    path: str
    """Field numbers "1.3" for protobuf, a JSON pointer "/d/0" for the others."""
    data: bytes
    """Text and bytes as they are, numbers in decimal."""


def protobuf(data: bytes) -> list[Leaf]:
    """Leaves of a message. Bytes that are themselves a message give their leaves too."""
    fields = _fields(data)
    if not fields:
        raise NotThisFormat("no fields")
    leaves: list[Leaf] = []
    todo = [("", fields)]
    while todo:
        prefix, fields = todo.pop()
        for number, wire, value in fields:
            path = f"{prefix}{number}"
            if isinstance(value, int):
                leaves.extend(Leaf(path, text) for text in _numbers(wire, value))
            else:
                leaves.append(Leaf(path, value))
                if prefix.count(".") < _DEEPEST and len(value) > 1 and not _is_text(value):
                    try:
                        todo.append((path + ".", _fields(value)))
                    except NotThisFormat:
                        pass
            if len(leaves) > MOST_LEAVES:
                return leaves
    return leaves


def _fields(data: bytes) -> list[tuple[int, int, int | bytes]]:
    out: list[tuple[int, int, int | bytes]] = []
    at, end = 0, len(data)
    while at < end:
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if not 0 < number < 1 << 29:
            raise NotThisFormat(f"field number {number}")
        match wire:
            case 0:
                whole, at = _varint(data, at)
                out.append((number, wire, whole))
            case 1 | 5:
                size = 8 if wire == 1 else 4
                if at + size > end:
                    raise NotThisFormat("cut off")
                out.append((number, wire, int.from_bytes(data[at : at + size], "little")))
                at += size
            case 2:
                size, at = _varint(data, at)
                if at + size > end:
                    raise NotThisFormat("cut off")
                out.append((number, wire, data[at : at + size]))
                at += size
            case _:
                raise NotThisFormat(f"wire type {wire}")
        if len(out) > MOST_LEAVES:
            break
    return out


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise NotThisFormat("varint")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _numbers(wire: int, value: int) -> list[bytes]:
    """A fixed field can be a number or a float, and only the schema knows: both readings, when plausible."""
    out = [str(value).encode()]
    if wire == 0 and value >= 1 << 63:
        out.append(str(value - (1 << 64)).encode())
    if wire in (1, 5):
        number = struct.unpack("<d", value.to_bytes(8, "little"))[0] if wire == 1 else _single(value)
        if 1e-6 < abs(number) < 1e12:
            out.append((f"{number:.7g}" if wire == 5 else repr(number)).encode())
    return out


def _single(value: int) -> float:
    number: float = struct.unpack("<f", value.to_bytes(4, "little"))[0]
    return number


def _is_text(data: bytes) -> bool:
    try:
        return data.decode().isprintable()
    except UnicodeDecodeError:
        return False


class _Walk:
    """Keeps the place in nested arrays and maps while a format's items come one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.leaves: list[Leaf] = []
        # Each open container: its pointer, items left (-1: until a break), is it a map, pending key, index.
        self.open: list[list[str | int | bool | None]] = []

    def take(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise NotThisFormat("cut off")
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size))

    def leaf(self, data: bytes) -> None:
        if self.open and self.open[-1][2] and self.open[-1][3] is None:
            self.open[-1][3] = data[:100].decode("utf-8", "replace")
            self.leaves.append(Leaf(str(self.open[-1][0]), data))
            return
        self.leaves.append(Leaf(self._place(), data))
        self._count()

    def enter(self, items: int, is_map: bool) -> None:
        if self.open and self.open[-1][2] and self.open[-1][3] is None:
            raise NotThisFormat("a container as a key")
        if len(self.open) >= _DEEPEST:
            raise NotThisFormat("nested too deep")
        if items > len(self.data):
            raise NotThisFormat("more items than bytes")
        self.open.append([self._place(), items, is_map, None, 0])
        self._close_full()

    def leave(self) -> None:
        """A break: ends a container of unknown length."""
        if not self.open or self.open[-1][1] != -1 or self.open[-1][3] is not None:
            raise NotThisFormat("stray break")
        self.open.pop()
        self._count()

    def _place(self) -> str:
        if not self.open:
            return ""
        pointer, _, is_map, key, index = self.open[-1]
        return f"{pointer}/{key if is_map else index}"

    def _count(self) -> None:
        if not self.open:
            return
        top = self.open[-1]
        top[3] = None
        top[4] = int(top[4] or 0) + 1
        if top[1] != -1:
            top[1] = int(top[1] or 0) - 1
        self._close_full()

    def _close_full(self) -> None:
        if self.open and self.open[-1][1] == 0:
            self.open.pop()
            self._count()


def msgpack(data: bytes) -> list[Leaf]:
    """Leaves of one MessagePack map or array that fills `data`."""
    return _walk(data, _msgpack_item)


def cbor(data: bytes) -> list[Leaf]:
    """Leaves of one CBOR map or array that fills `data`."""
    return _walk(data.removeprefix(b"\xd9\xd9\xf7"), _cbor_item)


def _walk(data: bytes, item: Callable[[_Walk], None]) -> list[Leaf]:
    walk = _Walk(data)
    item(walk)
    if walk.leaves:
        raise NotThisFormat("a lone value")
    while walk.open and len(walk.leaves) <= MOST_LEAVES:
        item(walk)
    if not walk.open and walk.at != len(data):
        raise NotThisFormat("trailing bytes")
    return walk.leaves


def _msgpack_item(walk: _Walk) -> None:
    head = walk.number(1)
    if head <= 0x7F:
        walk.leaf(str(head).encode())
    elif head <= 0x8F:
        walk.enter(head & 0x0F, True)
    elif head <= 0x9F:
        walk.enter(head & 0x0F, False)
    elif head <= 0xBF:
        walk.leaf(walk.take(head & 0x1F))
    elif head >= 0xE0:
        walk.leaf(str(head - 0x100).encode())
    elif head in (0xC0, 0xC2, 0xC3):
        walk.leaf({0xC0: b"null", 0xC2: b"false", 0xC3: b"true"}[head])
    elif head in (0xC4, 0xC5, 0xC6):
        walk.leaf(walk.take(walk.number(1 << (head - 0xC4))))
    elif head in (0xC7, 0xC8, 0xC9):
        size = walk.number(1 << (head - 0xC7))
        walk.leaf(walk.take(size + 1)[1:])
    elif head == 0xCA:
        walk.leaf(f"{struct.unpack('>f', walk.take(4))[0]:.7g}".encode())
    elif head == 0xCB:
        walk.leaf(repr(struct.unpack(">d", walk.take(8))[0]).encode())
    elif head <= 0xCF and head >= 0xCC:
        walk.leaf(str(walk.number(1 << (head - 0xCC))).encode())
    elif head <= 0xD3 and head >= 0xD0:
        walk.leaf(str(int.from_bytes(walk.take(1 << (head - 0xD0)), signed=True)).encode())
    elif head <= 0xD8 and head >= 0xD4:
        walk.leaf(walk.take((1 << (head - 0xD4)) + 1)[1:])
    elif head in (0xD9, 0xDA, 0xDB):
        walk.leaf(walk.take(walk.number(1 << (head - 0xD9))))
    elif head in (0xDC, 0xDD):
        walk.enter(walk.number(2 << (head - 0xDC)), False)
    elif head in (0xDE, 0xDF):
        walk.enter(walk.number(2 << (head - 0xDE)), True)
    else:
        raise NotThisFormat(f"byte {head:#x}")


def _cbor_item(walk: _Walk) -> None:
    head = walk.number(1)
    if head == 0xFF:
        walk.leave()
        return
    major, info = head >> 5, head & 0x1F
    if info == 31 and major in (4, 5):
        walk.enter(-1, major == 5)
        return
    if info == 31 and major in (2, 3):
        walk.leaf(_cbor_pieces(walk, major))
        return
    if info > 27:
        raise NotThisFormat(f"byte {head:#x}")
    size = 0 if info < 24 else 1 << (info - 24)
    raw = walk.take(size)
    value = int.from_bytes(raw) if size else info
    match major:
        case 0:
            walk.leaf(str(value).encode())
        case 1:
            walk.leaf(str(-1 - value).encode())
        case 2 | 3:
            walk.leaf(walk.take(value))
        case 4 | 5:
            walk.enter(value, major == 5)
        case 6:
            # A tag says how to read the item that follows; the item is what matters here.
            return
        case _:
            walk.leaf(_cbor_simple(value, raw))


def _cbor_simple(value: int, raw: bytes) -> bytes:
    if len(raw) == 8:
        return repr(struct.unpack(">d", raw)[0]).encode()
    if len(raw) == 4:
        return f"{struct.unpack('>f', raw)[0]:.7g}".encode()
    if len(raw) == 2:
        return f"{struct.unpack('>e', raw)[0]:.4g}".encode()
    return {20: b"false", 21: b"true", 22: b"null", 23: b"undefined"}.get(value, b"simple")


def _cbor_pieces(walk: _Walk, major: int) -> bytes:
    out = b""
    while (head := walk.number(1)) != 0xFF:
        info = head & 0x1F
        if head >> 5 != major or info > 27:
            raise NotThisFormat("piece")
        size = info if info < 24 else walk.number(1 << (info - 24))
        out += walk.take(size)
    return out
