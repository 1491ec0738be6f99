"""What the app hashed, signed and encrypted, as the crypto hooks saw it.

A request may carry only the output of one of these. Where the input held a watched value, the output is looked
for too, so that the request is tied to the value although nobody can undo what was done to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

HOOKS: Final = frozenset({"message-digest", "mac", "cipher", "secret-key", "base64", "gzip"})
"""Hooks whose records hold bytes of the app in the clear."""
MOST: Final = 2000
"""Transforms that are followed in one run; an app that hashes in a loop says nothing new after these."""
MOST_KEYS: Final = 8
_MOST_BYTES: Final = 1 << 16
_SHORTEST: Final = 8
"""Bytes of an output that can be looked for."""
_HEX: Final = re.compile(r"\A(?:hex:|key:)?((?:[0-9a-f]{2})*)\Z")


@dataclass(frozen=True, slots=True)
class Transform:
    name: str
    """"sha256", "hmac-sha256", "cipher:AES/CBC/PKCS5Padding" """
    given: bytes
    gave: bytes

    @property
    def is_hash(self) -> bool:
        return not self.name.startswith("cipher:")


@dataclass(slots=True)
class _Work:
    """One digest, MAC or cipher while bytes go into it."""

    given: bytearray = field(default_factory=bytearray)
    gave: bytearray = field(default_factory=bytearray)
    ignored: bool = False
    """It decrypts: its output is what the app received."""


class Transforms:
    """Fed with the crypto hooks' records in order."""

    def __init__(self) -> None:
        self.keys: dict[bytes, None] = {}
        """Keys that the app held in the clear, at most `MOST_KEYS`."""
        self.left_out = 0
        self._open: dict[tuple[int, int | None, str, str], _Work] = {}
        self._done: dict[Transform, None] = {}

    @property
    def done(self) -> Sequence[Transform]:
        return list(self._done)

    def see(self, pid: int, tid: int | None, hook: str, args: Sequence[str], values: Sequence[str]) -> None:
        """One record. What does not have the form of the hook is passed over: it is the timeline's to tell."""
        if hook == "secret-key":
            self._key(_bytes(args[1:]))
        if hook not in ("message-digest", "mac", "cipher") or len(args) < 2:
            return
        algorithm, operation = args[0], args[1]
        # The record does not name the object, so what one thread does with one algorithm is taken as one.
        place = (pid, tid, hook, algorithm)
        work = self._open.setdefault(place, _Work())
        if operation.startswith("init"):
            self._open[place] = _Work(ignored=operation.endswith(("decrypt", "unwrap")))
            self._key(_bytes(args[2:]))
            return
        if len(work.given) < _MOST_BYTES:
            work.given += _bytes(args[2:])
            work.gave += _bytes(values)
        if operation in ("digest", "doFinal"):
            self._finish(hook, algorithm, work)
            self._open[place] = _Work(ignored=work.ignored)

    def _finish(self, hook: str, algorithm: str, work: _Work) -> None:
        if work.ignored or len(work.given) < 4 or len(work.gave) < _SHORTEST:
            return
        done = Transform(_name(hook, algorithm), bytes(work.given), bytes(work.gave))
        if len(self._done) < MOST:
            self._done.setdefault(done)
        elif done not in self._done:
            self.left_out += 1

    def _key(self, key: bytes) -> None:
        if len(key) >= 4 and len(self.keys) < MOST_KEYS:
            self.keys.setdefault(key)


def told(hook: str, args: Sequence[str]) -> str:
    """What a record of these hooks says without the bytes that the app worked on."""
    words = [one for one in args[:2] if not one.startswith(("hex:", "key:", "text:"))]
    sizes = [len(_bytes([one])) for one in args if one.startswith("hex:")]
    return " ".join([*words, *(f"{size} bytes" for size in sizes)])[:200]


def _name(hook: str, algorithm: str) -> str:
    if hook == "cipher":
        return f"cipher:{algorithm[:60]}"
    bare = algorithm.lower().replace("-", "")
    return f"hmac-{bare.removeprefix('hmac')}"[:60] if hook == "mac" else bare[:60]


def _bytes(texts: Sequence[str]) -> bytes:
    return b"".join(_plain(texts))


def _plain(texts: Sequence[str]) -> Iterator[bytes]:
    for text in texts:
        if match := _HEX.match(text):
            yield bytes.fromhex(match.group(1))
