"""In which country a server stands: what a database that ships with a package says of its address.

The database is GeoLite2 Country, as the package geoip2fast carries it, of June 2024. MaxMind gives no promise
for one address; for a network of one country it is right nearly always, for anycast and for clouds that move
their addresses it is not. It is a hint for a reader, with its date beside it, and no proof.
"""

from __future__ import annotations

import functools
import ipaddress
import re
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any, Final, Literal

from harness.model.errors import InputError
from harness.sdks.match import signature_of_host

Basis = Literal["address", "operator"]
_DATA: Final = "geoip2fast-ipv6.dat.gz"
"""Both kinds of addresses."""


@dataclass(frozen=True, slots=True)
class Place:
    country: str
    """ISO 3166-1 code."""
    basis: Basis
    """address: where the database places the address. operator: where the company has its seat, which says
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
    """None for addresses that belong to no country (private, reserved, not in the database)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if not parsed.is_global:
        return None
    code = str(_database().lookup(str(parsed)).country_code)
    return code if re.fullmatch(r"[A-Z]{2}", code) else None


@functools.cache
def source() -> str:
    """The database with its date, for people."""
    told = str(_database().source_info)
    date = re.search(r"(\d{4})(\d{2})(\d{2})\s*$", told)
    day = f" of {date[1]}-{date[2]}-{date[3]}" if date else ""
    return f"MaxMind GeoLite2 Country{day}, from geoip2fast {metadata.version('geoip2fast')}"


@functools.cache
def _database() -> Any:
    # Imported late: reading it takes a third of a second, which only runs that reached a server need.
    from geoip2fast import GeoIP2Fast

    spec = util.find_spec("geoip2fast")
    path = Path(spec.origin).parent / _DATA if spec is not None and spec.origin else Path(_DATA)
    if not path.is_file():
        raise InputError(f"{path}: is missing; install the package geoip2fast anew")
    return GeoIP2Fast(geoip2fast_data_file=str(path))
