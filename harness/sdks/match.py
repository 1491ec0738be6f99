"""Who did it: from a stack, the first frame outward that acts on its own account; from a host, its owner."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from harness.model.event import UNATTRIBUTED, Actor
from harness.sdks.load import load_signatures
from harness.sdks.signature import SKIPPED, Signature

FULL_STACK: Final = 64
"""The agent cuts stacks here; a stack of platform frames only that long may hide its caller."""
_SHARED: Final = frozenset(
    {"com.example", "com.github", "com.google", "com.android", "com.sample", "io.github"}
)
"""First parts of package names that do not tell one vendor."""


def actor_of(stack: Sequence[str], package: str, api: str = "") -> Actor:
    """The actor of a hooked call.

    Args:
        stack: frames "class.method:line", the hook first.
        package: the app's package; its vendor's other packages count as the app too.
        api: "class.method" of the hooked call; frames of that class are the call itself and are passed over.
    """
    api_class = _outer(api.rpartition(".")[0])
    passed = 0
    for frame in stack:
        name = _class_of(frame)
        if api_class and _outer(name) == api_class:
            continue
        signature = signature_of_class(name)
        if signature is None:
            return _uncatalogued(name, package, frame)
        if signature.category == "framework":
            return Actor(kind="framework", name=signature.name, sdk=signature.id, frame=frame)
        if signature.category not in SKIPPED:
            return Actor(kind="sdk", name=signature.name, sdk=signature.id, frame=frame)
        passed += 1
    if passed == 0 or len(stack) >= FULL_STACK:
        return UNATTRIBUTED
    return Actor(kind="framework", name="Android", sdk=None, frame=stack[-1])


def actor_of_host(host: str) -> Actor:
    """The SDK or platform part that owns the host; unattributed when the catalogue does not know it."""
    signature = signature_of_host(host)
    if signature is None:
        return UNATTRIBUTED
    kind = "framework" if signature.category in ("platform", "framework") else "sdk"
    return Actor(kind=kind, name=signature.name, sdk=signature.id, frame=None)


@functools.lru_cache(maxsize=65536)
def signature_of_class(name: str) -> Signature | None:
    """Longest prefix wins; prefixes end at a `.` or `$`."""
    claims = _prefixes()
    at = len(name)
    while at > 0:
        found = claims.get(name[:at])
        if found is not None:
            return found
        at = max(name.rfind(".", 0, at), name.rfind("$", 0, at))
    return None


@functools.lru_cache(maxsize=65536)
def signature_of_host(host: str) -> Signature | None:
    """Longest suffix wins; suffixes start at a dot."""
    claims = _hosts()
    name = host.lower().rstrip(".")
    while name:
        found = claims.get(name)
        if found is not None:
            return found
        name = name.partition(".")[2]
    return None


def is_platform_host(host: str) -> bool:
    """Whether the system itself contacts the host, for instance to probe for a captive portal."""
    signature = signature_of_host(host)
    return signature is not None and signature.category == "platform"


@functools.cache
def _prefixes() -> dict[str, Signature]:
    return {claim.prefix: one for one in load_signatures() for claim in one.prefixes}


@functools.cache
def _hosts() -> dict[str, Signature]:
    return {claim.host: one for one in load_signatures() for claim in one.hosts}


def _uncatalogued(name: str, package: str, frame: str) -> Actor:
    vendor = ".".join(package.split(".")[:2])
    if _within(name, package) or (vendor not in _SHARED and _within(name, vendor)):
        return Actor(kind="app", name=package, frame=frame)
    # Code that ships in the app but that no signature names: named by its package, so that a reader can
    # tell whose.
    return Actor(kind="unknown", name=".".join(_packages(name)[:3]) or name, frame=frame)


def _class_of(frame: str) -> str:
    """ "a.b.C$1.run:12" is in class "a.b.C$1"."""
    return frame.partition("(")[0].partition(":")[0].strip().rpartition(".")[0]


def _packages(name: str) -> list[str]:
    return [part for part in name.split(".")[:-1] if part]


def _outer(name: str) -> str:
    return name.partition("$")[0]


def _within(name: str, package: str) -> bool:
    return "." in package and (name == package or name.startswith((package + ".", package + "$")))
