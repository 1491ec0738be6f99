"""Apache Thrift without its schema: the binary and the compact protocol, a message or a bare struct, framed or
not.

Read from the protocol descriptions in the Thrift repository (doc/specs/thrift-binary-protocol.md and
thrift-compact-protocol.md). Iterative, to the last byte, at most `MOST_LEAVES`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from harness.timeline.binary import MOST_LEAVES, Leaf, NotThisFormat

_DEEPEST: Final = 64
_BINARY_MESSAGE: Final = b"\x80\x01\x00"
_COMPACT_MESSAGE: Final = 0x82

_STOP, _BOOL, _BYTE, _DOUBLE, _I16, _I32, _I64, _STRING, _STRUCT, _MAP, _SET, _LIST, _UUID = (
    0, 2, 3, 4, 6, 8, 10, 11, 12, 13, 14, 15, 16,
)  # fmt: skip
_WIDTH: Final = {_BYTE: 1, _I16: 2, _I32: 4, _I64: 8}
_COMPACT_TYPES: Final = {
    1: _BOOL, 2: _BOOL, 3: _BYTE, 4: _I16, 5: _I32, 6: _I64, 7: _DOUBLE, 8: _STRING, 9: _LIST, 10: _SET,
    11: _MAP, 12: _STRUCT, 13: _UUID,
}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A container that is being read."""

    path: str
    kinds: tuple[int, ...]
    """Of its items, in turn: one for a list, two for a map; empty for a struct, whose fields say theirs."""
    left: int = 0
    done: int = 0
    last_field: int = 0


@dataclass(slots=True)
class _Walk:
    data: bytes
    at: int = 0
    leaves: list[Leaf] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def take(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise NotThisFormat("cut off")
        self.at += size
        return self.data[self.at - size : self.at]

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise NotThisFormat("varint")


def begins_as_thrift(data: bytes) -> bool:
    """Whether the first bytes look like a message or a bare struct of the binary protocol. A bare struct of the
    compact one has nothing to know it by: its Content-Type must say it."""
    if data[:1] == b"\0" and int.from_bytes(data[:4]) == len(data) - 4:
        data = data[4:]
    if len(data) < 5:
        return False
    is_message = data[:3] == _BINARY_MESSAGE or (data[0] == _COMPACT_MESSAGE and data[1] & 0x1F == 1)
    return is_message or (_BOOL <= data[0] <= _UUID and data[1] == 0)


def thrift(data: bytes) -> list[Leaf]:
    """Leaves of one message or struct that fills `data`, by the numbers of their fields: "1.3", "2.0" in a
    list."""
    if len(data) > 4 and int.from_bytes(data[:4]) == len(data) - 4:
        data = data[4:]
    if data[:3] == _BINARY_MESSAGE:
        return _message(data, is_compact=False)
    if data[:1] and data[0] == _COMPACT_MESSAGE and data[1:2] and data[1] & 0x1F == 1:
        return _message(data, is_compact=True)
    try:
        return _structs(_Walk(data), is_compact=False)
    except NotThisFormat:
        return _structs(_Walk(data), is_compact=True)


def _message(data: bytes, is_compact: bool) -> list[Leaf]:
    walk = _Walk(data)
    if is_compact:
        walk.take(2)
        walk.varint()
        size = walk.varint()
    else:
        walk.take(4)
        size = int.from_bytes(walk.take(4), signed=True)
    walk.leaves.append(Leaf("name", walk.take(size)))
    if not is_compact:
        walk.take(4)
    return _structs(walk, is_compact)


def _structs(walk: _Walk, is_compact: bool) -> list[Leaf]:
    walk.open.append(_Open("", ()))
    value, next_field = (_compact_value, _compact_field) if is_compact else (_binary_value, _binary_field)
    while walk.open:
        if len(walk.leaves) > MOST_LEAVES:
            return walk.leaves
        top = walk.open[-1]
        if top.kinds:
            if top.left == 0:
                walk.open.pop()
                continue
            kind = top.kinds[top.done % len(top.kinds)]
            path = f"{top.path}.{top.done // len(top.kinds)}"
            top.left -= 1
            top.done += 1
            value(walk, kind, path)
        else:
            next_field(walk, top)
    if walk.at != len(walk.data) or not walk.leaves:
        raise NotThisFormat("trailing bytes")
    return walk.leaves


def _enter(walk: _Walk, path: str, kinds: tuple[int, ...], items: int) -> None:
    if len(walk.open) >= _DEEPEST:
        raise NotThisFormat("nested too deep")
    if items < 0 or items > len(walk.data):
        raise NotThisFormat("more items than bytes")
    walk.open.append(_Open(path, kinds, items * len(kinds)))


def _place(top: _Open, number: int) -> str:
    return f"{top.path}.{number}" if top.path else str(number)


def _binary_field(walk: _Walk, top: _Open) -> None:
    kind = walk.take(1)[0]
    if kind == _STOP:
        walk.open.pop()
        return
    number = int.from_bytes(walk.take(2), signed=True)
    if number < 0:
        raise NotThisFormat("field number")
    _binary_value(walk, kind, _place(top, number))


def _binary_value(walk: _Walk, kind: int, path: str) -> None:
    if kind == _BOOL:
        if walk.take(1)[0] > 1:
            raise NotThisFormat("bool")
    elif kind in _WIDTH:
        number = int.from_bytes(walk.take(_WIDTH[kind]), signed=True)
        walk.leaves.append(Leaf(path, str(number).encode()))
    elif kind == _DOUBLE:
        walk.leaves.append(Leaf(path, repr(struct.unpack(">d", walk.take(8))[0]).encode()))
    elif kind == _UUID:
        walk.leaves.append(Leaf(path, walk.take(16)))
    elif kind == _STRING:
        size = int.from_bytes(walk.take(4), signed=True)
        walk.leaves.append(Leaf(path, walk.take(size)))
    elif kind == _STRUCT:
        _enter(walk, path, (), 0)
    elif kind == _MAP:
        kinds = tuple(walk.take(2))
        _items(walk, path, kinds, int.from_bytes(walk.take(4), signed=True))
    elif kind in (_LIST, _SET):
        kinds = tuple(walk.take(1))
        _items(walk, path, kinds, int.from_bytes(walk.take(4), signed=True))
    else:
        raise NotThisFormat(f"type {kind}")


def _items(walk: _Walk, path: str, kinds: tuple[int, ...], items: int) -> None:
    if items and any(kind < _BOOL or kind > _UUID for kind in kinds):
        raise NotThisFormat("type of items")
    _enter(walk, path, kinds, items)


def _compact_field(walk: _Walk, top: _Open) -> None:
    head = walk.take(1)[0]
    if head == 0:
        walk.open.pop()
        return
    kind = head & 0x0F
    if head >> 4:
        number = top.last_field + (head >> 4)
    else:
        raw = walk.varint()
        number = (raw >> 1) ^ -(raw & 1)
    if kind not in _COMPACT_TYPES or not 0 <= number < 1 << 15:
        raise NotThisFormat("field")
    top.last_field = number
    if kind > 2:  # a boolean field's value is its type
        _compact_value(walk, _COMPACT_TYPES[kind], _place(top, number))


def _compact_value(walk: _Walk, kind: int, path: str) -> None:
    if kind in (_BOOL, _BYTE):
        walk.take(1)
    elif kind in (_I16, _I32, _I64):
        raw = walk.varint()
        walk.leaves.append(Leaf(path, str((raw >> 1) ^ -(raw & 1)).encode()))
    elif kind == _DOUBLE:
        walk.leaves.append(Leaf(path, repr(struct.unpack("<d", walk.take(8))[0]).encode()))
    elif kind == _UUID:
        walk.leaves.append(Leaf(path, walk.take(16)))
    elif kind == _STRING:
        walk.leaves.append(Leaf(path, walk.take(walk.varint())))
    elif kind == _STRUCT:
        _enter(walk, path, (), 0)
    elif kind == _MAP:
        items = walk.varint()
        if items:
            kinds = walk.take(1)[0]
            _enter(walk, path, (_compact_kind(kinds >> 4), _compact_kind(kinds & 0x0F)), items)
    else:
        head = walk.take(1)[0]
        items = walk.varint() if head >> 4 == 15 else head >> 4
        _enter(walk, path, (_compact_kind(head & 0x0F),), items)


def _compact_kind(kind: int) -> int:
    if kind not in _COMPACT_TYPES:
        raise NotThisFormat("type of items")
    return _COMPACT_TYPES[kind]
