"""RSA keys of adb hosts: the text form they are offered in, and their signatures of a token."""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA1

KEY_BYTES: Final = 256
MAX_TEXT: Final = 4096


@dataclass(frozen=True, slots=True)
class AdbKey:
    fingerprint: str
    """SHA-256 of the key's binary form."""
    name: str
    """user@host, as the host says."""
    modulus: int
    exponent: int

    @classmethod
    def parse(cls, data: bytes) -> AdbKey | None:
        """From `base64 user@host\\0`; None when it is no 2048-bit key."""
        if len(data) > MAX_TEXT:
            return None
        encoded, _, name = data.rstrip(b"\0").partition(b" ")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            return None
        if len(raw) != 4 + 4 + 2 * KEY_BYTES + 4:
            return None
        words, _ = struct.unpack_from("<II", raw)
        (exponent,) = struct.unpack_from("<I", raw, 8 + 2 * KEY_BYTES)
        modulus = int.from_bytes(raw[8 : 8 + KEY_BYTES], "little")
        if words * 4 != KEY_BYTES or exponent not in (3, 65537):
            return None
        return cls(
            hashlib.sha256(raw).hexdigest(), name.decode("utf-8", errors="replace")[:200], modulus, exponent
        )


def verify(key: AdbKey, token: bytes, signature: bytes) -> bool:
    """Whether the signature is of this token: adb signs the 20 bytes as if they were a SHA-1 digest."""
    try:
        public = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
        public.verify(signature, token, padding.PKCS1v15(), utils.Prehashed(SHA1()))
    except (InvalidSignature, ValueError):
        return False
    return True
