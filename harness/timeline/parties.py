"""Whose server it is: the app's own operator's, or someone else's. What is not known is said to be unknown."""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from harness.model.event import Flow, Party, PolicyText
from harness.policy.declared import declared
from harness.sdks.match import SHARED_VENDORS, signature_of_host

_SHORTEST_BRAND: Final = 4
"""Letters of a name that can be one company's: `app`, `cn` and `pay` are anyone's."""
_FREE: Final = frozenset({"mobile", "android", "client", "google", "github", "gitee", "example", "company"})
"""Second parts of package names that are no company's own."""
_LEGAL_FORM: Final = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司)$|"
    r"[\s,.]+(?:co|company|corp|corporation|inc|incorporated|llc|ltd|limited|gmbh|b\.?v|s\.?a|plc|pte|pty|oy|ab)\.?$",
    re.IGNORECASE,
)
_BY_CERTIFICATE: Final = "its certificate was issued to"


@dataclass(frozen=True, slots=True)
class Judged:
    party: Party
    because: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the app, as far as the run knows."""

    package: str
    policy_domains: frozenset[str] = frozenset()
    """Registrable domains on which its privacy documents stand."""
    names: frozenset[str] = frozenset()
    """Of the company, as its policy gives them; compared without case, punctuation and legal form."""

    @staticmethod
    def of(package: str, policy_urls: Iterable[str] = (), names: Iterable[str] = ()) -> Operator:
        hosts = (_host_of(url) for url in policy_urls)
        domains = {registrable_domain(host) for host in hosts if host and signature_of_host(host) is None}
        return Operator(package, frozenset(domains - {""}), frozenset(_plain(one) for one in names) - {""})

    @staticmethod
    def told_by(package: str, documents: Sequence[PolicyText]) -> Operator:
        """As the app's own documents name it: the domain they stand on, the company that signs them."""
        texts = [one.text for one in documents if not one.problem and one.text.strip()]
        named = declared(*texts).operator if texts else None
        return Operator.of(package, [one.url for one in documents], [named.name] if named else [])

    @property
    def package_domain(self) -> str:
        """`cn.com.shop.app` → shop.com.cn; empty where the package names nobody."""
        parts = self.package.lower().split(".")
        if ".".join(parts[:2]) in SHARED_VENDORS:
            return ""
        return registrable_domain(".".join(reversed(parts)))


def party_of(
    host: str, operator: Operator, organisation: str = "", certificate_names: Sequence[str] = ()
) -> Judged:
    """
    Args:
        organisation: of the server certificate's subject; empty where it was not seen.
        certificate_names: the certificate's DNS names.
    """
    own = operator.package_domain
    domain = registrable_domain(host)
    known = signature_of_host(host)
    if known is not None and (not own or domain != own):
        return Judged("third", f"{known.name} owns {host}, says the SDK catalogue")
    if own and domain == own:
        return Judged("first", f"{domain} is the domain that the package name {operator.package} stands for")
    if domain and domain in operator.policy_domains:
        return Judged("first", f"a privacy document of the app stands on {domain}")
    if organisation and _plain(organisation) in operator.names:
        return Judged("first", f"{_BY_CERTIFICATE} {organisation}, the app's operator")
    ours = {own, *operator.policy_domains} - {""}
    shared = sorted(ours & {registrable_domain(name.removeprefix("*.")) for name in certificate_names})
    if shared:
        return Judged("first", f"its certificate is also good for {shared[0]}, the app's own domain")
    brand = own.partition(".")[0]
    if (
        brand
        and len(brand) >= _SHORTEST_BRAND
        and brand not in _FREE
        and domain.partition(".")[0] == brand
        and not _is_private_suffix(own)
    ):
        return Judged("first", f"{domain} bears the name in the app's package, {operator.package}")
    if organisation and operator.names:
        return Judged("third", f"{_BY_CERTIFICATE} {organisation}, not to the app's operator")
    return Judged("unknown", "nothing in the run says whose server it is")


def settled(flows: Sequence[Flow]) -> Iterator[Flow]:
    """A certificate of the app's operator on one host speaks for the other hosts of its registrable domain, whose
    certificates name nobody or were not seen."""
    ours: dict[str, str] = {}
    for flow in flows:
        where = flow.destination
        if where.party == "first" and where.party_because.startswith(_BY_CERTIFICATE):
            ours.setdefault(where.registrable_domain, flow.host)
    ours.pop("", None)
    for flow in flows:
        where = flow.destination
        host = ours.get(where.registrable_domain)
        if host is None or where.party != "unknown":
            yield flow
            continue
        because = f"{where.registrable_domain} is also the domain of {host}, whose certificate is the app's operator's"
        known = where.model_copy(update={"party": "first", "party_because": because})
        yield flow.model_copy(update={"destination": known})


@functools.lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """`a.shop.com.cn` → shop.com.cn, by the public suffix list; empty for addresses and for suffixes."""
    name = host.lower().rstrip(".")
    if not name or _is_address(name) or "." not in name:
        return ""
    return _suffixes().privatesuffix(name) or ""


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _is_private_suffix(domain: str) -> bool:
    """Whether the name stands under a shared one such as github.io, where the second name is the user's own."""
    return domain.count(".") > 1 and _icann().privatesuffix(domain) != domain


@functools.cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _plain(name: str) -> str:
    left, name = "", name.strip()
    while name != left:
        left, name = name, _LEGAL_FORM.sub("", name).strip(" ,.")
    return "".join(sign for sign in name.lower() if sign.isalnum())
