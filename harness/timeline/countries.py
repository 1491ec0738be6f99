"""In which country a server stands: what a database that ships with a package says of its address.

The database is what the five regional registries say of who was given which addresses, of October 2026, as the
package iptocc carries it. It tells for which country a block of addresses is registered, and no more: for a
network of one country that is where its servers are, for anycast, for world-wide clouds and for networks that
serve other countries from home addresses it need not be. It is a hint for a reader, with its date beside it.
"""

from __future__ import annotations

import functools
import ipaddress
import re
from dataclasses import dataclass
from importlib import metadata
from typing import Final, Literal

import iptocc

from harness.sdks.match import signature_of_host

Basis = Literal["address", "operator"]
_RELEASED: Final = {"3.3.170": "October 2026"}
"""The package is built anew every night and does not say of which day its data are."""


@dataclass(frozen=True, slots=True)
class Place:
    country: str
    """ISO 3166-1 code."""
    basis: Basis
    """address: for which country the address is registered. operator: where the company has its seat, which says
    nothing of where the server stands."""
    source: str


def place_of(host: str, address: str | None) -> Place | None:
    """None when neither the address nor the owner of the host is known."""
    found = country_of_address(address) if address else None
    if found is not None:
        return Place(found, "address", source())
    owner = signature_of_host(host)
    if owner is not None and owner.country:
        return Place(owner.country, "operator", f"seat of {owner.company}, says the SDK catalogue")
    return None


@functools.lru_cache(maxsize=65536)
def country_of_address(address: str) -> str | None:
    """None for addresses that are registered for no country (private, reserved, not given to anyone)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if not parsed.is_global:
        return None
    code = iptocc.country_code(str(parsed))
    # Blocks of the European registry that are used in several countries have EU, which is none.
    return code if code is not None and code != "EU" and re.fullmatch(r"[A-Z]{2}", code) else None


@functools.cache
def source() -> str:
    """The database with its date and what it tells, for people."""
    version = metadata.version("iptocc")
    day = _RELEASED.get(version, f"the release of iptocc {version}")
    return f"registration of the address at its regional registry, data of {day} (package iptocc {version})"
