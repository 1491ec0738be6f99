"""Runs of base64 and hex inside other bytes, and whether what they hold is a document of its own.

This is most of the work on ordinary traffic, so it is written for speed: what cannot be is told by a table of
first bytes before anything is parsed.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final

from harness.timeline.readings import is_binary_document

FORM: Final = re.compile(rb"[\w.\-%\[\]+$:]{1,100}=[^\s&]*(?:&[\w.\-%\[\]+$:]{1,100}=[^\s&]*)*&?")
_RUN: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_LINES: Final = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]+")
_HEX: Final = re.compile(rb"[0-9A-Fa-f]{16,}")
_UUID_SIZE: Final = 36
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_PADDING: Final = (b"", b"", b"==", b"=")
_STRUCTURED: Final = frozenset(b"{[<\x1f\x78\x28\xff\xfe")
"""First bytes of what is worth opening when it comes out of base64: JSON, XML, gzip, zlib, zstd, UTF-16."""
_TEXT_OPENS: Final = frozenset(b"{[<")
_TEXT_FOLLOWS: Final = frozenset(b"\t\n\r") | frozenset(range(0x20, 0x7F))
"""What can stand after the first sign of JSON or XML: words read as base64 often begin with a brace."""
_SHORTEST_BINARY: Final = 8
"""Bytes out of base64 or hex that are tried as a binary document."""


def decoded_runs(data: bytes, is_binary: bool) -> Iterator[tuple[bytes, int, str, bool]]:
    """(what it holds, where it stands, its encoding, whether its beginning is only guessed)"""
    if b"\n" in data:
        for match in _LINES.finditer(data):
            yield unbase64(match.group().translate(None, b"\r\n")), match.start(), "base64", False
    for match in _RUN.finditer(data):
        run, at = match.group(), match.start()
        if len(run) == _UUID_SIZE and run[8:24:5] == b"----":
            # It stands there as it is; what base64 makes of it is nothing.
            continue
        is_hex = False
        for hexes in _HEX.finditer(run):
            digits = hexes.group()
            is_hex = len(digits) == len(run)
            if len(digits) % 2:
                # Of an odd number, one at either end belongs to something else.
                yield binascii.unhexlify(digits[1:]), at + hexes.start(), "hex", False
                digits = digits[:-1]
            yield binascii.unhexlify(digits), at + hexes.start(), "hex", False
        if is_hex:
            continue
        label = "base64"
        if b"-" in run or b"_" in run:
            label, run = "base64url", run.translate(_URL_SAFE)
            has_slash = False
        else:
            has_slash = b"/" in run and b"+" not in run
        yield _plain(run), at, label, False
        if is_binary:
            # A length byte that happens to be a letter sticks to the front.
            for offset in (1, 2, 3):
                yield _plain(run[offset:]), at, label, True
        elif has_slash:
            for piece in run.split(b"/")[1:]:
                if len(piece) >= 16:
                    yield _plain(piece), at, label, False


def is_document(plain: bytes, is_guess: bool) -> bool:
    """Whether what came out of a run is worth opening; `plain` has at least two bytes."""
    head = plain[0]
    return (
        (head in _STRUCTURED and (head not in _TEXT_OPENS or plain[1] in _TEXT_FOLLOWS))
        or (not is_guess and len(plain) >= _SHORTEST_BINARY and is_binary_document(plain))
        or (b"=" in plain and b"&" in plain and FORM.fullmatch(plain) is not None)
        or is_wide(plain)
    )


def unbase64(run: bytes) -> bytes:
    """Base64 or base64url, with or without padding. What is no multiple of four loses its odd last sign."""
    return _plain(run.translate(_URL_SAFE).rstrip(b"="))


def _plain(run: bytes) -> bytes:
    rest = len(run) & 3
    if rest == 1:
        run = run[:-1]
    try:
        return binascii.a2b_base64(run + _PADDING[rest])
    except binascii.Error:
        return b""


def is_wide(data: bytes) -> bool:
    """Whether it begins like UTF-16 without its mark: every second of the first eight bytes is zero."""
    if len(data) < 8:
        return False
    if data[0]:
        return data[1:8:2] == b"\0\0\0\0" and b"\0" not in data[:8:2]
    return data[:8:2] == b"\0\0\0\0" and b"\0" not in data[1:8:2]
