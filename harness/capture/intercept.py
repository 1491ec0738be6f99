"""How the app's traffic gets to the proxy: by the phone's proxy setting, or through a tunnel where that is asked."""

from __future__ import annotations

from collections.abc import Callable

from harness.capture.proxy import ProxyCapture
from harness.capture.wireguard import PHONE_ADDRESS, configuration
from harness.device.phone import Phone
from harness.device.proxy_settings import ProxySettings
from harness.device.tunnel import Tunnel


class Intercept:
    """start() once, lead() after each install of the app, stop() at the end.

    A tunnel takes everything that the app sends, also what passes a proxy setting by. Where it does not come up
    the setting is used from then on, and raw/proxy.jsonl says why.
    """

    def __init__(
        self, phone: Phone, proxy: ProxyCapture, package: str, say: Callable[[str], None], tunnelled: bool
    ) -> None:
        self._proxy = proxy
        self._say = say
        self._settings = ProxySettings(phone, proxy.port, proxy.ca_pem)
        self._tunnel: Tunnel | None = None
        if tunnelled and proxy.tunnel is not None:
            text = configuration(proxy.keys, proxy.tunnel, package)
            self._tunnel = Tunnel(phone, text, PHONE_ADDRESS, proxy.tunnel[0])
        self._asked = tunnelled

    def start(self) -> None:
        """Raises as ProxySettings.apply."""
        self._settings.apply(lead=self._tunnel is None)
        if self._asked and self._tunnel is None:
            self._fall_back(self._proxy.tunnel_why or "the proxy has no tunnel")

    def lead(self) -> None:
        if self._tunnel is None:
            return
        why = self._tunnel.up(self._say)
        if not why:
            self._proxy.note("tunnel", f"the app is led through WireGuard to {self._proxy.tunnel}")
            return
        self._tunnel.remove()
        self._tunnel = None
        self._settings.lead()
        self._fall_back(why)

    def renew(self) -> None:
        """After a restart of the phone: the app is led to the proxy as before."""
        if self._tunnel is None:
            self._settings.renew()
        else:
            self.lead()

    def stop(self) -> None:
        if self._tunnel is not None:
            self._tunnel.remove()
        self._settings.restore()

    def _fall_back(self, why: str) -> None:
        self._say(f"device: no WireGuard ({why}); the proxy setting is used")
        self._proxy.note("tunnel", f"no WireGuard: {why}; the proxy setting is used")
