"""mitmproxy addon: names that an app asks for inside the tunnel, and which address stands for which name."""

from __future__ import annotations

import ipaddress
import time
from typing import Final

from mitmproxy import dns

_FIRST: Final = int(ipaddress.IPv4Address("198.18.0.1"))
_MOST: Final = 60_000
"""Names of one run. The network 198.18.0.0/15 is for tests and belongs to nobody (RFC 2544)."""
_TTL: Final = 60


class Names:
    """In a sinkhole every name has an address, which leads nowhere; on a live network others answer."""

    name = "names"

    def __init__(self, answers: bool) -> None:
        self._answers = answers
        self._address: dict[str, str] = {}
        self._name: dict[str, str] = {}

    def of(self, address: str) -> str:
        """The name that was asked for before this address was used; the address itself when none was."""
        return self._name.get(address, address)

    def dns_request(self, flow: dns.DNSFlow) -> None:
        if not self._answers:
            return
        question = flow.request.question
        records = []
        if question is not None and question.type == dns.types.A:
            address = self._for(question.name.rstrip(".").lower())
            records = [dns.ResourceRecord.A(question.name, ipaddress.IPv4Address(address), ttl=_TTL)]
        flow.response = dns.Message(
            timestamp=time.time(), id=flow.request.id, query=False, op_code=flow.request.op_code,
            authoritative_answer=False, truncation=False, recursion_desired=flow.request.recursion_desired,
            recursion_available=True, reserved=0, response_code=dns.response_codes.NOERROR,
            questions=flow.request.questions, answers=records, authorities=[], additionals=[],
        )  # fmt: skip

    def dns_response(self, flow: dns.DNSFlow) -> None:
        question = flow.request.question
        if flow.response is None or question is None:
            return
        for record in flow.response.answers:
            if record.type in (dns.types.A, dns.types.AAAA) and len(self._name) < _MOST:
                self._name[str(ipaddress.ip_address(record.data))] = question.name.rstrip(".").lower()

    def _for(self, name: str) -> str:
        known = self._address.get(name)
        if known is None:
            number = min(len(self._address), _MOST)
            known = self._address[name] = str(ipaddress.IPv4Address(_FIRST + number))
        return known
