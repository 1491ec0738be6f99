"""HTTP content codings, undone within a bound: a body of a few kilobytes can hold gigabytes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

import brotli
import zstandard

CODINGS: Final = ("gzip", "x-gzip", "deflate", "br", "zstd")
_BROTLI_STEP: Final = 8
"""Bytes fed at once: brotli 1.1 has no output limit, and one command of a few bytes can copy 16 MiB."""


class CodingError(Exception):
    """The bytes are not what the header says, or are too much of it."""


@dataclass(frozen=True, slots=True)
class Plain:
    data: bytes
    truncated: bool
    """More would have come out than was asked for, or the input ended early."""


def undo(coding: str, data: bytes, limit: int) -> Plain:
    """At most `limit` bytes of what `data` holds under one content coding (lower case)."""
    match coding:
        case "gzip" | "x-gzip":
            return _inflate(data, limit, 31)
        case "deflate":
            # RFC 9110 says zlib framing; many senders leave it out.
            try:
                return _inflate(data, limit, 15)
            except CodingError:
                return _inflate(data, limit, -15)
        case "br":
            return _unbrotli(data, limit)
        case "zstd":
            return _unzstd(data, limit)
    raise CodingError(f"unknown content coding {coding!r}")


def undo_all(header: str, data: bytes, limit: int) -> Plain:
    """Undo a whole Content-Encoding header, last coding first. "identity" and no header change nothing."""
    truncated = False
    codings = [word.strip().lower() for word in header.split(",")]
    if len(codings) > 8:
        raise CodingError(f"{len(codings)} content codings on one body")
    for coding in reversed(codings):
        if coding in ("", "identity", "aws-chunked", "none"):
            continue
        plain = undo(coding, data, limit)
        data, truncated = plain.data, truncated or plain.truncated
    return Plain(data[:limit], truncated or len(data) > limit)


def _inflate(data: bytes, limit: int, window: int) -> Plain:
    out = bytearray()
    while True:
        inflater = zlib.decompressobj(window)
        try:
            out += inflater.decompress(data, limit - len(out))
        except zlib.error as error:
            if out:
                # Trailing bytes after a whole member, as some servers send.
                return Plain(bytes(out), True)
            raise CodingError(f"not {'gzip' if window == 31 else 'deflate'}: {error}") from error
        if not inflater.eof:
            return Plain(bytes(out), True)
        data = inflater.unused_data
        if window != 31 or not data.startswith(b"\x1f\x8b") or len(out) >= limit:
            return Plain(bytes(out), bool(data) and len(out) >= limit)


def _unbrotli(data: bytes, limit: int) -> Plain:
    decoder = brotli.Decompressor()
    out = bytearray()
    try:
        for start in range(0, len(data), _BROTLI_STEP):
            out += decoder.process(data[start : start + _BROTLI_STEP])
            if len(out) > limit:
                return Plain(bytes(out[:limit]), True)
    except brotli.error as error:
        raise CodingError(f"not brotli: {error}") from error
    if not out and not decoder.is_finished():
        raise CodingError("not brotli: nothing comes out")
    return Plain(bytes(out), not decoder.is_finished())


def _unzstd(data: bytes, limit: int) -> Plain:
    try:
        # A frame may ask for a window of 2 GiB before its first byte comes out.
        reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
            data, read_across_frames=True
        )
        out = reader.read(limit + 1)
    except zstandard.ZstdError as error:
        raise CodingError(f"not zstd: {error}") from error
    return Plain(out[:limit], len(out) > limit)
