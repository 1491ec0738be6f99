"""What a server's certificate says of who runs it."""

from __future__ import annotations

from typing import Any, Final

from cryptography import x509
from mitmproxy.certs import Cert

MOST_NAMES: Final = 50
"""Certificates of shared hosts carry hundreds."""


def certificate_of(cert: Cert) -> dict[str, Any]:
    """{"organisation": of the subject or null, "issuer": its organisation or null, "names": DNS names}"""
    plain = cert.to_pyopenssl().to_cryptography()
    return {
        "organisation": _organisation(plain.subject),
        "issuer": _organisation(plain.issuer),
        "names": _names(plain)[:MOST_NAMES],
    }


def _organisation(name: x509.Name) -> str | None:
    found = name.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return str(found[0].value)[:200] if found else None


def _names(plain: x509.Certificate) -> list[str]:
    try:
        extension = plain.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        # ValueError: an extension that the library cannot read; the server chose what is in it.
        return []
    return extension.value.get_values_for_type(x509.DNSName)
