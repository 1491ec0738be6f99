"""Points the phone at our proxy: reverse port, global proxy setting, CA in the store; all read back."""

from __future__ import annotations

import hashlib
import shlex
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from harness.device.phone import Phone
from harness.model.errors import InputError, RunFailure

CA_FOLDER: Final = "/data/misc/user/0/cacerts-added"
SETTING_SECONDS: Final = 10.0
_SETTING: Final = "global http_proxy"
_NONE: Final = ("", "null", ":0")


def ca_file_name(ca_pem: bytes) -> str:
    """Android names it by the first four bytes of its subject's MD5, least significant first."""
    subject = x509.load_pem_x509_certificate(ca_pem).subject.public_bytes()
    return hashlib.md5(subject, usedforsecurity=False).digest()[:4][::-1].hex() + ".0"


class ProxySettings:
    """apply() before the app is installed; restore() puts back what was there."""

    def __init__(self, phone: Phone, port: int, ca_pem: bytes) -> None:
        self._phone = phone
        self._port = port
        self._ca_pem = ca_pem
        self._before: str | None = None
        self._device_port = 0
        self._applied = False
        self.ca_path = f"{CA_FOLDER}/{ca_file_name(ca_pem)}"

    @property
    def address(self) -> str:
        """What apps on the phone connect to; empty before apply."""
        return f"127.0.0.1:{self._device_port}" if self._device_port else ""

    def apply(self, lead: bool = True) -> None:
        """Raises InputError when the phone refuses the CA (it needs root), RunFailure when the rest fails.

        Without `lead` apps are told of no proxy: they are led to it by other means, or by lead() later.
        """
        self._before = self._phone.shell(f"settings get {_SETTING}").stdout.strip()
        self._applied = True
        if lead:
            self.lead()
        elif self._before not in _NONE:
            self._put(":0")
        self._push_ca()

    def lead(self) -> None:
        """Set the phone's proxy to ours."""
        self._device_port = self._phone.reverse(0, self._port)
        self._put(self.address)

    def renew(self) -> None:
        """After a restart of the phone: its settings are as they were, the reverse port is gone."""
        if self._device_port:
            self._phone.reverse(self._device_port, self._port)
        why = self.holds() if self._device_port else ""
        if why:
            raise RunFailure("device_lost", f"{self._phone.serial}: after its restart {why}")

    def holds(self) -> str:
        """What of it the phone does not have (any more); empty when all is in place."""
        said = self._phone.shell(f"settings get {_SETTING}").stdout.strip()
        if said != self.address:
            return f"the phone's proxy setting is {said!r}, not {self.address!r}"
        if not self._has_ca():
            return f"{self.ca_path} on the phone is not our CA"
        return ""

    def restore(self) -> None:
        """A phone that is gone keeps what it has; every other failure is raised."""
        if not self._applied or not self._phone.is_there():
            return
        before = self._before or ""
        # ":0" is how Android clears the setting at once; deleting it alone takes effect only after a restart.
        self._put(before if before not in _NONE else ":0")
        self._phone.shell(f"rm -f {self.ca_path}", SETTING_SECONDS)
        if self._device_port:
            self._phone.remove_reverse(self._device_port)
        self._device_port = 0
        self._applied = False

    def _put(self, value: str) -> None:
        self._phone.shell(f"settings put {_SETTING} {shlex.quote(value)}", SETTING_SECONDS)
        said = self._phone.shell(f"settings get {_SETTING}", SETTING_SECONDS).stdout.strip()
        # The setting may read back as empty after it was cleared.
        if said != value and not (value == ":0" and said in ("", "null")):
            raise RunFailure(
                "internal", f"{self._phone.serial}: proxy set to {value!r}, read back as {said!r}"
            )

    def _push_ca(self) -> None:
        phone = self._phone
        temporary = f"/data/local/tmp/{self.ca_path.rpartition('/')[2]}"
        phone.push(self._pem(), temporary)
        copy = f"mkdir -p {CA_FOLDER} && cp {temporary} {self.ca_path} && chmod 644 {self.ca_path}"
        for line in (copy, f"su 0 sh -c {shlex.quote(copy)}"):
            result = phone.shell(line)
            if result.code == 0 and self._has_ca():
                break
        else:
            said = (result.stdout + result.stderr).strip()[:200]
            raise InputError(
                f"{phone.serial}: {CA_FOLDER} cannot be written ({said}); "
                "use a rooted phone, or put the proxy's CA into its system store"
            )
        phone.shell(f"rm -f {temporary}")

    def _has_ca(self) -> bool:
        read = self._phone.shell(f"cat {self.ca_path}")
        return read.code == 0 and read.stdout.encode().split() == self._pem().split()

    def _pem(self) -> bytes:
        """The certificate alone: a file with a key in it must never reach the phone."""
        return x509.load_pem_x509_certificate(self._ca_pem).public_bytes(Encoding.PEM)
