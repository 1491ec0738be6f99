"""What an APK says of itself: package, version, signer, permissions. The file is untrusted and never executed."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from pathlib import Path
from typing import Any, Final

from pyaxmlparser.core import APK

from harness.model.errors import InputError
from harness.model.result import AppFacts

MAX_ENTRIES: Final = 200_000
MAX_PARSED_BYTES: Final = {"AndroidManifest.xml": 4 << 20, "resources.arsc": 96 << 20}
"""Unpacked sizes above which an entry is not handed to a parser."""


def read_app(path: Path) -> AppFacts:
    """Facts of an APK file. Raises InputError in one line when it is not one."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; give the path of an APK")
    try:
        _refuse_bombs(path)
        logging.getLogger("pyaxmlparser").setLevel(logging.CRITICAL)
        apk = APK(str(path))
        if not apk.package:
            raise InputError(f"{path}: its AndroidManifest.xml names no package")
        return AppFacts(
            package=apk.package,
            version_name=str(apk.get_androidversion_name() or ""),
            version_code=_number(apk.get_androidversion_code()),
            label=_label(apk),
            sha256=_sha256(path),
            signer_sha256=_signer(apk),
            target_sdk=_number(apk.get_effective_target_sdk_version()),
            permissions=sorted(set(apk.get_permissions())),
        )
    except (InputError, OSError):
        raise
    # The parser meets hostile bytes: whatever it trips over, the file is not an APK that can be tested.
    except Exception as error:
        raise InputError(
            f"{path}: not an APK that can be read ({type(error).__name__}: {str(error)[:120]})"
        ) from error


def _refuse_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        raise InputError(f"{path}: not an APK (not even a zip archive); give the path of an APK")
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise InputError(f"{path}: {len(entries)} entries, more than the {MAX_ENTRIES} that are read")
        names = {entry.filename for entry in entries}
        if "AndroidManifest.xml" not in names:
            raise InputError(f"{path}: a zip archive but no APK: it has no AndroidManifest.xml")
        for entry in entries:
            limit = MAX_PARSED_BYTES.get(entry.filename)
            if limit is not None and entry.file_size > limit:
                raise InputError(
                    f"{path}: {entry.filename} unpacks to {entry.file_size} bytes, more than the {limit} that are read"
                )


def _label(apk: Any) -> str:
    try:
        return str(apk.get_app_name() or "")[:200]
    # The label is decoration and resource tables are often obfuscated: without one the package name is shown.
    except Exception:
        return ""


def _signer(apk: Any) -> str | None:
    """SHA-256 of the first signing certificate, newest scheme first; None when unsigned or unreadable."""
    try:
        if apk.is_signed_v3():
            certificates = apk.get_certificates_der_v3()
        elif apk.is_signed_v2():
            certificates = apk.get_certificates_der_v2()
        elif apk.is_signed_v1():
            certificates = [apk.get_certificate_der(apk.get_signature_name())]
        else:
            return None
        return hashlib.sha256(certificates[0]).hexdigest() if certificates else None
    except Exception:
        return None


def _number(text: object) -> int:
    try:
        return int(str(text), 0)
    except ValueError:
        return 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
