"""What the catalogue claims about one SDK, library or part of the platform; each claim says why it is
believed."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from harness.model.data_type import DataType
from harness.model.event import Fact

Category = Literal[
    "platform", "framework", "runtime", "other_library", "analytics", "advertising", "push", "crash_apm",
    "map_location", "social_share", "payment", "device_id", "risk_control", "login_account",
    "identity_verification", "customer_service", "speech", "cloud_service", "hotfix_plugin", "update_download",
    "packer", "webview_kernel", "other",
]  # fmt: skip

SKIPPED: Final[frozenset[Category]] = frozenset({"platform", "runtime", "other_library"})
"""Their frames act for whoever called them and are passed over when a stack is attributed. A `runtime` runs
the app's own code in another language, so what no other frame explains is the app's."""


class PrefixClaim(Fact):
    prefix: str = Field(pattern=r"^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$")
    """A package or class; matches itself and what is below it, at a `.` or `$` boundary only."""
    because: str = Field(min_length=1)


class HostClaim(Fact):
    host: str = Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")
    """Matches itself and its subdomains."""
    because: str = Field(min_length=1)


class KeyClaim(Fact):
    """A name that only this SDK's requests carry, wherever they go: to a customer's own domain too."""

    key: str = Field(pattern=r"^(header:[a-z0-9-]+|query:\S+|body:\S+)$")
    """`body:<name>` is a form field or a key of a JSON object, at any depth."""
    value: str = ""
    """When set, the value must begin with it."""
    because: str = Field(min_length=1)


class OrganisationClaim(Fact):
    organisation: str = Field(min_length=1)
    """The subject's organisation in a server certificate, whole, without regard to case."""
    because: str = Field(min_length=1)


class CollectClaim(Fact):
    data_type: DataType
    because: str = Field(min_length=1)


class Signature(Fact):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=1)
    name_zh: str = Field(min_length=1)
    company: str
    """Empty when nobody in particular stands behind it."""
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    """ISO 3166-1 code of the company's seat; empty when there is none or we are not sure. Not where its
    servers are."""
    category: Category
    prefixes: list[PrefixClaim]
    hosts: list[HostClaim] = []
    keys: list[KeyClaim] = []
    organisations: list[OrganisationClaim] = []
    collects: list[CollectClaim] = []
    """What the vendor says in public that it collects. Empty means that we have not looked or are not sure."""
