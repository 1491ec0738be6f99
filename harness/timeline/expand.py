"""The forms in which a value travels: written differently, encoded, hashed.

**Weak values.** A value that ordinary traffic may hold by chance counts only next to something that says what
it is. Weak is what carries under 32 bits (a digit 3.3, a hex digit 4, a letter or sign 5, a CJK sign 10), a
word of letters only under 16 characters, a coordinate, and one name out of a list of installed or running
apps. A weak value must stand alone (no letter or digit touching it), and either be under a key of its type
(`KEYS`) or within 256 bytes of another watched value. Hashes of weak values need no neighbour.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from harness.model.data_type import DataType
from harness.timeline.transforms import Transform

HASHES: Final = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_INNER: Final = ("md5", "sha1", "sha256")
_LONGEST: Final = 128
"""Bytes of a long value that are searched for; its hashes are of all of it."""
_NOTHING: Final = frozenset({"unknown", "null", "none", "true", "false", "android", "undefined", "localhost"})
_MAC: Final = re.compile(r"\A(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}\Z", re.I)
_UUID: Final = re.compile(r"\A[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\Z", re.I)
_COORDINATE: Final = re.compile(r"\A-?\d{1,3}\.(\d{2,15})\Z")

_WORDS: Final[dict[DataType, str]] = {
    "location": "lat latitude lng lon long longitude loc location gps coord coords coordinate coordinates "
    "geo position point altitude latlng lnglat latlon",
    "phone_number": "phone mobile tel telephone msisdn mdn number cell line",
    "ssid": "ssid wifi wlan ap network",
    "wifi_scan": "ssid wifi wlan ap network scan",
    "carrier": "carrier operator isp mcc mnc plmn sim network net country",
    "cell": "cell cid lac tac mcc mnc bts basestation station",
    "device_model": "model device brand manufacturer hardware product build",
    "ip_address": "ip ipv address addr host lan",
    "contacts": "contact contacts name nick friend phonebook address",
    "accounts": "account accounts user username mail email login",
    "calendar": "calendar event title summary",
    "clipboard": "clip clipboard paste text",
    "sms": "sms message body text",
    "call_log": "call calls number duration",
    "bluetooth_devices": "bluetooth ble device name",
    "media": "photo image file media title",
    "files": "file name path",
    "android_id": "android aid androidid",
}
KEYS: Final[dict[DataType, frozenset[str]]] = {kind: frozenset(text.split()) for kind, text in _WORDS.items()}
"""Words of a key's name that make a weak value count. Types not listed need a second value."""


@dataclass(frozen=True, slots=True)
class Pattern:
    value: int
    """Index of the watched value."""
    labels: tuple[str, ...]
    data: bytes
    is_caseless: bool = False
    is_weak: bool = False
    is_faint: bool = False
    """A weak value with most of it cut away: it and another value beside it prove nothing of each other."""
    is_plain: bool = False
    """The value as text, in any case."""


def is_watchable(value: str) -> bool:
    """Whether seeing it could mean anything: not a placeholder, not a few characters, not one repeated."""
    signs = {sign for sign in value.lower() if sign.isalnum()}
    if not value.isascii():
        return len(signs) >= 2
    return len(value) >= 4 and len(signs) >= 3 and value.lower() not in _NOTHING and not _is_zero_mac(value)


def is_weak(data_type: DataType, value: str) -> bool:
    """Whether it needs a neighbour to count; see the module's text."""
    if data_type in ("installed_apps", "running_apps", "location"):
        return True
    bare = [sign for sign in value if sign.isalnum()]
    if all(sign.isalpha() and sign.isascii() for sign in bare):
        return len(value) < 16
    return sum(_bits(sign) for sign in bare) < 32


def patterns(
    index: int, data_type: DataType, value: str, keys: Sequence[bytes] = (), salts: Sequence[bytes] = ()
) -> Iterator[Pattern]:
    """Every form of one watched value, each once."""
    seen: set[bytes] = set()
    for pattern in _all(index, data_type, value, keys, salts):
        key = pattern.data.lower() if pattern.is_caseless else pattern.data
        if len(pattern.data) >= 4 and key not in seen:
            seen.add(key)
            yield pattern


def outputs(index: int, transform: Transform, inner: tuple[str, ...], is_salted: bool) -> Iterator[Pattern]:
    """Forms of what a hash or cipher of the app gave for an input that held the value. `inner` is how the
    value stood in that input."""
    labels = ("salted", *inner) if is_salted else inner
    if transform.is_hash:
        if transform.name in HASHES and not labels:
            return  # `patterns` has it
        yield from _digest(index, transform.name, labels, transform.gave)
        return
    # The beginning is enough to know it again; an agent cuts long outputs.
    start = transform.gave[:64]
    yield Pattern(index, (transform.name, *labels), start)
    yield from _base64(index, ("base64", transform.name, *labels), start, False)


def _all(
    index: int, data_type: DataType, value: str, keys: Sequence[bytes], salts: Sequence[bytes]
) -> Iterator[Pattern]:
    weak = is_weak(data_type, value)
    forms = list(_forms(data_type, value))
    for labels, text in forms:
        raw = text.encode("utf-8", "replace")[:_LONGEST]
        needs = weak and not _is_place(data_type, text)
        yield Pattern(index, labels, raw, is_caseless=raw.isascii(), is_weak=needs, is_plain=True)
        yield from _encoded(index, labels, text[:_LONGEST], raw, needs)
    for labels, text in _truncated(value) if data_type in ("location", "cell") else ():
        yield Pattern(
            index, labels, text.encode(), is_weak=True, is_faint=1 < len(text.partition(".")[2]) < 4
        )
    if not weak:
        turned = value[:_LONGEST][::-1].encode("utf-8", "replace")
        yield Pattern(index, ("reversed",), turned, is_caseless=turned.isascii())
        yield from _base64(index, ("base64", "reversed"), turned, weak)
    for labels, text in _cased(forms):
        raw = text.encode("utf-8", "replace")
        yield from _hashed(index, labels, raw)
        for salt in salts:
            for mixed in (salt + raw, raw + salt):
                yield from _hashed(index, ("salted", *labels), mixed)
        for key in keys:
            for name in HASHES:
                yield from _digest(index, f"hmac-{name}", labels, hmac.new(key, raw, name).digest())


def _is_place(data_type: DataType, text: str) -> bool:
    """Both coordinates of a place to three digits or more: nothing else looks so by chance."""
    parts = [_COORDINATE.match(part) for part in re.split(r"[,;\s]+", text)]
    return data_type == "location" and len(parts) == 2 and all(one and len(one[1]) > 2 for one in parts)


def _forms(data_type: DataType, value: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The value and other ways to write it, by (labels, text)."""
    yield (), value
    if data_type == "location":
        for part in re.split(r"[,;\s]+", value):
            if part != value and _COORDINATE.match(part):
                yield (), part
        return
    bare = re.sub(r"[-:._ ()+]", "", value)
    if len(bare) >= 8 and bare.isalnum() and bare != value:
        yield ("no-separators",), bare
    if _MAC.match(value):
        for sign in ":-":
            yield ("separators",), sign.join(bare[at : at + 2] for at in range(0, 12, 2))
        yield ("decimal",), str(int(bare, 16))
    if _UUID.match(value) and len(bare) == 32:
        yield ("separators",), "-".join((bare[:8], bare[8:12], bare[12:16], bare[16:20], bare[20:]))
    if data_type == "android_id" and re.fullmatch(r"[0-9a-fA-F]{14,16}", value):
        number = int(value, 16)
        yield ("decimal",), str(number)
        yield ("decimal",), str(number - (1 << 64) if number >= 1 << 63 else number)
    if data_type in ("phone_number", "contacts", "call_log", "sms"):
        digits = re.sub(r"\D", "", value)
        local = re.fullmatch(r"(?:00)?86(1\d{10})", digits) or re.fullmatch(r"1([2-9]\d{9})", digits)
        if local and re.fullmatch(r"[\d+() -]+", value):
            own = local.group(1)
            yield ("local-number",), own
            for sign in "- ":
                yield ("local-number", "separators"), sign.join((own[:3], own[3:-4], own[-4:]))


def _encoded(index: int, labels: tuple[str, ...], text: str, raw: bytes, weak: bool) -> Iterator[Pattern]:
    for name in ("utf-16-le", "utf-16-be"):
        yield Pattern(index, (f"charset:{name}", *labels), text.encode(name, "replace"), is_weak=weak)
    if not raw.isascii():
        try:
            yield Pattern(index, ("charset:gbk", *labels), text.encode("gbk"), is_weak=weak)
        except UnicodeEncodeError:
            pass
    if len(raw) < 8:
        return
    yield from _base64(index, ("base64", *labels), raw, weak)
    if raw.isascii():
        for other in (raw.upper(), raw.lower()):
            if other != raw:
                case = "upper" if other == raw.upper() else "lower"
                yield from _base64(index, ("base64", case, *labels), other, weak)


def _base64(index: int, labels: tuple[str, ...], raw: bytes, weak: bool) -> Iterator[Pattern]:
    """At all three alignments, without the characters that depend on what stands beside the value."""
    for offset, skip in ((0, 0), (1, 2), (2, 3)):
        text = base64.b64encode(b"\0" * offset + raw)
        core = text[skip : (offset + len(raw)) * 8 // 6]
        if len(core) < 8:
            continue
        yield Pattern(index, labels, core, is_weak=weak)
        if b"+" in core or b"/" in core:
            url = core.replace(b"+", b"-").replace(b"/", b"_")
            yield Pattern(index, ("base64url", *labels[1:]), url, is_weak=weak)


def _cased(forms: list[tuple[tuple[str, ...], str]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """A hash tells upper from lower case, so each form is hashed in both."""
    for labels, text in forms:
        yield labels, text
        for case, other in (("lower", text.lower()), ("upper", text.upper())):
            if other != text:
                yield (case, *labels), other


def _hashed(index: int, labels: tuple[str, ...], raw: bytes) -> Iterator[Pattern]:
    """As bytes and base64. Decoding opens hexadecimal runs, so a digest written so is found as its bytes:
    that keeps the hexadecimal alphabet, which is half of all traffic, out of the matcher's first stage."""
    for name in HASHES:
        yield from _digest(index, name, labels, hashlib.new(name, raw).digest())
    md5 = hashlib.md5(raw).digest()
    # The middle half of an MD5, a habit of Chinese SDKs; and Java's UUID.nameUUIDFromBytes.
    yield Pattern(index, ("md5-16-raw", *labels), md5[4:12])
    named = uuid.UUID(bytes=md5, version=3)
    yield Pattern(index, ("md5-uuid", *labels), str(named).encode(), is_caseless=True)
    yield Pattern(index, ("md5-uuid-raw", *labels), named.bytes)
    plain = base64.b64encode(raw)
    for name in _INNER:
        yield Pattern(index, (f"{name}-raw", "base64", *labels), hashlib.new(name, plain).digest())
    for first in _INNER:
        text = hashlib.new(first, raw).hexdigest()
        for shown, given in ((f"{first}-hex", text), (f"{first}-hex-upper", text.upper())):
            for second in _INNER:
                twice = hashlib.new(second, given.encode()).digest()
                yield Pattern(index, (f"{second}-raw", shown, *labels), twice)


def _digest(index: int, name: str, labels: tuple[str, ...], digest: bytes) -> Iterator[Pattern]:
    yield Pattern(index, (f"{name}-raw", *labels), digest)
    text = base64.b64encode(digest).rstrip(b"=")
    yield Pattern(index, (f"{name}-base64", *labels), text)
    if b"+" in text or b"/" in text:
        url = text.replace(b"+", b"-").replace(b"/", b"_")
        yield Pattern(index, (f"{name}-base64", *labels), url)


def _truncated(value: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for part in re.split(r"[,;\s]+", value):
        match = _COORDINATE.match(part)
        if match is None:
            continue
        digits = len(match.group(1))
        for places in (6, 7):
            yield (f"scaled:{places}",), str(round(float(part) * 10**places))
        for places in range(digits - 1, 1, -1):
            cut = part[: len(part) - digits + places]
            yield (f"truncated:{places}",), cut
            rounded = f"{float(part):.{places}f}"
            if rounded != cut:
                yield (f"rounded:{places}",), rounded


def _bits(sign: str) -> float:
    if sign.isdigit():
        return 3.3
    if sign in "abcdefABCDEF":
        return 4.0
    return 10.0 if ord(sign) > 0x2E80 else 5.0


def _is_zero_mac(value: str) -> bool:
    return _MAC.match(value) is not None and re.sub(r"\W", "", value).lower() in (
        "020000000000",
        "0" * 12,
        "f" * 12,
    )
