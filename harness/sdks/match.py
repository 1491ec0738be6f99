"""Who did it: from a stack, the first frame outward that acts on its own account; from a host, its owner."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from harness.model.event import UNATTRIBUTED, Actor
from harness.sdks.load import load_signatures
from harness.sdks.signature import SKIPPED, Signature

_Kind = Literal["app", "sdk", "framework", "unknown"]

FULL_STACK: Final = 64
"""The agent cuts stacks here; a stack of platform frames only that long may hide its caller."""
SHARED_VENDORS: Final = frozenset(
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
    passed: dict[str, str] = {}
    """Categories of the frames that were passed over, each with its first frame."""
    for frame in stack:
        name = _class_of(frame)
        if api_class and _outer(name) == api_class:
            continue
        signature = signature_of_class(name)
        if signature is None or _is_closer(package, name, signature):
            if _is_obfuscated(name) and not _within(name, package):
                passed.setdefault("obfuscated", frame)
                continue
            actor = _uncatalogued(name, package, frame)
        elif signature.category in SKIPPED:
            passed.setdefault(signature.category, frame)
            continue
        else:
            kind: _Kind = "framework" if signature.category == "framework" else "sdk"
            actor = Actor(kind=kind, name=signature.name, sdk=signature.id, frame=frame)
        # Whose code a.b.c is cannot be seen. Under the app it acts for the app; who else called it, or was
        # called back by it, says nothing.
        if "obfuscated" in passed and actor.kind != "app":
            break
        return actor
    return _by_what_was_passed(passed, stack, package)


def _by_what_was_passed(passed: Mapping[str, str], stack: Sequence[str], package: str) -> Actor:
    """The actor where no frame acts on its own account."""
    if "obfuscated" in passed:
        return Actor(kind="unknown", name=UNATTRIBUTED.name, frame=passed["obfuscated"])
    if "runtime" in passed:
        return Actor(kind="app", name=package, frame=passed["runtime"])
    if not passed or len(stack) >= FULL_STACK:
        return UNATTRIBUTED
    if "other_library" in passed:
        # A library on a thread of its own: someone in the app set it to work, and the stack does not say who.
        return Actor(kind="unknown", name=UNATTRIBUTED.name, frame=passed["other_library"])
    return Actor(kind="framework", name="Android", sdk=None, frame=stack[-1])


def actor_of_host(host: str) -> Actor:
    """The SDK or platform part that owns the host; unattributed when the catalogue does not know it."""
    return _actor_of_signature(signature_of_host(host))


def actor_of_request(host: str, names: Iterable[tuple[str, str]], organisation: str = "") -> Actor:
    """The SDK behind a request: by its host; else by a name that only this SDK's requests carry; else by whom
    the server's certificate was issued to.

    Args:
        names: ("header:<name>" | "query:<name>" | "body:<name>", value), header names in lower case.
        organisation: of the server certificate's subject; empty where it was not seen, as in a sinkhole run.
    """
    found = signature_of_host(host)
    if found is None:
        claims = _keys()
        for name, value in names:
            for begin, signature in claims.get(name, ()):
                if value.startswith(begin):
                    return _actor_of_signature(signature)
        found = _organisations().get(organisation.strip().lower()) if organisation else None
    return _actor_of_signature(found)


def _actor_of_signature(signature: Signature | None) -> Actor:
    if signature is None:
        return UNATTRIBUTED
    kind: _Kind = "framework" if signature.category in ("platform", "framework") else "sdk"
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


@functools.cache
def _keys() -> dict[str, list[tuple[str, Signature]]]:
    out: dict[str, list[tuple[str, Signature]]] = {}
    for one in load_signatures():
        for claim in one.keys:
            out.setdefault(claim.key, []).append((claim.value, one))
    return out


@functools.cache
def _organisations() -> dict[str, Signature]:
    return {claim.organisation.lower(): one for one in load_signatures() for claim in one.organisations}


def _is_closer(package: str, name: str, signature: Signature) -> bool:
    """Whether the app's own package names the class more closely than the signature does."""
    if not _within(name, package):
        return False
    return not any(
        len(claim.prefix) > len(package) and _is_below(name, claim.prefix) for claim in signature.prefixes
    )


def _is_obfuscated(name: str) -> bool:
    """a.b.c and b.c, but not io.x: short names all the way, or nothing but a name."""
    parts = _outer(name).split(".")
    return all(len(part) <= 2 for part in parts[:-1]) and len(parts[-1]) <= 3


def _is_below(name: str, package: str) -> bool:
    return name == package or name.startswith((package + ".", package + "$"))


def _uncatalogued(name: str, package: str, frame: str) -> Actor:
    vendor = ".".join(package.split(".")[:2])
    if _within(name, package) or (vendor not in SHARED_VENDORS and _within(name, vendor)):
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
    return "." in package and _is_below(name, package)
