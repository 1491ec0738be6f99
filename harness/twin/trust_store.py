"""The certificates that a device trusts, as the key store that Java reads."""

from __future__ import annotations

import hashlib
import ssl
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MAGIC: Final = 0xFEEDFEED
VERSION: Final = 2
TRUSTED: Final = 2
PASSWORD: Final = "changeit"
MAX_CERTIFICATE: Final = 64 * 1024
MAX_CERTIFICATES: Final = 2000


def write_trust_store(folders: Iterable[Path], out: Path) -> int:
    """All PEM files of the folders, in one JKS file. Returns how many; what is no certificate is left out."""
    certificates = [der for folder in folders for der in _certificates(folder)][:MAX_CERTIFICATES]
    body = struct.pack(">III", MAGIC, VERSION, len(certificates))
    for number, der in enumerate(certificates):
        body += struct.pack(">I", TRUSTED) + _text(f"ca{number}") + struct.pack(">Q", 0)
        body += _text("X.509") + struct.pack(">I", len(der)) + der
    # JKS ends with a digest over the password, a phrase fixed by its authors, and the content.
    digest = hashlib.sha1(PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + body).digest()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(body + digest)
    return len(certificates)


def _certificates(folder: Path) -> Iterable[bytes]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.stat().st_size > MAX_CERTIFICATE:
            continue
        text = path.read_text(encoding="ascii", errors="replace")
        start, end = text.find(ssl.PEM_HEADER), text.find(ssl.PEM_FOOTER)
        if 0 <= start < end:
            try:
                yield ssl.PEM_cert_to_DER_cert(text[start : end + len(ssl.PEM_FOOTER)])
            except ValueError:
                continue


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack(">H", len(data)) + data
