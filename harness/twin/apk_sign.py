"""Signs APKs with a debug key of this machine: JAR signature (v1) and APK Signature Scheme v2."""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs7,
)
from cryptography.x509.oid import NameOID

from harness.model.errors import InputError

V2_BLOCK: Final = 0x7109871A
RSA_PKCS1_SHA256: Final = 0x0103
CHUNK: Final = 1024 * 1024
MAGIC: Final = b"APK Sig Block 42"
END_OF_DIRECTORY: Final = b"PK\x05\x06"


def v1_entries(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """META-INF/MANIFEST.MF, CERT.SF and CERT.RSA for these entries."""
    head = "Manifest-Version: 1.0\r\nCreated-By: harness twin build\r\n\r\n"
    sections = {name: _section(name, entries[name]) for name in sorted(entries)}
    manifest = (head + "".join(sections.values())).encode()
    signature = (
        "Signature-Version: 1.0\r\nCreated-By: harness twin build\r\n"
        f"SHA-256-Digest-Manifest: {_digest(manifest)}\r\nX-Android-APK-Signed: 2\r\n\r\n"
        + "".join(_section(name, section.encode()) for name, section in sections.items())
    ).encode()
    key, certificate = _key(), _certificate()
    options = [
        pkcs7.PKCS7Options.DetachedSignature,
        pkcs7.PKCS7Options.NoAttributes,
        pkcs7.PKCS7Options.Binary,
    ]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(signature).add_signer(certificate, key, SHA256())
    block = builder.sign(Encoding.DER, options)
    return {"META-INF/MANIFEST.MF": manifest, "META-INF/CERT.SF": signature, "META-INF/CERT.RSA": block}


def v2_sign(apk: bytes) -> bytes:
    """The same zip with an APK Signing Block before its central directory."""
    end = apk.rfind(END_OF_DIRECTORY)
    (directory,) = struct.unpack_from("<I", apk, end + 16)
    contents, central, tail = apk[:directory], apk[directory:end], apk[end:]
    digest = _content_digest(contents, central, tail)
    digests = _prefixed(_prefixed(struct.pack("<I", RSA_PKCS1_SHA256) + _prefixed(digest)))
    certificates = _prefixed(_prefixed(_certificate().public_bytes(Encoding.DER)))
    # The stripping attribute (0xbeeff00d: v3) is absent: only v1 and v2 are here.
    signed_data = digests + certificates + _prefixed(b"")
    signature = _key().sign(signed_data, padding.PKCS1v15(), SHA256())
    signatures = _prefixed(_prefixed(struct.pack("<I", RSA_PKCS1_SHA256) + _prefixed(signature)))
    public = _key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signer = _prefixed(signed_data) + signatures + _prefixed(public)
    value = _prefixed(_prefixed(signer))
    pair = struct.pack("<QI", 4 + len(value), V2_BLOCK) + value
    size = len(pair) + 8 + len(MAGIC)
    block = struct.pack("<Q", size) + pair + struct.pack("<Q", size) + MAGIC
    moved = tail[:16] + struct.pack("<I", directory + len(block)) + tail[20:]
    return contents + block + central + moved


def _section(name: str, data: bytes) -> str:
    return _folded(f"Name: {name}") + f"SHA-256-Digest: {_digest(data)}\r\n\r\n"


def _folded(line: str) -> str:
    """Manifest lines hold at most 72 bytes; the rest goes on in lines that begin with a space."""
    raw = line.encode()
    pieces, at, room = [], 0, 70
    while at < len(raw):
        cut = raw[at : at + room]
        while cut and at + len(cut) < len(raw) and raw[at + len(cut)] & 0xC0 == 0x80:
            cut = cut[:-1]
        pieces.append(cut.decode())
        at += len(cut)
        room = 69
    return "\r\n ".join(pieces) + "\r\n"


def _digest(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def _content_digest(*sections: bytes) -> bytes:
    """SHA-256 over the digests of 1 MiB chunks. The end record has the offset it had without the block."""
    digests = []
    for section in sections:
        for at in range(0, len(section), CHUNK):
            chunk = section[at : at + CHUNK]
            digests.append(hashlib.sha256(b"\xa5" + struct.pack("<I", len(chunk)) + chunk).digest())
    return hashlib.sha256(b"\x5a" + struct.pack("<I", len(digests)) + b"".join(digests)).digest()


def _prefixed(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def _key_path() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "harness" / "debug-signing-key.pem"


@cache
def _key() -> rsa.RSAPrivateKey:
    """Made once a machine, 0600, so that updates of an app are signed by the same key."""
    path = _key_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = rsa.generate_private_key(65537, 2048)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except ValueError as error:
        raise InputError(f"{path}: not a key ({error}); remove the file and a new one is made") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise InputError(f"{path}: not an RSA key; remove the file and a new one is made")
    return key


@cache
def _certificate() -> x509.Certificate:
    """Self-signed; nothing in it but the key, so that it is the same each time."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Harness Debug")])
    public = _key().public_key()
    raw = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(int.from_bytes(hashlib.sha256(raw).digest()[:8], "big") >> 1 | 1)
        .not_valid_before(datetime.datetime(2020, 1, 1))
        .not_valid_after(datetime.datetime(2060, 1, 1))
        .sign(_key(), SHA256())
    )
