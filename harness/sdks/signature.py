"""What the catalogue claims about one SDK, library or part of the platform; each claim says why it is
believed."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from harness.model.event import Fact

Category = Literal[
    "platform", "framework", "other_library", "analytics", "advertising", "push", "crash_apm", "map_location",
    "social_share", "payment", "device_id", "risk_control", "login_account", "webview_kernel", "other",
]  # fmt: skip

SKIPPED: Final[frozenset[Category]] = frozenset({"platform", "other_library"})
"""Their frames act for whoever called them and are passed over when a stack is attributed."""


class PrefixClaim(Fact):
    prefix: str = Field(pattern=r"^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$")
    """A package or class; matches itself and what is below it, at a `.` or `$` boundary only."""
    because: str = Field(min_length=1)


class HostClaim(Fact):
    host: str = Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")
    """Matches itself and its subdomains."""
    because: str = Field(min_length=1)


class Signature(Fact):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    name_zh: str
    company: str
    """Empty when nobody in particular stands behind it."""
    category: Category
    prefixes: list[PrefixClaim]
    hosts: list[HostClaim] = []
