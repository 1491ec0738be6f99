"""The certificates that a device trusts, as the key store that Java reads."""

from __future__ import annotations

import datetime
import hashlib
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

MAGIC: Final = 0xFEEDFEED
VERSION: Final = 2
TRUSTED: Final = 2
PASSWORD: Final = "changeit"
MAX_CERTIFICATE: Final = 64 * 1024
MAX_CERTIFICATES: Final = 2000


def write_trust_store(folders: Iterable[Path], out: Path) -> int:
    """All PEM files of the folders, in one JKS file. Returns how many; what is no certificate is left out."""
    found = [der for folder in folders for der in _certificates(folder)][:MAX_CERTIFICATES]
    # Java takes an empty store for a broken one, and fails otherwise than over a server it does not trust.
    certificates = found or [_unused()]
    body = struct.pack(">III", MAGIC, VERSION, len(certificates))
    for number, der in enumerate(certificates):
        body += struct.pack(">I", TRUSTED) + _text(f"ca{number}") + struct.pack(">Q", 0)
        body += _text("X.509") + struct.pack(">I", len(der)) + der
    # JKS ends with a digest over the password, a phrase fixed by its authors, and the content.
    digest = hashlib.sha1(PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + body).digest()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(body + digest)
    return len(found)


def _certificates(folder: Path) -> Iterable[bytes]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.stat().st_size > MAX_CERTIFICATE:
            continue
        try:
            yield x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(serialization.Encoding.DER)
        except ValueError:
            continue


def _unused() -> bytes:
    """A root that nothing is signed with: its key is thrown away."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Twin root without certificates")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start.replace(year=2050))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack(">H", len(data)) + data
