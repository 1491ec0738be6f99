"""Writes a film as MP4: one video track of JPEG pictures, each shown for its own time."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

SCALE: Final = 1000
"""Time is in milliseconds."""
JPEG: Final = 0x6C
"""ISO 14496-1 object type of a visual stream of JPEG pictures."""
MATRIX: Final = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, *parts: bytes, flags: int = 0, version: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _described(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">BBBBB", tag, 0x80, 0x80, 0x80, len(body)) + body


class Film:
    """Pictures go to the file as they come; it plays once `close` was called."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self._size = (width, height)
        self._frames: list[tuple[int, int]] = []
        """(bytes, milliseconds) of each picture."""
        self._file = path.open("wb")
        head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2mp41")
        self._start = len(head) + 16
        # A 64-bit size: it is known at the end only.
        self._file.write(head + struct.pack(">I4sQ", 1, b"mdat", 16))

    def add(self, jpeg: bytes, ms: int) -> None:
        self._file.write(jpeg)
        self._frames.append((len(jpeg), max(1, ms)))

    def close(self) -> None:
        whole = sum(size for size, _ in self._frames)
        self._file.write(self._index())
        self._file.seek(self._start - 8)
        self._file.write(struct.pack(">Q", 16 + whole))
        self._file.close()

    def _index(self) -> bytes:
        width, height = self._size
        length = sum(ms for _, ms in self._frames)
        times = struct.pack(">IIII", 0, 0, SCALE, length)
        movie = _full(
            b"mvhd", times, struct.pack(">IH10x", 0x10000, 0x100), MATRIX, bytes(24), struct.pack(">I", 2)
        )
        track = _full(
            b"tkhd",
            struct.pack(">IIIII", 0, 0, 1, 0, length),
            bytes(16),
            MATRIX,
            struct.pack(">II", width << 16, height << 16),
            flags=3,
        )
        media = _box(
            b"mdia",
            _full(b"mdhd", times, struct.pack(">HH", 0x55C4, 0)),
            _full(b"hdlr", bytes(4), b"vide", bytes(12), b"VideoHandler\0"),
            _box(
                b"minf",
                _full(b"vmhd", bytes(8), flags=1),
                _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1))),
                self._samples(),
            ),
        )
        return _box(b"moov", movie, _box(b"trak", track, media))

    def _samples(self) -> bytes:
        width, height = self._size
        count = len(self._frames)
        decoder = _described(4, struct.pack(">BB3sII", JPEG, 0x11, bytes(3), 0, 0))
        entry = _box(
            b"mp4v",
            bytes(6) + struct.pack(">H", 1) + bytes(16),
            struct.pack(">HHIIIH", width, height, 0x480000, 0x480000, 0, 1),
            bytes(32) + struct.pack(">Hh", 24, -1),
            _full(b"esds", _described(3, struct.pack(">HB", 1, 0), decoder, _described(6, b"\x02"))),
        )
        return _box(
            b"stbl",
            _full(b"stsd", struct.pack(">I", 1), entry),
            _full(
                b"stts",
                struct.pack(">I", count),
                b"".join(struct.pack(">II", 1, ms) for _, ms in self._frames),
            ),
            _full(b"stsc", struct.pack(">IIII", 1, 1, max(1, count), 1)),
            _full(
                b"stsz", struct.pack(">II", 0, count), b"".join(struct.pack(">I", n) for n, _ in self._frames)
            ),
            _full(b"stco", struct.pack(">II", 1, self._start)),
        )
