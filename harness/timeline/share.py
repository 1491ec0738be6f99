"""How much of what the app sent could be read."""

from __future__ import annotations

from harness.model.event import Flow, OpaqueConnection


class Share:
    """Counts bytes that left the app, without the harness's own request."""

    def __init__(self) -> None:
        self._read_bytes = self._missed_bytes = 0
        self._requests = self._connections = 0

    def read(self, flow: Flow) -> None:
        if not flow.selftest:
            self._requests += 1
            # Bodies are counted as they were sent; the head is taken for its path, the part that varies.
            self._read_bytes += flow.request_bytes + len(flow.path)

    def missed(self, opaque: OpaqueConnection) -> None:
        self._connections += 1
        self._missed_bytes += opaque.bytes_sent

    def facts(self) -> dict[str, float]:
        """`decrypted_share` is absent when the app sent nothing. Of connections past the proxy the bytes are
        mostly not known: `connections_not_read` counts those too."""
        known = self._read_bytes + self._missed_bytes
        facts: dict[str, float] = {
            "requests_read": self._requests,
            "bytes_read": self._read_bytes,
            "connections_not_read": self._connections,
            "bytes_not_read": self._missed_bytes,
        }
        if known:
            facts["decrypted_share"] = round(self._read_bytes / known, 3)
        return facts
