"""The tunnel that mitmproxy offers for one app: keys of one run, and the configuration that a phone imports."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEYS: Final = "wireguard.conf"
"""In mitmproxy's folder of keys; the name is mitmproxy's."""
PHONE_ADDRESS: Final = "10.0.0.1"
"""Of the phone inside the tunnel."""
NAME_SERVER: Final = "10.0.0.53"
"""Names asked there are answered by the proxy; the address is mitmproxy's."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Base64, made for one run and worth nothing after it."""

    server_private: str
    phone_private: str

    @classmethod
    def make(cls) -> Keys:
        return cls(_private(X25519PrivateKey.generate()), _private(X25519PrivateKey.generate()))

    @property
    def server_public(self) -> str:
        key = X25519PrivateKey.from_private_bytes(base64.b64decode(self.server_private))
        return base64.b64encode(key.public_key().public_bytes_raw()).decode()

    def write(self, confdir: Path) -> None:
        """Where mitmproxy looks for them."""
        text = json.dumps({"server_key": self.server_private, "client_key": self.phone_private})
        (confdir / KEYS).write_text(text, encoding="utf-8")


def configuration(keys: Keys, endpoint: tuple[str, int], package: str) -> str:
    """For the WireGuard app: everything that `package` sends, and nothing of any other app, goes to the proxy."""
    host, port = endpoint
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # Android keeps an app without an IPv6 route in the tunnel from using IPv6 past it.
    return (
        "[Interface]\n"
        f"PrivateKey = {keys.phone_private}\n"
        f"Address = {PHONE_ADDRESS}/32\n"
        f"DNS = {NAME_SERVER}\n"
        f"IncludedApplications = {package}\n"
        "\n"
        "[Peer]\n"
        f"PublicKey = {keys.server_public}\n"
        "AllowedIPs = 0.0.0.0/0\n"
        f"Endpoint = {at}\n"
    )


def _private(key: X25519PrivateKey) -> str:
    return base64.b64encode(key.private_bytes_raw()).decode()
